package io.mapae.service.throttle;

import io.mapae.service.StoreException;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of attempts to log in, by key; shared by all nodes. Losing it costs an attacker's waiting time, no more.
 * Safe for use by several threads.
 */
public interface AttemptStore {
    /** What {@link #replace} put there last, unless it has expired. */
    Optional<Attempts> read(String key) throws StoreException;

    /**
     * Puts {@code after} in the place of exactly {@code before} by one conditional write; nothing before if empty.
     *
     * @return whether it did
     */
    boolean replace(String key, Optional<Attempts> before, Attempts after, Instant expires) throws StoreException;

    /** Removes what has expired, where that does not go by itself. Nobody has seen it any more. */
    default void purge() throws StoreException {}

    /**
     * Failures so far.
     *
     * @param last when the last one was, in milliseconds
     */
    record Attempts(int failures, Instant last) {}
}
