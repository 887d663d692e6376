/** The caller in the container's own security context, by Jakarta Authentication. */
@NullMarked
package io.mapae.container;

import org.jspecify.annotations.NullMarked;
