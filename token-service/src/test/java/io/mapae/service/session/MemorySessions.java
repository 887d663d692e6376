package io.mapae.service.session;

import io.mapae.service.StoreException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions of one JVM, in a store that can be out of reach. */
public final class MemorySessions implements SessionStore {
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<Denied, Instant> denied = new HashMap<>();
    private boolean outOfReach;
    private Runnable beforeReplace = () -> {};

    /** Of a session ({@code sid}) or of a token ({@code jti}). */
    private record Denied(String kind, String id) {}

    /** What is denied, and until when: the ids of sessions and of tokens. */
    public synchronized Map<String, Instant> denied() {
        Map<String, Instant> ids = new HashMap<>();
        denied.forEach((what, until) -> ids.merge(what.id(), until, MemorySessions::later));
        return ids;
    }

    synchronized Optional<Instant> denied(String kind, String id) {
        return Optional.ofNullable(denied.get(new Denied(kind, id)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void deny(String kind, String id, Instant until) {
        denied.merge(new Denied(kind, id), until, MemorySessions::later);
    }

    private static void require(boolean storable) {
        if (!storable) {
            throw new IllegalArgumentException("an id that cannot be kept");
        }
    }

    synchronized void outOfReach(boolean now) {
        outOfReach = now;
    }

    /** Has somebody else come first, once. */
    synchronized void beforeReplace(Runnable action) {
        beforeReplace = action;
    }

    /** As from a backup: whatever there is now is lost. */
    synchronized void restore(Session session) {
        sessions.put(session.id(), session);
    }

    private void check() throws StoreException {
        if (outOfReach) {
            throw new StoreException("out of reach", new IllegalStateException());
        }
    }

    @Override
    public synchronized void add(Session session) throws StoreException {
        check();
        if (sessions.putIfAbsent(session.id(), session) != null) {
            throw new IllegalStateException("There is a session of this id");
        }
    }

    @Override
    public synchronized Optional<Session> find(String id) throws StoreException {
        check();
        return Optional.ofNullable(sessions.get(id));
    }

    @Override
    public synchronized boolean replace(Session before, Session after) throws StoreException {
        check();
        Runnable first = beforeReplace;
        beforeReplace = () -> {};
        first.run();
        Session there = sessions.get(before.id());
        if (there == null
                || there.generation() != before.generation()
                || !there.current().equals(before.current())) {
            return false;
        }
        sessions.put(after.id(), with(after, there.credentialVersion()));
        return true;
    }

    @Override
    public synchronized void adopt(String id, long credentialVersion) throws StoreException {
        check();
        sessions.computeIfPresent(id, (same, session) -> with(session, credentialVersion));
    }

    private static Session with(Session session, long credentialVersion) {
        return new Session(
                session.id(),
                session.account(),
                session.device(),
                session.transport(),
                session.scopes(),
                session.audiences(),
                credentialVersion,
                session.created(),
                session.lastUsed(),
                session.idleUntil(),
                session.endsAt(),
                session.generation(),
                session.current(),
                session.previous(),
                session.rotated());
    }

    @Override
    public synchronized List<Session> of(String account) throws StoreException {
        check();
        return sessions.values().stream()
                .filter(session -> session.account().equals(account))
                .toList();
    }

    @Override
    public synchronized boolean end(String id, Instant denyUntil) throws StoreException {
        check();
        require(Session.isId(id));
        deny("sid", id, denyUntil);
        return sessions.remove(id) != null;
    }

    @Override
    public synchronized void deny(String tokenId, Instant denyUntil) throws StoreException {
        check();
        require(Session.fits(tokenId, Session.MAX_TOKEN_ID));
        deny("jti", tokenId, denyUntil);
    }

    @Override
    public synchronized boolean isDenied(String tokenId, Instant now) throws StoreException {
        check();
        return denied("jti", tokenId).filter(now::isBefore).isPresent();
    }

    @Override
    public synchronized void purge(Instant before) {
        sessions.values()
                .removeIf(session ->
                        session.endsAt().isBefore(before) || session.idleUntil().isBefore(before));
        denied.values().removeIf(until -> until.isBefore(before));
    }
}
