package io.mapae.jws;

import java.security.Key;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A key that signatures are checked with. The key decides the algorithm; a token's header merely has to agree. Immutable, but
 * for what engines made of the key, which is kept here so that it is made once and goes with the key.
 */
public final class VerificationKey {
    private final Optional<String> id;
    private final Set<Algorithm> algorithms;
    private final Key key;
    private final Map<ProviderEngine, Optional<Key>> prepared = new ConcurrentHashMap<>(2);

    /**
     * @param id its {@code kid}, where it has one
     * @param algorithms what it may verify: its JWK's {@code alg} alone, else all that its type, size and curve allow
     * @throws IllegalArgumentException if there is no algorithm, or one that {@code key} does not fit
     */
    public VerificationKey(Optional<String> id, Set<Algorithm> algorithms, Key key) {
        this.id = id;
        this.algorithms = Set.copyOf(algorithms);
        this.key = key;
        if (algorithms.isEmpty() || !Algorithm.fitting(key).containsAll(algorithms)) {
            throw new IllegalArgumentException("the key fits none or not all of " + algorithms);
        }
    }

    /** Its {@code kid}, where it has one. */
    public Optional<String> id() {
        return id;
    }

    /** What it may verify. */
    public Set<Algorithm> algorithms() {
        return algorithms;
    }

    /** The key itself, as it was read. */
    public Key key() {
        return key;
    }

    /** The key for {@code engine}, made at its first use; empty where that engine takes no such key. */
    Optional<Key> preparedBy(ProviderEngine engine) {
        Optional<Key> known = prepared.get(engine);
        if (known != null) {
            return known;
        }
        Optional<Key> made = engine.prepare(key); // not within the map, where others would wait for it
        Optional<Key> before = prepared.putIfAbsent(engine, made);
        return before != null ? before : made;
    }

    /** Whether a token with this header may be checked with this key. */
    public boolean fits(Header header) {
        return algorithms.contains(header.algorithm())
                && (id.isEmpty() || header.keyId().isEmpty() || id.equals(header.keyId()));
    }

    /** Whether both have this one {@code kid} and share an algorithm. */
    public boolean isMistakenFor(VerificationKey other) {
        Set<Algorithm> shared = EnumSet.copyOf(algorithms);
        shared.retainAll(other.algorithms);
        return id.isPresent() && id.equals(other.id) && !shared.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerificationKey that
                && id.equals(that.id)
                && algorithms.equals(that.algorithms)
                && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** Says nothing of the key itself. */
    @Override
    public String toString() {
        return "VerificationKey[id=" + id.orElse("none") + ", algorithms=" + algorithms + "]";
    }
}
