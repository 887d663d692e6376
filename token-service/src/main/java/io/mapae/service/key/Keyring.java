package io.mapae.service.key;

import io.mapae.jws.Header;
import io.mapae.jws.VerificationKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a node knows of the keys since it read them last. Immutable. */
final class Keyring {
    private final Map<StoredKey, SigningKey> keys;
    private final List<VerificationKey> published;
    private final String jwkSet;
    private final Instant read;

    /**
     * @param published those of {@code keys} that verifiers may need
     * @param read before which everything that was added is among the keys; {@link Instant#MAX} where nobody else adds any
     */
    Keyring(Map<StoredKey, SigningKey> keys, Collection<StoredKey> published, Instant read) {
        this.keys = keys;
        this.published =
                published.stream().map(key -> ready(key).verification()).toList();
        this.jwkSet = published.stream()
                .map(StoredKey::publicJwk)
                .filter(jwk -> !jwk.isEmpty())
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        this.read = read;
    }

    Map<StoredKey, SigningKey> keys() {
        return keys;
    }

    SigningKey ready(StoredKey key) {
        SigningKey ready = keys.get(key);
        if (ready == null) {
            throw new IllegalArgumentException("none of these keys: " + key);
        }
        return ready;
    }

    /** RFC 7517 §5. */
    String jwkSet() {
        return jwkSet;
    }

    /** The {@code kid} of each key that verifies, the latest last. */
    List<String> ids() {
        return published.stream().map(key -> key.id().orElseThrow()).toList();
    }

    /** Those that may verify a token with this header. */
    List<VerificationKey> candidates(Header header) {
        List<VerificationKey> fitting = new ArrayList<>(1);
        for (VerificationKey key : published) {
            if (header.keyId().isPresent() && key.fits(header)) { // every token of ours has a kid
                fitting.add(key);
            }
        }
        return fitting;
    }

    boolean isOlderThan(Duration age, Instant now) {
        return now.minus(age).isAfter(read);
    }

    @Override
    public String toString() {
        return "Keyring" + keys.keySet();
    }
}
