package io.mapae.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** So much for each, within a window of time that begins with the first. Safe for use by several threads. */
final class Allowance {
    private final int most;
    private final Duration window;
    private final ConcurrentMap<String, Spent> spent = new ConcurrentHashMap<>();
    private volatile Instant sweep = Instant.MIN;

    private record Spent(Instant since, int count) {}

    Allowance(int most, Duration window) {
        this.most = most;
        this.window = window;
    }

    /** Whether {@code who} may have one more; then it is taken. */
    boolean take(String who, Instant now) {
        if (now.isAfter(sweep)) {
            sweep = now.plus(window);
            spent.values().removeIf(old -> isOver(old, now));
        }
        return spent.merge(
                                who,
                                new Spent(now, 1),
                                (old, first) -> isOver(old, now)
                                        ? first
                                        : new Spent(old.since(), Math.min(old.count(), most) + 1))
                        .count()
                <= most;
    }

    /** Makes it as if one had not been taken. */
    void giveBack(String who) {
        spent.computeIfPresent(who, (same, old) -> new Spent(old.since(), Math.max(0, old.count() - 1)));
    }

    private boolean isOver(Spent old, Instant now) {
        return !now.isBefore(old.since().plus(window));
    }
}
