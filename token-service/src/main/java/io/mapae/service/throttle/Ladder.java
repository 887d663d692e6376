package io.mapae.service.throttle;

import io.mapae.service.throttle.AttemptStore.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long to wait after how many failures: not at all below the limit, then 2 s, twice as long after each further one, 15
 * minutes at most. Failures fade one by one while no other comes, a full limit of them in 150 minutes.
 *
 * @param limit at least 1
 */
record Ladder(int limit) {
    private static final Duration FIRST = Duration.ofSeconds(2);
    static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LIMIT_FADES_IN = LONGEST.multipliedBy(10);
    private static final int DOUBLINGS = 9;

    Ladder {
        if (limit < 1) {
            throw new IllegalArgumentException("at least one failure has to be free");
        }
    }

    /** Zero if nobody has to wait. */
    Duration delay(Optional<Attempts> attempts, Instant now) {
        int above = attempts.map(known -> faded(known, now) - limit).orElse(-1);
        if (above < 0) {
            return Duration.ZERO;
        }
        Duration step = FIRST.multipliedBy(1L << Math.min(above, DOUBLINGS));
        Duration whole = step.compareTo(LONGEST) < 0 ? step : LONGEST;
        Duration rest = whole.minus(elapsed(attempts.orElseThrow(), now));
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    Attempts oneMore(Optional<Attempts> attempts, Instant now) {
        return new Attempts(attempts.map(known -> faded(known, now)).orElse(0) + 1, now);
    }

    /** When nothing is left of it, after {@code now} in any case. */
    Instant forgotten(Attempts attempts, Instant now) {
        Instant faded = attempts.last().plus(fading().multipliedBy(attempts.failures()));
        Instant soon = now.plusSeconds(1);
        return faded.isBefore(soon) ? soon : faded;
    }

    private int faded(Attempts attempts, Instant now) {
        Duration elapsed = elapsed(attempts, now);
        return (int) Math.max(0, attempts.failures() - elapsed.dividedBy(fading()));
    }

    /** Far in the future is no failure: the clock was set back, and nobody waits until it has caught up. */
    private Duration elapsed(Attempts attempts, Instant now) {
        Duration elapsed = Duration.between(attempts.last(), now);
        if (elapsed.compareTo(LONGEST.negated()) < 0) {
            return fading().multipliedBy(attempts.failures());
        }
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    private Duration fading() {
        return LIMIT_FADES_IN.dividedBy(limit);
    }
}
