package io.mapae.keys;

import io.mapae.keys.JwksEndpoint.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When keys are fetched next if nobody asks for them, never by all nodes at once. */
record Schedule(Limits limits, RandomGenerator random) {
    private static final Duration LATEST_REFRESH = Duration.ofMinutes(10);
    private static final Duration EARLIEST_REFRESH = Duration.ofSeconds(30);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 2;
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** Ahead of the time when the response would be too old, and well ahead of that when the keys would be. */
    Duration afterSuccess(Optional<Duration> maxAge) {
        Duration wished = limits.refreshAfter()
                .orElseGet(() -> max(EARLIEST_REFRESH, min(LATEST_REFRESH, maxAge.orElse(LATEST_REFRESH))));
        return scaled(min(wished, limits.maxStale().dividedBy(2)), 0.9, 1.1);
    }

    /**
     * From the beginning of one attempt to that of the next 4 s at most, but for a pause after one that took longer.
     *
     * @param inRow how many attempts have failed since the last success, this one among them
     * @param taken how long this one took
     */
    Duration afterFailure(int inRow, Duration taken) {
        Duration interval = FIRST_RETRY.multipliedBy(1L << Math.min(inRow - 1, DOUBLINGS));
        return max(PAUSE, scaled(interval, 0.75, 1).minus(taken.abs()));
    }

    private Duration scaled(Duration duration, double least, double most) {
        return Duration.ofNanos((long) (duration.toNanos() * random.nextDouble(least, most)));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
