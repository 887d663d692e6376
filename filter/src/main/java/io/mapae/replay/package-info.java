/** Remembers what may be used once only, such as a token's {@code jti} or a ticket. Knows nothing of tokens or of HTTP. */
@NullMarked
package io.mapae.replay;

import org.jspecify.annotations.NullMarked;
