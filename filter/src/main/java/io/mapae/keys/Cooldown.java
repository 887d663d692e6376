package io.mapae.keys;

import java.time.Duration;
import java.time.Instant;

/** Allows one thing a period on average, two in a burst. Not safe for use by several threads. */
final class Cooldown {
    private final Duration period;
    private Instant paidUntil = Instant.MIN;

    Cooldown(Duration period) {
        this.period = period;
    }

    /** Whether one more is allowed now; then it counts. */
    boolean allows(Instant now) {
        Instant limit = now.plus(period.multipliedBy(2));
        // Farther ahead than anything allowed ever is: the clock was set back.
        Instant from = paidUntil.isBefore(now) || paidUntil.isAfter(limit) ? now : paidUntil;
        Instant next = from.plus(period);
        if (next.isAfter(limit)) {
            return false;
        }
        paidUntil = next;
        return true;
    }
}
