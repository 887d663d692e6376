package io.mapae.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.jws.Fast;
import io.mapae.testkit.Hostile;
import io.mapae.testkit.TokenBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileTest {
    private static final String MARKER = "Zm9yYmlkZGVu";

    /** What a detail may consist of: names of ours and the distance of a time. */
    private static final String DETAIL = "|[0-9]+ characters"
            + "|alg|kid|typ|crit|b64|zip|cty"
            + "|iss|sub|aud|cnf|an ID token"
            + "|(exp|nbf|iat)(, in [0-9]+ s|, [0-9]+ s ago)?";

    private final Given given = new Given();
    private final TokenBuilder valid = Given.token();
    private final TokenVerifier verifier = given.verifier();

    @Test
    void acceptsTheValidOne() {
        assertThat(verifier.verify(valid.text())).isInstanceOf(Verdict.Accepted.class);
        assertThat(verifier.verify(valid.text(8192))).isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @EnumSource
    void refuses(Hostile hostile) {
        Verdict verdict = verifier.verify(hostile.token(valid, Given.KEY));
        assertThat(Given.outcome(verdict)).isEqualTo(hostile.reason());
    }

    @ParameterizedTest
    @EnumSource
    void refusesWithAFastProvider(Fast fast) {
        given.engines = fast.engines();
        TokenVerifier faster = given.verifier();
        assertThat(faster.verify(valid.text())).isInstanceOf(Verdict.Accepted.class);
        for (Hostile hostile : Hostile.values()) {
            assertThat(Given.outcome(faster.verify(hostile.token(valid, Given.KEY))))
                    .as("%s", hostile)
                    .isEqualTo(hostile.reason());
        }
        assertThat(given.engines).as("and it is not dropped").hasToString(fast.all());
    }

    @ParameterizedTest
    @EnumSource
    void tellsNoValueOfTheToken(Hostile hostile) {
        TokenBuilder marked = valid.subject(MARKER)
                .claim("jti", MARKER)
                .claim(MARKER, MARKER)
                .header(MARKER, MARKER)
                .issuer(TokenBuilder.ISSUER);
        Verdict verdict = verifier.verify(hostile.token(marked, Given.KEY));
        String detail = verdict.fold(a -> "accepted", Verdict.Rejected::detail, u -> "undecided");
        assertThat(detail).matches(DETAIL);
        assertThat(verdict.toString()).doesNotContain(MARKER);
    }
}
