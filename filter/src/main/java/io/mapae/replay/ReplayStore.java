package io.mapae.replay;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers ids until a time, and what is kept under them. An id has at most 100 characters of ASCII, a content at most
 * {@value #MAX_CONTENT} characters. Times count to the millisecond. What is over may be forgotten at any time.
 * Implementations are safe for use by several threads, and by several nodes where these share the store.
 */
public interface ReplayStore extends AutoCloseable {
    /** The longest content. */
    int MAX_CONTENT = 4000;

    /**
     * Uses an id that nobody else has used. Atomic: of all who ask at the same time, on whatever node, one is told so.
     *
     * @return false if it was used before, and {@code until} of that use is still to come
     * @throws IOException if that cannot be found out: then nobody may go on
     */
    boolean use(String id, Instant until) throws IOException;

    /**
     * Keeps {@code content} under an id that is new.
     *
     * @throws IOException if it is not kept
     */
    void keep(String id, String content, Instant until) throws IOException;

    /**
     * What is kept under the id; empty where nothing is, or it may be over.
     *
     * @throws IOException if that cannot be found out
     */
    Optional<String> kept(String id) throws IOException;

    /** Gives back what it holds. */
    @Override
    default void close() {}
}
