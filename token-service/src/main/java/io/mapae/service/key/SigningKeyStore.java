package io.mapae.service.key;

import io.mapae.service.StoreException;
import java.util.Collection;
import java.util.List;

/** Where signing keys are kept for all nodes. Safe for use by several threads, and by several nodes at once. */
public interface SigningKeyStore {
    /** All keys, in no order; every key that was added before this was asked. */
    List<StoredKey> all() throws StoreException;

    /**
     * Adds a key by one conditional write: only if there is none of its generation.
     *
     * @return whether it was added
     */
    boolean add(StoredKey key) throws StoreException;

    /** Removes the keys of these generations; those that are gone already do not matter. */
    void remove(Collection<Long> generations) throws StoreException;
}
