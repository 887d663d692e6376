package io.mapae.service;

import io.mapae.revocation.RevocationSource;
import io.mapae.service.session.SessionStore;
import io.mapae.service.throttle.AttemptStore;
import java.time.InstantSource;

/** Where sessions and attempts are kept. */
public interface Stores extends AutoCloseable {
    /** Sessions, and what is denied. */
    SessionStore sessions();

    /** Attempts to log in. */
    AttemptStore attempts();

    /** What is denied, for those who verify: to be closed before these stores. */
    RevocationSource revocations();

    /** Ends connections. */
    @Override
    void close();

    /** Opens such stores elsewhere than in the database: a service of another module. */
    interface Provider {
        /** What {@code service.store} calls them. */
        String name();

        /**
         * Stores that need not be within reach yet, but for a cluster's.
         *
         * @param address where, in the form of these stores
         * @throws IllegalArgumentException with what was expected, never with the address itself
         * @throws StoreException if they have to be within reach, and are not
         */
        Stores open(String address, InstantSource clock) throws StoreException;
    }
}
