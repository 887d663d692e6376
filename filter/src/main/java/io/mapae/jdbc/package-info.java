/** Finds databases and bounds what is asked of them. Knows nothing of what they hold. */
@NullMarked
package io.mapae.jdbc;

import org.jspecify.annotations.NullMarked;
