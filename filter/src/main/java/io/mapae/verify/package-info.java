/** Decides whether a signed token satisfies a {@link Policy}. Knows nothing of HTTP. */
@NullMarked
package io.mapae.verify;

import org.jspecify.annotations.NullMarked;
