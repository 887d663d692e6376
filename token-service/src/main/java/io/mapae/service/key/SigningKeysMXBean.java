package io.mapae.service.key;

import java.util.List;

/**
 * The keys of the token service at this node, as {@code io.mapae:type=SigningKeys,application=…} shows them. Instants are
 * ISO 8601 in UTC; an empty text stands for never.
 */
public interface SigningKeysMXBean {
    /** The {@code kid} of the key that signs now. */
    String getSigningKeyId();

    /** The {@code kid} of each key that verifies, the latest last. */
    List<String> getKeyIds();

    /** When another key takes over. */
    String getNextTakeover();

    /**
     * Makes the next key now, for all nodes, unless one takes over soon anyway; nobody's token is refused because of it.
     *
     * @return when that key signs: once every node and every verifier knows it; or why there is none
     */
    String rotateNow();
}
