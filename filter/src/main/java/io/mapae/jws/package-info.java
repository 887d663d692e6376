/** Reads the compact form of a signed token and checks its signature. Knows nothing of policies, HTTP or where keys come from. */
@NullMarked
package io.mapae.jws;

import org.jspecify.annotations.NullMarked;
