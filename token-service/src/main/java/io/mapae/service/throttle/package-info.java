/** Slows down whoever guesses. */
@NullMarked
package io.mapae.service.throttle;

import org.jspecify.annotations.NullMarked;
