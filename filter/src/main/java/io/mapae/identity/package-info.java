/** Turns a verified token into the caller that applications see. */
@NullMarked
package io.mapae.identity;

import org.jspecify.annotations.NullMarked;
