package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.identity.CallerMapping;
import io.mapae.identity.Callers;
import io.mapae.identity.ClaimPath;
import io.mapae.keys.KeySource;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.Issuer;
import io.mapae.verify.TokenVerifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two issuers behind one gate: A says roles in {@code groups}, B in {@code roles}, where {@code staff} is our admin. */
class SeveralIssuersTest {
    private static final String B = "https://b.example";
    private static final TokenBuilder OF_A = Gates.VALID;
    private static final TokenBuilder OF_B = Gates.VALID.issuer(B).signedWith(TestKey.otherRsa(), "RS256");

    private final Gates gates = Gates.withRules("/admin role admin");
    private KeySource keysOfA = Gates.keysOf(Gates.KEY);
    private final KeySource keysOfB = Gates.keysOf(TestKey.otherRsa().withKeyId(Gates.KEY.keyId()));

    private String outcome(String target, TokenBuilder token) {
        return Gates.outcome(gate().admit(FakeRequest.get(target).bearing(token.text())));
    }

    private Gate gate() {
        TokenVerifier verifier = new TokenVerifier(
                List.of(new Issuer(Gates.policy(TokenBuilder.ISSUER), keysOfA), new Issuer(Gates.policy(B), keysOfB)),
                () -> Gates.NOW);
        CallerMapping ofB = new CallerMapping(
                List.of(new ClaimPath("roles")), Map.of("staff", Set.of("admin")), List.of(), Set.of());
        Callers callers = Callers.of(Map.of(TokenBuilder.ISSUER, Gates.MAPPING, B, ofB));
        return new Gate(verifier, callers, gates.options(), Gates.once(), () -> Gates.NOW);
    }

    @ParameterizedTest(name = "{0} with {1} {2} -> {3}")
    @CsvSource({
        "A, groups, admin, alice",
        "A, roles,  admin, 403 insufficient_scope",
        "A, groups, staff, 403 insufficient_scope",
        "B, groups, admin, 403 insufficient_scope",
        "B, roles,  admin, alice",
        "B, roles,  staff, alice",
        "B, groups, staff, 403 insufficient_scope"
    })
    void rolesAreReadAsTheIssuerWritesThem(String issuer, String claim, String role, String outcome) {
        TokenBuilder token = (issuer.equals("A") ? OF_A : OF_B).claim(claim, List.of(role));
        assertThat(outcome("/admin", token)).isEqualTo(outcome);
    }

    @Test
    void oneIssuersOutageIsNotTheOthers() {
        keysOfA = Gates.OUT_OF_REACH;
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            assertThat(outcome("/", OF_A)).isEqualTo("503");
            assertThat(outcome("/", OF_B)).isEqualTo("alice");
            assertThat(outcome("/", OF_A.issuer("https://c.example"))).isEqualTo("401 invalid_token");
            assertThat(log.lines())
                    .containsExactly(
                            "Refused with 503: KEYS_OUT_OF_REACH (nobody answers); issuer https://issuer.example,"
                                    + " kid \"rsa\", alg RS256",
                            "Refused with 401: WRONG_ISSUER (iss); kid \"rsa\", alg RS256");
        }
    }

    @Test
    void theLogNamesTheIssuerWhereItIsClear() {
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            outcome("/", OF_B.expiresIn(-60));
            outcome("/", OF_A.issuer(B));
            outcome("/admin", OF_B);
            outcome("/", OF_B.issuer("https://c.example\nRefused"));
            outcome("/", OF_B.without("iss"));
            outcome("/", OF_B.rawHeader("x"));
            String ofB = "; issuer https://b.example, kid \"rsa\", alg RS256";
            assertThat(log.lines())
                    .containsExactly(
                            "Refused with 401: EXPIRED (exp, 60 s ago)" + ofB,
                            "Refused with 401: BAD_SIGNATURE" + ofB,
                            "Refused with 403: ROLE_MISSING (role admin)" + ofB,
                            "Refused with 401: WRONG_ISSUER (iss); kid \"rsa\", alg RS256",
                            "Refused with 401: WRONG_ISSUER (iss); kid \"rsa\", alg RS256",
                            "Refused with 401: NOT_JSON");
        }
    }
}
