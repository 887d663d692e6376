package io.mapae.jws;

import java.security.Key;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A key that signatures are checked with. The key decides the algorithm; a token's header merely has to agree.
 *
 * @param id its {@code kid}, where it has one
 * @param algorithms what it may verify: its JWK's {@code alg} alone, else all that its type, size and curve allow
 */
public record VerificationKey(Optional<String> id, Set<Algorithm> algorithms, Key key) {
    /** @throws IllegalArgumentException if there is no algorithm, or one that {@code key} does not fit */
    public VerificationKey {
        algorithms = Set.copyOf(algorithms);
        if (algorithms.isEmpty() || !Algorithm.fitting(key).containsAll(algorithms)) {
            throw new IllegalArgumentException("the key fits none or not all of " + algorithms);
        }
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

    /** Says nothing of the key itself. */
    @Override
    public String toString() {
        return "VerificationKey[id=" + id.orElse("none") + ", algorithms=" + algorithms + "]";
    }
}
