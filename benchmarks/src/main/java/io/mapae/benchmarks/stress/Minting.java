package io.mapae.benchmarks.stress;

import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** Tokens in great numbers whose {@code kid} nobody has seen. Safe for use by several threads. */
final class Minting {
    /** Outlives a run. */
    private static final long LIFETIME_SECONDS = 86_400;

    private final AtomicLong made = new AtomicLong();
    private final String rest;

    /** Like {@code good} but for their header, so that only the key is missing. */
    Minting(String good) {
        rest = good.substring(good.indexOf('.'));
    }

    /** A token that is accepted where {@code key} is known. */
    static String good(TestKey key) {
        return TokenBuilder.signedBy(key).expiresIn(LIFETIME_SECONDS).text();
    }

    String unknown() {
        String header = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"unknown-" + made.incrementAndGet() + "\"}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.US_ASCII))
                + rest;
    }
}
