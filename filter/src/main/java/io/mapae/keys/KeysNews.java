package io.mapae.keys;

import io.mapae.keys.RemoteKeys.Held;
import io.mapae.keys.RemoteKeys.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A line in the log for each change: of the state, or of the keys. Not safe for use by several threads. */
final class KeysNews {
    private static final Logger LOG = System.getLogger("io.mapae.keys");

    private final String issuer;
    private final Duration maxStale;
    private @Nullable State state;
    private int print;

    KeysNews(String issuer, Duration maxStale) {
        this.issuer = issuer;
        this.maxStale = maxStale;
    }

    void tell(State state, Held held) {
        int print = held.keys().map(KeySet::print).orElse(0);
        if (state != this.state || print != this.print) {
            this.state = state;
            this.print = print;
            LOG.log(level(state), "Keys of issuer " + issuer + ' ' + sentence(state, held));
        }
    }

    private static Level level(State state) {
        return switch (state) {
            case FRESH, REFRESHING -> Level.INFO;
            case EMPTY, STALE -> Level.WARNING;
            case DEAD -> Level.ERROR;
        };
    }

    private String sentence(State state, Held held) {
        return switch (state) {
            case FRESH, REFRESHING ->
                "are here: " + held.keys().map(KeySet::told).orElse("");
            case EMPTY -> "are out of reach; its tokens get 503: " + held.problem();
            case STALE ->
                "cannot be renewed; those of " + held.since() + " serve until "
                        + held.since().plus(maxStale) + ": " + held.problem();
            case DEAD -> "are too old, from " + held.since() + "; its tokens get 503: " + held.problem();
        };
    }
}
