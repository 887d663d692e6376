package io.mapae.service.session;

import io.mapae.service.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where sessions are kept. Whatever it has answered survives a restart; what it answered with an exception may have
 * happened. Safe for use by several threads, and by several nodes at once.
 */
public interface SessionStore {
    /** Keeps a new session. */
    void add(Session session) throws StoreException;

    /** The session of that id, be it over or not, unless it was ended. Of an id that cannot be one there is none. */
    Optional<Session> find(String id) throws StoreException;

    /**
     * Puts {@code after} in the place of {@code before} by one conditional write: only if the session is still there with the
     * generation and the current digest of {@code before}. Only what a rotation changes is written.
     *
     * @return whether it was
     */
    boolean replace(Session before, Session after) throws StoreException;

    /** Notes another credential version with the session of that id, if there is one; all else stays as it is. */
    void adopt(String id, long credentialVersion) throws StoreException;

    /** All sessions of an account that were not ended, in no order. */
    List<Session> of(String account) throws StoreException;

    /**
     * Ends a session, and denies its access tokens from now on, in one step: whoever sees it ended can rely on the denial.
     *
     * @param denyUntil when the last of its access tokens has expired everywhere
     * @return whether it was there; the denial is written in either case
     * @throws IllegalArgumentException if that cannot be an id
     */
    boolean end(String id, Instant denyUntil) throws StoreException;

    /**
     * Denies one access token.
     *
     * @throws IllegalArgumentException if its id {@linkplain Session#fits cannot be kept}
     */
    void deny(String tokenId, Instant denyUntil) throws StoreException;

    /** Whether an access token is denied at that time, which {@code denyUntil} is not. */
    boolean isDenied(String tokenId, Instant now) throws StoreException;

    /** Removes what is over since before then. */
    void purge(Instant before) throws StoreException;
}
