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

    /** Whether one more is allowed now. */
    boolean isOver(Instant now) {
        return !spent(now).isAfter(limit(now));
    }

    /** One more is done now, allowed or not. */
    void spend(Instant now) {
        paidUntil = spent(now);
    }

    private Instant spent(Instant now) {
        // Farther ahead than anything allowed ever is: the clock was set back.
        Instant from = paidUntil.isBefore(now) || paidUntil.isAfter(limit(now)) ? now : paidUntil;
        return from.plus(period);
    }

    private Instant limit(Instant now) {
        return now.plus(period.multipliedBy(2));
    }
}
