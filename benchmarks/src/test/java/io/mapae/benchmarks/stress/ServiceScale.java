package io.mapae.benchmarks.stress;

import java.time.Duration;

/** How much is tried. */
record ServiceScale(
        int rotations,
        Duration untilKill,
        int logouts,
        int lostAnswers,
        int guesses,
        int tries,
        Duration outage,
        Duration load) {
    static final ServiceScale FULL = new ServiceScale(
            10_000, Duration.ofSeconds(5), 1000, 1000, 1000, 200, Duration.ofSeconds(30), Duration.ofSeconds(20));

    /** To see whether it works at all. */
    static final ServiceScale QUICK = new ServiceScale(
            4000, Duration.ofSeconds(5), 100, 200, 1000, 100, Duration.ofSeconds(10), Duration.ofSeconds(8));
}
