package io.mapae.benchmarks.peers;

import io.fusionauth.jwt.JWTDecoder;
import io.fusionauth.jwt.domain.JWT;
import io.fusionauth.jwt.ec.ECVerifier;
import io.fusionauth.jwt.hmac.HMACVerifier;
import io.fusionauth.jwt.rsa.RSAVerifier;
import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Verifiers;
import io.mapae.testkit.TokenBuilder;

/** FusionAuth's library leaves the issuer and the audience to the application, and does not look at {@code typ}. */
final class FusionAuth {
    private FusionAuth() {}

    static Verifier verifier(Scheme scheme) {
        io.fusionauth.jwt.Verifier signature = signature(scheme);
        JWTDecoder decoder = JWT.getDecoder().withClockSkew(Verifiers.SKEW_SECONDS);
        return token -> checked(decoder.decode(token, signature));
    }

    private static io.fusionauth.jwt.Verifier signature(Scheme scheme) {
        return switch (scheme) {
            case RS256 -> RSAVerifier.newVerifier(scheme.key().publicKey());
            case ES256 -> ECVerifier.newVerifier(scheme.key().publicKey());
            case HS256 -> HMACVerifier.newVerifier(scheme.key().secret());
            case EDDSA -> throw new IllegalArgumentException("it calls it Ed25519 alone, which few issuers do");
        };
    }

    private static JWT checked(JWT token) {
        if (!TokenBuilder.ISSUER.equals(token.issuer) || !TokenBuilder.AUDIENCE.equals(token.audience)) {
            throw new IllegalArgumentException("for others, or by others");
        }
        return token;
    }
}
