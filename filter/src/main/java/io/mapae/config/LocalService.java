package io.mapae.config;

import io.mapae.http.Paths;
import io.mapae.keys.KeySource;
import io.mapae.revocation.RevocationSource;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The token service in the same application, as far as others there need to know of it: its paths, its keys, which
 * {@code jwks-uri=service:} stands for, and what it has revoked, for which {@code revocation=service:} does. Safe for use by
 * several threads.
 */
public final class LocalService {
    /** What {@code jwks-uri} and {@code revocation} call it. */
    static final String LOCATION = "service:";

    private final Set<String> claimed = new LinkedHashSet<>();
    private volatile Optional<Publication> published = Optional.empty();
    private final Object starting = new Object();
    private Runnable start = () -> {};
    private boolean settled;

    /** The keys that are published when they are asked for; out of reach where none are. */
    private final KeySource keys = header -> published
            .orElseThrow(() -> new IOException("the token service has not started, or has ended"))
            .keys()
            .candidates(header);

    /**
     * What a service that has started says of itself.
     *
     * @param audiences whom its tokens may be for
     * @param revocations opens what it has revoked; that is closed before the service ends
     */
    public record Publication(
            String issuer, List<String> audiences, KeySource keys, Supplier<RevocationSource> revocations) {}

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

    /** Has the service started by this, once, before anybody verifies: for initializers. */
    public void startBy(Runnable start) {
        synchronized (starting) {
            this.start = start;
        }
    }

    /**
     * Starts the service, unless that was done or there is none; whoever asks meanwhile waits. What it throws goes on to this
     * caller and to all later ones.
     */
    public void start() {
        synchronized (starting) {
            Runnable first = start;
            start = () -> {};
            try {
                first.run();
            } catch (RuntimeException failed) {
                start = () -> {
                    throw failed;
                };
                throw failed;
            }
        }
    }

    /** Has tokens verified by its keys from now on, until what is returned is run. */
    public synchronized Runnable publish(Publication publication) {
        published = Optional.of(publication);
        return () -> takeBack(publication);
    }

    /** Others may have been published since. */
    private synchronized void takeBack(Publication publication) {
        if (published.equals(Optional.of(publication))) {
            published = Optional.empty();
        }
    }

    Optional<Publication> publication() {
        return published;
    }

    KeySource keys() {
        return keys;
    }

    /** @throws IllegalArgumentException with what is wrong, if nothing is published */
    RevocationSource revocations() {
        return published
                .orElseThrow(() -> new IllegalArgumentException("no token service has started in this application"))
                .revocations()
                .get();
    }
}
