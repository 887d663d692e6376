package io.mapae.verify;

import io.mapae.jws.Claims;
import java.time.Instant;
import java.util.Optional;

/**
 * When a token is accepted that is good otherwise, as far as its times go.
 *
 * @param start the first instant
 * @param end the first instant when it is not any more
 */
record Validity(Instant start, Instant end) {
    /** Of a token that has the times which the policy asks for. */
    static Validity of(Claims claims, Policy.Times times) {
        Instant start = latest(claims.time("nbf"), claims.time("iat")).orElse(Instant.EPOCH);
        Instant exp = claims.time("exp").orElseThrow();
        Instant end = times.maxAge()
                .map(claims.time("iat").orElse(exp)::plus)
                .filter(exp::isAfter)
                .orElse(exp);
        return new Validity(start(start, times), end(end, times));
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent() && one.get().isAfter(other.get()) ? one : other.or(() -> one);
    }

    /** Whatever is said to begin then. */
    static Instant start(Instant said, Policy.Times times) {
        return said.minus(times.clockSkew());
    }

    /** Whatever is said to end then. */
    static Instant end(Instant said, Policy.Times times) {
        return said.plus(times.clockSkew());
    }

    boolean covers(Instant now) {
        return !now.isBefore(start) && now.isBefore(end);
    }
}
