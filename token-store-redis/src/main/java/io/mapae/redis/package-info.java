/** The stores on Redis 6.2 or newer, or on a cluster of such. */
@NullMarked
package io.mapae.redis;

import org.jspecify.annotations.NullMarked;
