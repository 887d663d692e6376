package io.mapae.revocation;

import io.mapae.revocation.Snapshot.Held;
import io.mapae.revocation.Snapshot.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A line in the log for each change: of the state, or of what is wrong. Not safe for use by several threads. */
final class RevocationNews {
    private static final Logger LOG = System.getLogger("io.mapae.revocation");

    private final Duration maxStale;
    private @Nullable State state;
    private String problem = "";

    RevocationNews(Duration maxStale) {
        this.maxStale = maxStale;
    }

    void tell(State state, Held held, int entries) {
        if (state != this.state || !held.problem().equals(problem)) {
            this.state = state;
            this.problem = held.problem();
            LOG.log(level(state), "Revocations " + sentence(state, held, entries));
        }
    }

    private static Level level(State state) {
        return switch (state) {
            case FRESH -> Level.INFO;
            case EMPTY, STALE -> Level.WARNING;
            case DEAD -> Level.ERROR;
        };
    }

    private String sentence(State state, Held held, int entries) {
        return switch (state) {
            case FRESH -> "are here: " + entries;
            case EMPTY -> "are out of reach; every token gets 503: " + held.problem();
            case STALE ->
                "cannot be read; those of " + held.since() + " serve until "
                        + held.since().plus(maxStale) + ": " + held.problem();
            case DEAD ->
                "are too old, of " + held.since() + "; every token gets 503: "
                        + (held.problem().isEmpty() ? "reading takes too long" : held.problem());
        };
    }
}
