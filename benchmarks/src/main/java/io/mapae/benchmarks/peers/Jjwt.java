package io.mapae.benchmarks.peers;

import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Verifiers;
import io.mapae.testkit.TokenBuilder;

/** It does not look at {@code typ}, and takes any algorithm that the key is fit for. */
final class Jjwt {
    private Jjwt() {}

    static Verifier verifier(Scheme scheme) {
        JwtParserBuilder builder = Jwts.parser();
        JwtParser parser = (scheme == Scheme.HS256
                        ? builder.verifyWith(Keys.hmacShaKeyFor(scheme.key().secret()))
                        : builder.verifyWith(scheme.key().publicKey()))
                .requireIssuer(TokenBuilder.ISSUER)
                .requireAudience(TokenBuilder.AUDIENCE)
                .clockSkewSeconds(Verifiers.SKEW_SECONDS)
                .build();
        return parser::parseSignedClaims;
    }
}
