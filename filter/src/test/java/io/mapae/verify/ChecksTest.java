package io.mapae.verify;

import static io.mapae.verify.Given.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.testkit.TokenBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {
    private static final BigDecimal NOW = BigDecimal.valueOf(Given.NOW.getEpochSecond());

    private final Given given = new Given();

    /** A time so many seconds from now, which may be a fraction. */
    private static String at(String seconds) {
        return NOW.add(new BigDecimal(seconds)).toPlainString();
    }

    // times

    @ParameterizedTest(name = "skew {0} s, exp {1} s from now -> {2}")
    @CsvSource({
        "30, 1, accepted",
        "30, 0, accepted",
        "30, -29, accepted",
        "30, -29.999999999, accepted",
        "30, -30, EXPIRED",
        "30, -30.000000001, EXPIRED",
        "30, -31, EXPIRED",
        "30, 3000000000, accepted",
        "0, 1, accepted",
        "0, 0.000000001, accepted",
        "0, 0, EXPIRED",
        "0, -0.000000001, EXPIRED",
        "0, -1, EXPIRED",
        "300, -299, accepted",
        "300, -300, EXPIRED",
    })
    void expiry(long skew, String seconds, String outcome) {
        given.clockSkew = Duration.ofSeconds(skew);
        assertThat(given.outcome(token().claimJson("exp", at(seconds)))).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "skew {0} s, {1} s from now -> accepted: {2}")
    @CsvSource({
        "30, -1, true",
        "30, 0, true",
        "30, 29, true",
        "30, 30, true",
        "30, 30.000000001, false",
        "30, 31, false",
        "0, -1, true",
        "0, -0.000000001, true",
        "0, 0, true",
        "0, 0.000000001, false",
        "0, 1, false",
        "300, 300, true",
        "300, 301, false",
    })
    void notBeforeAndIssuedAt(long skew, String seconds, boolean accepted) {
        given.clockSkew = Duration.ofSeconds(skew);
        TokenBuilder token = token().expiresIn(10_000);
        assertThat(given.outcome(token.claimJson("nbf", at(seconds))))
                .isEqualTo(accepted ? "accepted" : "NOT_YET_VALID");
        assertThat(given.outcome(token.claimJson("iat", at(seconds))))
                .isEqualTo(accepted ? "accepted" : "ISSUED_IN_FUTURE");
    }

    @ParameterizedTest(name = "skew {0} s, max age 600 s, iat {1} s from now -> {2}")
    @CsvSource({
        "0, 0, accepted",
        "0, -599, accepted",
        "0, -599.999999999, accepted",
        "0, -600, TOO_OLD",
        "0, -600.000000001, TOO_OLD",
        "0, -601, TOO_OLD",
        "30, -629, accepted",
        "30, -629.999999999, accepted",
        "30, -630, TOO_OLD",
        "30, -631, TOO_OLD",
    })
    void age(long skew, String seconds, String outcome) {
        given.clockSkew = Duration.ofSeconds(skew);
        given.maxAge = Duration.ofMinutes(10);
        assertThat(given.outcome(token().claimJson("iat", at(seconds)))).isEqualTo(outcome);
        given.maxAge = null;
        assertThat(given.outcome(token().claimJson("iat", at(seconds)))).isEqualTo("accepted");
    }

    @ParameterizedTest(name = "max lifetime 600 s, iat {0}, exp {1} -> {2}")
    @CsvSource({
        "-100, 499, accepted",
        "-100, 500, accepted",
        "-100, 500.000000001, LIVES_TOO_LONG",
        "-100, 501, LIVES_TOO_LONG",
        "-100.000000001, 500, LIVES_TOO_LONG",
        "-1000, 1, LIVES_TOO_LONG",
        "30, 10, accepted",
    })
    void lifetime(String issued, String expires, String outcome) {
        TokenBuilder token = token().claimJson("iat", at(issued)).claimJson("exp", at(expires));
        assertThat(given.outcome(token)).isEqualTo("accepted");
        given.maxLifetime = Duration.ofMinutes(10);
        assertThat(given.outcome(token)).isEqualTo(outcome);
    }

    @Test
    void ageAndLifetimeWantAnIssuingTime() {
        TokenBuilder token = token().without("iat");
        assertThat(given.outcome(token)).isEqualTo("accepted");
        given.maxAge = Duration.ofMinutes(10);
        assertThat(given.refusal(token)).isEqualTo("CLAIM_MISSING iat");
        given.maxAge = null;
        given.maxLifetime = Duration.ofMinutes(10);
        assertThat(given.refusal(token)).isEqualTo("CLAIM_MISSING iat");
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource({
        "exp, -74, 'EXPIRED exp, 74 s ago'",
        "exp, -30, 'EXPIRED exp, 30 s ago'",
        "exp, -1772366400, 'EXPIRED exp, 1772366400 s ago'",
        "nbf, 31, 'NOT_YET_VALID nbf, in 31 s'",
        "nbf, 251600000000, 'NOT_YET_VALID nbf, in 251600000000 s'",
        "iat, 90, 'ISSUED_IN_FUTURE iat, in 90 s'",
    })
    void tellTheDistanceOfATime(String claim, String seconds, String refusal) {
        assertThat(given.refusal(token().claimJson(claim, at(seconds)))).isEqualTo(refusal);
    }

    @Test
    void tellTheAgeOfAToken() {
        given.maxAge = Duration.ofMinutes(10);
        assertThat(given.refusal(token().issuedIn(-700))).isEqualTo("TOO_OLD iat, 700 s ago");
        given.maxAge = null;
        given.maxLifetime = Duration.ofSeconds(1);
        assertThat(given.refusal(token())).isEqualTo("LIVES_TOO_LONG exp");
    }

    // issuer and audience

    @ParameterizedTest(name = "[{0}] -> {1}")
    @CsvSource({
        "https://issuer.example, accepted",
        "https://issuer.example/, WRONG_ISSUER",
        "https://ISSUER.example, WRONG_ISSUER",
        "https://issuer.example.evil, WRONG_ISSUER",
        "' https://issuer.example', WRONG_ISSUER",
        "'', WRONG_ISSUER",
    })
    void issuer(String issuer, String outcome) {
        assertThat(given.outcome(token().issuer(issuer))).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"a\" | accepted",
                "\"b\" | accepted",
                "[\"a\"] | accepted",
                "[\"x\",\"b\"] | accepted",
                "[\"a\",\"b\"] | accepted",
                "\"c\" | WRONG_AUDIENCE",
                "\"A\" | WRONG_AUDIENCE",
                "\"a b\" | WRONG_AUDIENCE",
                "\"\" | WRONG_AUDIENCE",
                "\"*\" | WRONG_AUDIENCE",
                "[] | WRONG_AUDIENCE",
                "[\"x\",\"y\"] | WRONG_AUDIENCE",
                "[\"a\",1] | CLAIM_ILL_TYPED",
                "null | CLAIM_ILL_TYPED",
                "1 | CLAIM_ILL_TYPED",
            })
    void audience(String json, String outcome) {
        given.audience = new Policy.Audience("aud", Set.of("a", "b"));
        assertThat(given.outcome(token().claimJson("aud", json))).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"app\" | accepted",
                "[\"x\",\"app\"] | accepted",
                "\"other\" | WRONG_AUDIENCE client_id",
                "1 | WRONG_AUDIENCE client_id",
                "[\"app\",1] | WRONG_AUDIENCE client_id",
                "{\"app\":1} | WRONG_AUDIENCE client_id",
                "null | CLAIM_MISSING client_id",
            })
    void audienceInAnotherClaim(String json, String refusal) {
        given.audience = new Policy.Audience("client_id", Set.of("app"));
        assertThat(given.refusal(token().without("aud").claimJson("client_id", json)))
                .isEqualTo(refusal);
        assertThat(given.refusal(token().audience("app"))).isEqualTo("CLAIM_MISSING client_id");
    }

    @Test
    void acceptsAnyAudienceOnlyIfToldSo() {
        assertThat(given.refusal(token().without("aud"))).isEqualTo("CLAIM_MISSING aud");
        given.audience = new Policy.Audience("aud", Set.of());
        assertThat(given.outcome(token().without("aud"))).isEqualTo("accepted");
        assertThat(given.outcome(token().audience("https://other.example"))).isEqualTo("accepted");
        assertThat(given.outcome(token().audience())).isEqualTo("accepted");
        assertThat(given.outcome(token().claim("aud", 1))).isEqualTo("CLAIM_ILL_TYPED");
    }

    // required claims

    @ParameterizedTest(name = "without {0}")
    @ValueSource(strings = {"iss", "exp", "aud", "sub"})
    void wantsTheseClaimsAlways(String claim) {
        assertThat(given.refusal(token().without(claim))).isEqualTo("CLAIM_MISSING " + claim);
    }

    @ParameterizedTest(name = "without {0}")
    @ValueSource(strings = {"iat", "jti"})
    void wantsNoOtherClaim(String claim) {
        assertThat(given.outcome(token().without(claim))).isEqualTo("accepted");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {"\"x\", accepted", "0, accepted", "false, accepted", "[], accepted", "null, CLAIM_MISSING tenant"})
    void wantsTheClaimsThatAreRequired(String json, String refusal) {
        given.requiredClaims = Set.of("tenant");
        assertThat(given.refusal(token())).isEqualTo("CLAIM_MISSING tenant");
        assertThat(given.refusal(token().claimJson("tenant", json))).isEqualTo(refusal);
    }

    // the use

    @ParameterizedTest(name = "[{0}] -> {1}")
    @CsvSource({
        "at+jwt, accepted",
        "AT+JWT, accepted",
        "At+Jwt, accepted",
        "application/at+jwt, accepted",
        "Application/AT+JWT, accepted",
        "JWT, accepted",
        "jwt, accepted",
        "application/JWT, accepted",
        ", accepted",
        "'', TYPE_NOT_ALLOWED",
        "application/, TYPE_NOT_ALLOWED",
        "application/application/jwt, TYPE_NOT_ALLOWED",
        "text/jwt, TYPE_NOT_ALLOWED",
        "at+jwt2, TYPE_NOT_ALLOWED",
        "'at+jwt ', TYPE_NOT_ALLOWED",
        "at, TYPE_NOT_ALLOWED",
        "dpop+jwt, TYPE_NOT_ALLOWED",
        "logout+jwt, TYPE_NOT_ALLOWED",
        "none, TYPE_NOT_ALLOWED",
        "at+\u0237wt, TYPE_NOT_ALLOWED",
    })
    void tokenTypes(@Nullable String type, String outcome) {
        assertThat(given.outcome(type == null ? token().withoutHeader("typ") : token().type(type)))
                .isEqualTo(outcome);
    }

    @Test
    void tokenTypesAsConfigured() {
        given.types = new Policy.Types(Set.of("application/AT+jwt"), false);
        assertThat(given.outcome(token())).isEqualTo("accepted");
        assertThat(given.outcome(token().type("JWT"))).isEqualTo("TYPE_NOT_ALLOWED");
        assertThat(given.refusal(token().withoutHeader("typ"))).isEqualTo("TYPE_NOT_ALLOWED typ");
    }

    @ParameterizedTest(name = "typ {0}, {1} and {2} -> {3}")
    @CsvSource({
        "JWT, , , accepted",
        "JWT, nonce, , NOT_AN_ACCESS_TOKEN",
        "JWT, nonce, scope, accepted",
        "JWT, nonce, scp, accepted",
        "JWT, nonce, scopes, NOT_AN_ACCESS_TOKEN",
        ", nonce, , NOT_AN_ACCESS_TOKEN",
        ", nonce, scope, accepted",
        "at+jwt, nonce, , accepted",
        "application/AT+JWT, nonce, , accepted",
        "JWT, at_hash, , NOT_AN_ACCESS_TOKEN",
        "JWT, at_hash, scope, NOT_AN_ACCESS_TOKEN",
        ", at_hash, , NOT_AN_ACCESS_TOKEN",
        "at+jwt, at_hash, , accepted",
        "JWT, c_hash, , NOT_AN_ACCESS_TOKEN",
        "JWT, c_hash, scp, NOT_AN_ACCESS_TOKEN",
        "at+jwt, c_hash, , accepted",
        "JWT, s_hash, , accepted",
        "JWT, scope, , accepted",
    })
    void idTokens(@Nullable String type, @Nullable String claim, @Nullable String other, String outcome) {
        TokenBuilder token = type == null ? token().withoutHeader("typ") : token().type(type);
        token = claim == null ? token : token.claim(claim, "x");
        token = other == null ? token : token.claim(other, "y");
        assertThat(given.outcome(token)).isEqualTo(outcome);
        assertThat(given.refusal(token))
                .isEqualTo(outcome.equals("accepted") ? "accepted" : "NOT_AN_ACCESS_TOKEN an ID token");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"Bearer\", accepted",
                "\"bearer\", accepted",
                "\"\", accepted",
                "1, accepted",
                "null, accepted",
                "\"ID\", NOT_AN_ACCESS_TOKEN typ",
                "\"Id\", NOT_AN_ACCESS_TOKEN typ",
                "\"Refresh\", NOT_AN_ACCESS_TOKEN typ",
                "\"refresh\", NOT_AN_ACCESS_TOKEN typ",
                "\"Offline\", NOT_AN_ACCESS_TOKEN typ",
                "\"LOGOUT\", NOT_AN_ACCESS_TOKEN typ",
            })
    void typesOfKeycloak(String json, String refusal) {
        assertThat(given.refusal(token().claimJson("typ", json))).isEqualTo(refusal);
        assertThat(given.refusal(token().type("JWT").claimJson("typ", json))).isEqualTo(refusal);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"access\", accepted",
                "\"Access\", NOT_AN_ACCESS_TOKEN token_use",
                "\"id\", NOT_AN_ACCESS_TOKEN token_use",
                "null, NOT_AN_ACCESS_TOKEN token_use",
                "true, NOT_AN_ACCESS_TOKEN token_use",
                "[\"access\"], NOT_AN_ACCESS_TOKEN token_use",
            })
    void demandedValues(String json, String refusal) {
        given.demandedValues = Map.of("token_use", "access");
        assertThat(given.refusal(token())).isEqualTo("NOT_AN_ACCESS_TOKEN token_use");
        assertThat(given.refusal(token().claimJson("token_use", json))).isEqualTo(refusal);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{\"jkt\":\"x\"}", "{}", "null", "1"})
    void boundTokensWantTheirProof(String json) {
        assertThat(given.refusal(token().claimJson("cnf", json))).isEqualTo("PROOF_REQUIRED cnf");
    }

    // the name

    @ParameterizedTest(name = "[{0}] -> {1}")
    @CsvSource({
        "alice, accepted",
        "Alice Liddell, accepted",
        "' alice ', accepted",
        "\uD83D\uDE00, accepted",
        "\u00E4\u4E2D\u05D0, accepted",
        "a\u200Bb, accepted",
        "'', BAD_NAME",
        "' ', BAD_NAME",
        "\u3000, BAD_NAME",
        "'a\0', BAD_NAME",
        "'a\u001Fb', BAD_NAME",
        "a\u007Fb, BAD_NAME",
        "a\u0080b, BAD_NAME",
        "a\u009Fb, BAD_NAME",
        "a\u00A0b, accepted",
        "'a\nb', BAD_NAME",
        "'a\rb', BAD_NAME",
        "'a\tb', BAD_NAME",
        "a\u2028b, BAD_NAME",
        "a\u2029b, BAD_NAME",
        "\u00A0, BAD_NAME",
        "\u200B, BAD_NAME",
        "\uD800, BAD_NAME",
        "a\uDC00, BAD_NAME",
        "\uDE00\uD83D, BAD_NAME",
    })
    void names(String name, String outcome) {
        assertThat(given.outcome(token().subject(name))).isEqualTo(outcome);
        given.nameClaims = List.of("preferred_username");
        assertThat(given.outcome(token().claim("preferred_username", name))).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "upn {0}, email {1} -> {2}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"u\", \"e\", u",
                "\"u\", , u",
                ", \"e\", e",
                "\"\", \"e\", BAD_NAME upn",
                "1, \"e\", BAD_NAME upn",
                "[\"u\"], \"e\", BAD_NAME upn",
                "\"u\", 1, u",
                ", 1, BAD_NAME email",
                ", , CLAIM_MISSING upn or email",
                "null, null, CLAIM_MISSING upn or email",
                "null, \"e\", BAD_NAME upn",
            })
    void theFirstNameThatIsThereCounts(@Nullable String upn, @Nullable String email, String result) {
        given.nameClaims = List.of("upn", "email");
        TokenBuilder token = token();
        token = upn == null ? token : token.claimJson("upn", upn);
        token = email == null ? token : token.claimJson("email", email);
        assertThat(given.verifier()
                        .verify(token.text())
                        .<String>fold(a -> a.token().name(), r -> r.reason() + " " + r.detail(), u -> "undecided"))
                .isEqualTo(result);
    }

    // the order

    /** All rules broken at once, then mended one by one: the first one broken is the one that is told. */
    @Test
    void tellTheFirstRuleThatIsBroken() {
        given.requiredClaims = Set.of("tenant");
        given.demandedValues = Map.of("token_use", "access");
        given.maxAge = Duration.ofMinutes(10);
        given.maxLifetime = Duration.ofMinutes(20);
        TokenBuilder token = token().issuer("other")
                .audience("other")
                .expiresIn(-100)
                .notBeforeIn(100)
                .issuedIn(100)
                .claim("typ", "ID")
                .claim("cnf", Map.of())
                .subject("");
        assertThat(given.refusal(token)).isEqualTo("CLAIM_MISSING tenant");
        token = token.claim("tenant", "t");
        assertThat(given.outcome(token)).isEqualTo("WRONG_ISSUER");
        token = token.issuer(TokenBuilder.ISSUER);
        assertThat(given.outcome(token)).isEqualTo("WRONG_AUDIENCE");
        token = token.audience(TokenBuilder.AUDIENCE);
        assertThat(given.outcome(token)).isEqualTo("EXPIRED");
        token = token.expiresIn(2000);
        assertThat(given.outcome(token)).isEqualTo("NOT_YET_VALID");
        token = token.notBeforeIn(0);
        assertThat(given.outcome(token)).isEqualTo("ISSUED_IN_FUTURE");
        token = token.issuedIn(-700);
        assertThat(given.outcome(token)).isEqualTo("TOO_OLD");
        token = token.issuedIn(-500);
        assertThat(given.outcome(token)).isEqualTo("LIVES_TOO_LONG");
        token = token.expiresIn(100);
        assertThat(given.refusal(token)).isEqualTo("NOT_AN_ACCESS_TOKEN typ");
        token = token.claim("typ", "Bearer");
        assertThat(given.refusal(token)).isEqualTo("NOT_AN_ACCESS_TOKEN token_use");
        token = token.claim("token_use", "access");
        assertThat(given.outcome(token)).isEqualTo("PROOF_REQUIRED");
        token = token.without("cnf");
        assertThat(given.outcome(token)).isEqualTo("BAD_NAME");
        token = token.subject("alice");
        assertThat(given.outcome(token)).isEqualTo("accepted");
    }
}
