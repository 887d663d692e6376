package io.mapae.verify;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Engines;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import io.mapae.revocation.Revocations;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A policy that the testkit's valid token satisfies, and a verifier of it; tests set only what differs. */
final class Given {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final TestKey KEY = TestKey.rsa();

    String issuer = TokenBuilder.ISSUER;
    Policy.Audience audience = new Policy.Audience("aud", Set.of(TokenBuilder.AUDIENCE));
    Set<Algorithm> algorithms = Policy.ASYMMETRIC;
    Policy.Types types = new Policy.Types(Set.of("at+jwt", "JWT"), true);
    Duration clockSkew = Duration.ofSeconds(30);

    @Nullable
    Duration maxAge;

    @Nullable
    Duration maxLifetime;

    Set<String> requiredClaims = Set.of();
    Map<String, String> demandedValues = Map.of();
    List<String> nameClaims = List.of("sub");
    int maxLength = 8192;
    Revocations revocations = Revocations.NONE;
    CacheSize cache = CacheSize.NONE;
    Engines engines = Engines.jdk();
    KeySource keys = keys(TestKey.jwks(KEY), KeyFormat.JWK_SET);

    static TokenBuilder token() {
        return TokenBuilder.signedBy(KEY).at(NOW);
    }

    static KeySource keys(String text, KeyFormat format) {
        try {
            return KeyLocation.open(text, format, Given.class.getClassLoader(), () -> NOW);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    Policy policy() {
        return new Policy(
                issuer,
                audience,
                algorithms,
                types,
                new Policy.Times(clockSkew, Optional.ofNullable(maxAge), Optional.ofNullable(maxLifetime)),
                requiredClaims,
                demandedValues,
                nameClaims,
                maxLength);
    }

    TokenVerifier verifier() {
        return new TokenVerifier(List.of(new Issuer(policy(), keys)), revocations, engines, cache, () -> NOW);
    }

    /** {@code accepted}, {@code undecided} or the reason of the refusal. */
    String outcome(String token) {
        return outcome(verifier().verify(token));
    }

    String outcome(TokenBuilder token) {
        return outcome(token.text());
    }

    /** The reason and what it is about. */
    String refusal(TokenBuilder token) {
        return verifier()
                .verify(token.text())
                .fold(a -> "accepted", r -> (r.reason() + " " + r.detail()).strip(), u -> "undecided");
    }

    static String outcome(Verdict verdict) {
        return verdict.fold(a -> "accepted", r -> r.reason().name(), u -> "undecided");
    }
}
