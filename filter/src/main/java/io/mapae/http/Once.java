package io.mapae.http;

import io.mapae.identity.Caller;
import io.mapae.replay.ReplayStore;
import io.mapae.verify.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What may be used once only: tokens where a rule says so, and tickets. A request uses a thing up once, however often it is
 * judged. Safe for use by several threads.
 */
public final class Once {
    /** A verifying node's clock may be behind: an id must not be forgotten where its token is still good. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final ReplayStore store;
    private final Duration clockSkew;
    private final InstantSource clock;

    /** What is used is noted in {@code store}, where it outlives a token by the largest clock skew that is granted. */
    public Once(ReplayStore store, Duration clockSkew, InstantSource clock) {
        this.store = store;
        this.clockSkew = clockSkew;
        this.clock = clock;
    }

    Tickets tickets(Rules rules) {
        return new Tickets(store, rules, clock);
    }

    /** Why the caller's token is not good for {@code request}; else it is used up. */
    Optional<Reason> use(Caller caller, Request request) throws IOException {
        if (!(caller.claims().get("jti") instanceof String id)) {
            return Optional.of(Reason.TOKEN_ID_MISSING);
        }
        String used = "jti:" + Tickets.digest(caller.issuer() + "\n" + id); // no issuer's name has a line feed
        return use(used, caller.expiresAt().plus(clockSkew).plus(MARGIN), request)
                ? Optional.empty()
                : Optional.of(Reason.TOKEN_USED);
    }

    /** The same for a ticket. */
    Optional<Reason> useTicket(String text, Request request) throws IOException {
        Instant until = clock.instant().plus(Tickets.LIFETIME).plus(Tickets.REMEMBERED);
        return use("used:" + Tickets.digest(text), until, request) ? Optional.empty() : Optional.of(Reason.TICKET_USED);
    }

    private boolean use(String id, Instant until, Request request) throws IOException {
        String own = System.identityHashCode(this) + " " + id; // another filter's store knows nothing of ours
        if (request.used().has(own)) {
            return true;
        }
        boolean first = store.use(id, until);
        if (first) {
            request.used().add(own);
        }
        return first;
    }
}
