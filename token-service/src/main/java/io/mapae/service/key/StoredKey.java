package io.mapae.service.key;

import java.time.Instant;

/**
 * A signing key as it is stored. Immutable, and so is what is stored of it.
 *
 * @param generation the first key is 0, each further one counts on; no two keys share it
 * @param id its {@code kid}, at most 64 characters
 * @param algorithm its {@code alg}
 * @param signsFrom when it takes over, in milliseconds
 * @param publicJwk as it is published; empty for a secret, which is not
 * @param sealed what only the service can open
 */
public record StoredKey(
        long generation, String id, String algorithm, Instant signsFrom, String publicJwk, String sealed) {
    /** Without what is sealed. */
    @Override
    public String toString() {
        return "StoredKey[" + generation + ", " + id + ", " + algorithm + ", from " + signsFrom + "]";
    }
}
