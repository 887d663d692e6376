package io.mapae.service.key;

import io.mapae.service.StoreException;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Optional;

/** Where the keys of the service come from. For one thread at a time. */
interface KeyOrigin {
    /**
     * What is there now, with the next key where that is due.
     *
     * @param known what was read last
     * @throws InvalidKeyException if something there is not a key that we can use
     */
    Keyring renew(Keyring known) throws StoreException, InvalidKeyException;

    /** The same, with the next key unless one takes over soon anyway; empty where keys are made by others. */
    Optional<Keyring> rotate(Keyring known) throws StoreException, InvalidKeyException;

    /** When the key takes over that follows {@code newest} and is not there yet; empty where keys are made by others. */
    Optional<Instant> successor(StoredKey newest);
}
