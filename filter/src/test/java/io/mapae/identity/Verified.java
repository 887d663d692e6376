package io.mapae.identity;

import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.Policy;
import io.mapae.verify.TokenVerifier;
import io.mapae.verify.Verdict;
import io.mapae.verify.VerifiedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tokens that were verified, and callers made of them. */
final class Verified {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TestKey KEY = TestKey.ec("P-256");

    private Verified() {}

    static TokenBuilder token() {
        return TokenBuilder.signedBy(KEY).at(NOW);
    }

    static VerifiedToken verified(String text, String issuer, String nameClaim) {
        Policy policy = new Policy(
                issuer,
                new Policy.Audience("aud", Set.of()),
                Policy.ASYMMETRIC,
                new Policy.Types(Set.of("at+jwt"), true),
                new Policy.Times(Duration.ZERO, Optional.empty(), Optional.empty()),
                Set.of(),
                Map.of(),
                List.of(nameClaim),
                100_000);
        try {
            return new TokenVerifier(
                            policy,
                            KeyLocation.open(
                                    TestKey.jwks(KEY), KeyFormat.JWK_SET, Verified.class.getClassLoader(), () -> NOW),
                            () -> NOW)
                    .verify(text)
                    .fold(Verdict.Accepted::token, Verified::failed, Verified::failed);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static VerifiedToken failed(Verdict verdict) {
        throw new AssertionError(verdict);
    }

    /** With the roles of {@code groups} and the scopes of {@code scope}. */
    static Caller caller(TokenBuilder token) {
        return caller(token, mapping("groups", "scope"));
    }

    static Caller caller(TokenBuilder token, CallerMapping mapping) {
        String text = token.text();
        return mapping.caller(verified(text, TokenBuilder.ISSUER, "sub"), text, 0);
    }

    static CallerMapping mapping(String roles, String scopes) {
        return new CallerMapping(paths(roles), Map.of(), paths(scopes), Set.of());
    }

    static List<ClaimPath> paths(String commaSeparated) {
        return Stream.of(commaSeparated.split(",")).map(ClaimPath::new).toList();
    }
}
