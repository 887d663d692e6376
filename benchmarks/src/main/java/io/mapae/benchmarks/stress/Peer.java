package io.mapae.benchmarks.stress;

import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Verifiers;
import java.net.URI;
import java.time.Duration;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;

/** jose4j with the keys of one endpoint, its HTTP client as it comes. */
final class Peer implements Subject {
    private final JwtConsumer consumer;

    /** @param cached how long keys are used, where the endpoint does not say it */
    Peer(URI keySet, Duration cached) {
        HttpsJwks keys = new HttpsJwks(keySet.toString());
        keys.setDefaultCacheDuration(cached.toSeconds());
        consumer = Verifiers.jose4j(Scheme.RS256, new HttpsJwksVerificationKeyResolver(keys));
    }

    /** Refused for the reason's class: jose4j does not tell a bad token from keys that it could not get. */
    @Override
    public String verify(String token) {
        try {
            consumer.processToClaims(token);
            return ACCEPTED;
        } catch (InvalidJwtException refused) {
            Throwable cause = refused.getCause();
            return (cause == null ? refused : cause).getClass().getSimpleName();
        }
    }
}
