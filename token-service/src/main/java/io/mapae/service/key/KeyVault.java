package io.mapae.service.key;

import io.mapae.jws.Engines;
import io.mapae.service.StoreException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jose4j.lang.JoseException;

/** The stored keys, opened. Safe for use by several threads. */
final class KeyVault {
    private static final String UNOPENED = "a stored signing key cannot be opened: it was sealed with another"
            + " key-secret, or altered; nothing was changed";

    private final SigningKeyStore store;
    private final Seal seal;
    private final Engines engines;

    KeyVault(SigningKeyStore store, Seal seal, Engines engines) {
        this.store = store;
        this.seal = seal;
        this.engines = engines;
    }

    /**
     * All keys that are stored, ready for use.
     *
     * @param known what was opened before, and needs no work again
     * @throws InvalidKeyException if one of them was sealed under another secret, or altered
     */
    Map<StoredKey, SigningKey> read(Map<StoredKey, SigningKey> known) throws StoreException, InvalidKeyException {
        Map<StoredKey, SigningKey> keys = new LinkedHashMap<>();
        for (StoredKey stored : store.all()) {
            SigningKey ready = known.get(stored);
            keys.put(stored, ready != null ? ready : open(stored));
        }
        return Map.copyOf(keys);
    }

    private SigningKey open(StoredKey stored) throws InvalidKeyException {
        try {
            byte[] encoded = seal.open(stored.sealed(), bound(stored));
            SigningAlgorithm algorithm = SigningAlgorithm.named(stored.algorithm())
                    .orElseThrow(() -> new InvalidKeyException("a stored signing key is for an unknown algorithm"));
            Key signs = algorithm.decode(encoded);
            if (algorithm.isSecret()) {
                return new SigningKey(algorithm, new KeyMaterial(stored.id(), signs, signs), engines);
            }
            PublicKey verifies = KeyMaterial.publicKey(stored.publicJwk());
            return new SigningKey(algorithm, new KeyMaterial(stored.id(), signs, verifies), engines);
        } catch (InvalidKeyException known) {
            throw known;
        } catch (GeneralSecurityException | JoseException unopened) {
            throw new InvalidKeyException(UNOPENED);
        }
    }

    /**
     * Makes a key and adds it, unless another node was faster.
     *
     * @param from asked once the key is there, as making one takes its time
     * @return what was added
     */
    Optional<StoredKey> make(SigningAlgorithm algorithm, long generation, Supplier<Instant> from)
            throws StoreException {
        try {
            KeyMaterial material = algorithm.generate();
            StoredKey open = new StoredKey(
                    generation,
                    material.id(),
                    algorithm.toString(),
                    from.get().truncatedTo(ChronoUnit.MILLIS),
                    material.publicJwk(algorithm),
                    "");
            String sealed = seal.close(material.signs().getEncoded(), bound(open));
            StoredKey made =
                    new StoredKey(generation, open.id(), open.algorithm(), open.signsFrom(), open.publicJwk(), sealed);
            return store.add(made) ? Optional.of(made) : Optional.empty();
        } catch (GeneralSecurityException unavailable) {
            throw new IllegalStateException("every JDK makes keys for " + algorithm, unavailable);
        }
    }

    void remove(Collection<StoredKey> keys) throws StoreException {
        store.remove(keys.stream().map(StoredKey::generation).toList());
    }

    /** All that is stored of a key beside what is sealed; none of it has a line break. */
    private static String bound(StoredKey key) {
        return String.join(
                "\n",
                Long.toString(key.generation()),
                key.id(),
                key.algorithm(),
                Long.toString(key.signsFrom().toEpochMilli()),
                key.publicJwk());
    }
}
