package io.mapae.config;

import io.mapae.http.Paths;
import io.mapae.keys.KeySource;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The token service in the same application, as far as others there need to know of it: its paths, and its keys, which
 * {@code jwks-uri=service:} stands for. Safe for use by several threads.
 */
public final class LocalService {
    private final Set<String> claimed = new LinkedHashSet<>();
    private volatile Optional<KeySource> published = Optional.empty();
    private boolean settled;

    /**
     * Has every request for a path of this pattern, such as {@code /auth/**}, go on without a look at its token. For
     * initializers: all has to be claimed before the settings are read.
     *
     * @throws IllegalStateException if they were
     * @throws IllegalArgumentException with what was expected, if this is no pattern
     */
    public synchronized void claim(String pattern) {
        if (settled) {
            throw new IllegalStateException("too late to claim " + pattern + ": the settings have been read");
        }
        Paths.of(List.of(pattern));
        claimed.add(pattern);
    }

    /** What was claimed; from now on it stays so. */
    synchronized Paths paths() {
        settled = true;
        return Paths.of(claimed);
    }

    /** Has tokens verified by these keys from now on, until what is returned is run. */
    public synchronized Runnable publish(KeySource keys) {
        published = Optional.of(keys);
        return () -> takeBack(keys);
    }

    /** Others may have been published since. */
    private synchronized void takeBack(KeySource keys) {
        if (published.equals(Optional.of(keys))) {
            published = Optional.empty();
        }
    }

    /** The keys that are published when they are asked for; out of reach where none are. */
    KeySource keys() {
        return header -> published
                .orElseThrow(() -> new IOException("the token service has not started, or has ended"))
                .candidates(header);
    }
}
