package io.mapae.benchmarks.peers;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Verifiers;
import io.mapae.testkit.TokenBuilder;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Auth0's java-jwt. It does not look at {@code typ}. */
final class JavaJwt {
    private JavaJwt() {}

    static Verifier verifier(Scheme scheme) {
        JWTVerifier verifier = JWT.require(algorithm(scheme))
                .withIssuer(TokenBuilder.ISSUER)
                .withAudience(TokenBuilder.AUDIENCE)
                .withClaimPresence("sub")
                .withClaimPresence("exp")
                .acceptLeeway(Verifiers.SKEW_SECONDS)
                .build();
        return verifier::verify;
    }

    private static Algorithm algorithm(Scheme scheme) {
        return switch (scheme) {
            case RS256 -> Algorithm.RSA256((RSAPublicKey) scheme.key().publicKey(), null);
            case ES256 -> Algorithm.ECDSA256((ECPublicKey) scheme.key().publicKey(), null);
            case HS256 -> Algorithm.HMAC256(scheme.key().secret());
            case EDDSA -> throw new IllegalArgumentException("java-jwt does not know " + scheme);
        };
    }
}
