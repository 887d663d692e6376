/** Finds the keys that may verify a token: where they are kept, how they are written, which of them fits. */
@NullMarked
package io.mapae.keys;

import org.jspecify.annotations.NullMarked;
