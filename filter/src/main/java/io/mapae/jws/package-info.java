/**
 * Reads the compact form of a signed token and checks its signature, by the JDK or a faster provider. Knows nothing of policies,
 * HTTP or where keys come from.
 */
@NullMarked
package io.mapae.jws;

import org.jspecify.annotations.NullMarked;
