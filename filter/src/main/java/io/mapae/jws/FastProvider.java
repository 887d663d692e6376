package io.mapae.jws;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Provider;
import java.util.concurrent.atomic.AtomicBoolean;

/** A provider, hoped to be faster than the JDK's, that one application may use, until it fails. Safe for use by several threads. */
final class FastProvider {
    private static final Logger LOG = System.getLogger("io.mapae.jws");

    private final Provider provider;
    private final AtomicBoolean dropped = new AtomicBoolean();

    FastProvider(Provider provider) {
        this.provider = provider;
    }

    Provider provider() {
        return provider;
    }

    boolean isDropped() {
        return dropped.get();
    }

    /** For good, and told once: of what it threw only the type, as nobody knows what else it put there. */
    void drop(Algorithm algorithm, Throwable failure) {
        if (dropped.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "{0} failed at {1} ({2}) and is not used any more: the JDK takes over",
                    toString(),
                    algorithm.toString(),
                    failure.getClass().getName());
        }
    }

    @Override
    public String toString() {
        return provider.getName();
    }
}
