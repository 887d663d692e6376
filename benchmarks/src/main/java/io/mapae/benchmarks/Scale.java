package io.mapae.benchmarks;

import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.Issuer;
import io.mapae.verify.Policy;
import io.mapae.verify.TokenVerifier;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One thing of which there may be more, and how much there is of it. All else is as it is elsewhere: one of each. */
public enum Scale {
    THREADS_1(Dimension.THREADS, 1),
    THREADS_2(Dimension.THREADS, 2),
    KEYS_1(Dimension.KEYS, 1),
    KEYS_10(Dimension.KEYS, 10),
    KEYS_100(Dimension.KEYS, 100),
    ISSUERS_1(Dimension.ISSUERS, 1),
    ISSUERS_10(Dimension.ISSUERS, 10),
    ISSUERS_1000(Dimension.ISSUERS, 1_000),
    PAYLOAD_300(Dimension.PAYLOAD, 300),
    PAYLOAD_1000(Dimension.PAYLOAD, 1_000),
    PAYLOAD_4000(Dimension.PAYLOAD, 4_000),
    PAYLOAD_7000(Dimension.PAYLOAD, 7_000);

    /** More than 7 000 bytes of payload come to; the setting's default stops short of it. */
    private static final int MAX_LENGTH = 16_384;

    private static final Scheme SCHEME = Scheme.RS256;
    private static final int TOKENS = 64;

    enum Dimension {
        THREADS("threads"),
        /** In the key set, of which the last one signs. */
        KEYS("keys in the set"),
        /** Whose tokens take turns. */
        ISSUERS("issuers"),
        PAYLOAD("bytes of payload");

        private final String title;

        Dimension(String title) {
            this.title = title;
        }
    }

    private final Dimension dimension;
    private final int size;

    Scale(Dimension dimension, int size) {
        this.dimension = dimension;
        this.size = size;
    }

    String title() {
        return dimension.title;
    }

    int size() {
        return size;
    }

    int threads() {
        return dimension == Dimension.THREADS ? size : 1;
    }

    private int count(Dimension of) {
        return dimension == of ? size : 1;
    }

    TokenVerifier verifier() throws InvalidKeyException, IOException {
        String keys = IntStream.rangeClosed(1, count(Dimension.KEYS))
                .mapToObj(each -> key(each).publicJwk())
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        List<Issuer> issuers = new ArrayList<>();
        for (int each = 1; each <= count(Dimension.ISSUERS); each++) {
            Policy policy = Verifiers.policy(SCHEME, issuer(each), MAX_LENGTH);
            issuers.add(new Issuer(policy, Verifiers.keys(SCHEME, keys)));
        }
        return new TokenVerifier(issuers, InstantSource.system());
    }

    /** As many as take turns elsewhere. */
    List<String> tokens() {
        TokenBuilder good = dimension == Dimension.PAYLOAD
                ? TokenBuilder.signedBy(key(1)).expiresIn(Tokens.LIFETIME_SECONDS)
                : Tokens.good(SCHEME).header("kid", key(count(Dimension.KEYS)).keyId());
        IntFunction<String> token = each -> padded(good.issuer(issuer(1 + each * count(Dimension.ISSUERS) / TOKENS)))
                .text();
        return IntStream.range(0, TOKENS).mapToObj(token).toList();
    }

    /** With so many groups that the payload is as long as it should be. */
    private TokenBuilder padded(TokenBuilder token) {
        if (dimension != Dimension.PAYLOAD) {
            return token;
        }
        int room = size - 240;
        return token.claim("groups", Collections.nCopies(Math.max(1, room / 21), "orders-approver-00"));
    }

    private static TestKey key(int number) {
        return SCHEME.key().withKeyId("key-" + number);
    }

    private static String issuer(int number) {
        return TokenBuilder.ISSUER + (number == 1 ? "" : "/" + number);
    }
}
