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
    private final Map<String, Instant> denied = new HashMap<>();
    private boolean outOfReach;
    private Runnable beforeReplace = () -> {};

    /** What is denied, and until when: the ids of sessions and of tokens. */
    public synchronized Map<String, Instant> denied() {
        return Map.copyOf(denied);
    }

    synchronized void outOfReach(boolean now) {
        outOfReach = now;
    }

    /** Has somebody else come first, once. */
    synchronized void beforeReplace(Runnable action) {
        beforeReplace = action;
    }

    private void check() throws StoreException {
        if (outOfReach) {
            throw new StoreException("out of reach", new IllegalStateException());
        }
    }

    @Override
    public synchronized void add(Session session) throws StoreException {
        check();
        sessions.put(session.id(), session);
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
        sessions.put(after.id(), after);
        return true;
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
        denied.put(id, denyUntil);
        return sessions.remove(id) != null;
    }

    @Override
    public synchronized void deny(String tokenId, Instant denyUntil) throws StoreException {
        check();
        denied.put(tokenId, denyUntil);
    }

    @Override
    public synchronized boolean isDenied(String tokenId, Instant now) throws StoreException {
        check();
        Instant until = denied.get(tokenId);
        return until != null && now.isBefore(until);
    }

    @Override
    public synchronized void purge(Instant before) {
        sessions.values().removeIf(session -> session.endsAt().isBefore(before));
    }
}
