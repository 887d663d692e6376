/** Calls to other services in the caller's name. */
@NullMarked
package io.mapae.relay;

import org.jspecify.annotations.NullMarked;
