package io.mapae.keys;

import io.mapae.jws.Header;
import io.mapae.jws.VerificationKey;
import java.io.IOException;
import java.util.List;

/** Where verification keys come from. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface KeySource {
    /**
     * The keys that may verify a token with this header, the likeliest first, a bounded number of them; empty where
     * there is no such key. Those of an issuer on the network may be waited for, {@code jwks.deadline} at the most.
     *
     * @throws IOException if it could not be found out, which says nothing about the token
     */
    List<VerificationKey> candidates(Header header) throws IOException;

    /** Those of the candidates that are at hand, so that nothing is waited for; none where that cannot be told. */
    default List<VerificationKey> atHand(Header header) {
        try {
            return candidates(header);
        } catch (IOException outOfReach) {
            return List.of();
        }
    }
}
