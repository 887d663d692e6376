/** Knows which good tokens were revoked: what is denied is held in memory, and read anew beside the requests. */
@NullMarked
package io.mapae.revocation;

import org.jspecify.annotations.NullMarked;
