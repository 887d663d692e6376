package io.mapae.benchmarks.peers;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Verifiers;
import io.mapae.testkit.TokenBuilder;
import java.text.ParseException;
import java.util.Set;

/** Nimbus JOSE + JWT. Its processor has no EdDSA: that is a class of its own, over another library. */
final class Nimbus {
    private Nimbus() {}

    static Verifier verifier(Scheme scheme) throws ParseException {
        DefaultJWTProcessor<SecurityContext> processor = processor(scheme, scheme.jwk());
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                TokenBuilder.AUDIENCE,
                new JWTClaimsSet.Builder().issuer(TokenBuilder.ISSUER).build(),
                Set.of("sub", "exp"));
        claims.setMaxClockSkew(Verifiers.SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
        return token -> processor.process(token, null);
    }

    /** With the key and the header's rules; the claims are checked for their times alone. */
    static DefaultJWTProcessor<SecurityContext> processor(Scheme scheme, String jwk) throws ParseException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.parse(scheme.toString()), new ImmutableJWKSet<>(new JWKSet(JWK.parse(jwk)))));
        return processor;
    }
}
