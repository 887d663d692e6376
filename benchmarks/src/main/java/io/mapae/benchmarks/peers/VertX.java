package io.mapae.benchmarks.peers;

import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Verifiers;
import io.mapae.testkit.TokenBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

/** Vert.x's provider of authentication. It does not look at {@code typ}, and answers on the thread that asks. */
final class VertX {
    private VertX() {}

    static Verifier verifier(Scheme scheme) {
        JWTAuth provider = JWTAuth.create(
                Vertx.vertx(new VertxOptions().setUseDaemonThread(true)),
                new JWTAuthOptions()
                        .addJwk(new JsonObject(scheme.jwk()))
                        .setJWTOptions(new JWTOptions()
                                .setIssuer(TokenBuilder.ISSUER)
                                .addAudience(TokenBuilder.AUDIENCE)
                                .setLeeway(Verifiers.SKEW_SECONDS)));
        return token -> {
            Future<User> answer = provider.authenticate(new TokenCredentials(token));
            if (!answer.succeeded()) {
                throw new IllegalArgumentException(answer.cause());
            }
            return answer.result();
        };
    }
}
