package io.mapae.replay;

import java.time.InstantSource;
import java.util.Optional;

/** Opens stores at locations of its own, such as {@code redis:…}: a service, found by {@link java.util.ServiceLoader}. */
@FunctionalInterface
public interface ReplayStores {
    /**
     * The store at {@code location}; empty if that is none of its own.
     *
     * @throws IllegalArgumentException with what was expected, if it is, but makes no sense; never with the location, which
     *     may hold a password
     */
    Optional<ReplayStore> open(String location, InstantSource clock);
}
