package io.mapae.keys;

import java.time.Duration;

/** Things to be done later, one after another. */
@FunctionalInterface
interface Agenda {
    /**
     * Does {@code task} once, after {@code delay}; never, if the agenda was closed before.
     *
     * @return calls it off, unless it has begun
     */
    Runnable after(Duration delay, Runnable task);

    /** Does {@code task} as soon as everything before it is done. */
    default void soon(Runnable task) {
        after(Duration.ZERO, task);
    }
}
