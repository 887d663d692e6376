package io.mapae.benchmarks.peers;

import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Verifiers;
import io.mapae.testkit.TokenBuilder;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import java.security.PublicKey;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/** SmallRye JWT's parser, outside of its frameworks. It does not look at {@code typ}. */
public final class SmallRye {
    private SmallRye() {}

    static Verifier verifier(Scheme scheme) {
        if (scheme != Scheme.HS256) {
            return parser(scheme, scheme.key().publicKey())::parse;
        }
        SecretKeySpec secret = new SecretKeySpec(scheme.key().secret(), scheme.engine());
        return parser(scheme, new JWTAuthContextInfo(secret, TokenBuilder.ISSUER))::parse;
    }

    /** Over a fixed key. */
    public static JWTParser parser(Scheme scheme, PublicKey key) {
        return parser(scheme, new JWTAuthContextInfo(key, TokenBuilder.ISSUER));
    }

    private static JWTParser parser(Scheme scheme, JWTAuthContextInfo context) {
        context.setExpectedAudience(Set.of(TokenBuilder.AUDIENCE));
        context.setSignatureAlgorithm(Set.of(SignatureAlgorithm.valueOf(scheme.name())));
        context.setClockSkew(Verifiers.SKEW_SECONDS);
        return new DefaultJWTParser(context);
    }
}
