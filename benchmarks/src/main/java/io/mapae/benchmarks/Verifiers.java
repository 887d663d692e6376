package io.mapae.benchmarks;

import io.mapae.jws.Algorithm;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import io.mapae.revocation.Revocations;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.CacheSize;
import io.mapae.verify.Issuer;
import io.mapae.verify.Policy;
import io.mapae.verify.TokenVerifier;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** The verifiers that are compared, each with the same key, issuer, audience, type, algorithm and clock skew. */
public final class Verifiers {
    /** How far an issuer's clock may be off. */
    public static final int SKEW_SECONDS = 30;

    private static final int DAY_SECONDS = 86_400;

    /** As by default: to keep a token is part of what its first sight costs. */
    private static final CacheSize CACHE = CacheSize.of(10_000);

    private Verifiers() {}

    /** Mapae with the one key. */
    public static TokenVerifier mapae(Scheme scheme) throws InvalidKeyException, IOException {
        return mapae(scheme, keys(scheme, scheme.jwk()));
    }

    /** A JWK, or a set of them. */
    static KeySource keys(Scheme scheme, String json) throws InvalidKeyException, IOException {
        KeyFormat format = scheme == Scheme.HS256 ? KeyFormat.SECRET : KeyFormat.PUBLIC_KEY;
        return KeyLocation.open(json, format, Verifiers.class.getClassLoader(), InstantSource.system());
    }

    /** Mapae with keys from elsewhere. */
    public static TokenVerifier mapae(Scheme scheme, KeySource keys) {
        return new TokenVerifier(
                List.of(new Issuer(policy(scheme, TokenBuilder.ISSUER, 8192), keys)),
                Revocations.NONE,
                CACHE,
                InstantSource.system());
    }

    /** What Mapae asks of a token. */
    static Policy policy(Scheme scheme, String issuer, int maxLength) {
        return new Policy(
                issuer,
                new Policy.Audience("aud", Set.of(TokenBuilder.AUDIENCE)),
                Set.of(Algorithm.named(scheme.toString()).orElseThrow()),
                new Policy.Types(Set.of("at+jwt"), false),
                new Policy.Times(Duration.ofSeconds(SKEW_SECONDS), Optional.empty(), Optional.empty()),
                Set.of(),
                Map.of(),
                List.of("sub"),
                maxLength);
    }

    /** jose4j with the one key. */
    public static JwtConsumer jose4j(Scheme scheme) throws JoseException {
        JsonWebKeySet keys = new JsonWebKeySet("{\"keys\":[" + scheme.jwk() + "]}");
        return jose4j(scheme, new JwksVerificationKeyResolver(keys.getJsonWebKeys()));
    }

    /** jose4j with keys from elsewhere. */
    public static JwtConsumer jose4j(Scheme scheme, VerificationKeyResolver keys) {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(keys)
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, scheme.toString())
                .setExpectedType(true, "at+jwt")
                .setExpectedIssuer(true, TokenBuilder.ISSUER)
                .setExpectedAudience(true, TokenBuilder.AUDIENCE)
                .setRequireSubject()
                .setRequireExpirationTime()
                .setIssuedAtRestrictions(SKEW_SECONDS, DAY_SECONDS)
                .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                .build();
    }
}
