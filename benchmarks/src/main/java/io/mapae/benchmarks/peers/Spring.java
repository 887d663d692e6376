package io.mapae.benchmarks.peers;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Verifiers;
import io.mapae.testkit.TokenBuilder;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Spring Security's decoder, which has nimbus look at the signature and looks at the claims itself. */
public final class Spring {
    private Spring() {}

    static Verifier verifier(Scheme scheme) throws ParseException {
        return decoder(scheme, scheme.jwk())::decode;
    }

    /** Over a fixed key. */
    public static JwtDecoder decoder(Scheme scheme, String jwk) throws ParseException {
        DefaultJWTProcessor<SecurityContext> processor = Nimbus.processor(scheme, jwk);
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // as its own builder does
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(Duration.ofSeconds(Verifiers.SKEW_SECONDS)),
                new JwtIssuerValidator(TokenBuilder.ISSUER),
                new JwtClaimValidator<List<String>>(
                        "aud", audience -> audience != null && audience.contains(TokenBuilder.AUDIENCE))));
        return decoder;
    }
}
