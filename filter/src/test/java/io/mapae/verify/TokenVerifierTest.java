package io.mapae.verify;

import static io.mapae.verify.Given.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Header;
import io.mapae.keys.KeyFormat;
import io.mapae.revocation.Revocation;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenVerifierTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Given given = new Given();

    /** A token for each reason that a verifier has, and no other reason. */
    @ParameterizedTest
    @EnumSource(from = "TOKEN_TOO_LONG", to = "REVOKED")
    void hasATokenForEachReason(Reason reason) {
        TokenBuilder token = token();
        String text =
                switch (reason) {
                    case TOKEN_TOO_LONG -> token.text(8193);
                    case NOT_COMPACT -> "x";
                    case NOT_BASE64URL -> token.text() + "=";
                    case NOT_JSON -> token.rawHeader("x").text();
                    case BAD_HEADER -> token.withoutHeader("alg").text();
                    case UNSUPPORTED_HEADER ->
                        token.header("crit", List.of("x")).text();
                    case ALGORITHM_NOT_ALLOWED -> token.header("alg", "none").text();
                    case TYPE_NOT_ALLOWED -> token.type("x").text();
                    case NO_MATCHING_KEY -> token.header("kid", "x").text();
                    case BAD_SIGNATURE ->
                        token.signedWith(TestKey.otherRsa(), "RS256").text();
                    case CLAIM_MISSING -> token.without("exp").text();
                    case CLAIM_ILL_TYPED -> token.claim("exp", "x").text();
                    case WRONG_ISSUER -> token.issuer("x").text();
                    case WRONG_AUDIENCE -> token.audience("x").text();
                    case EXPIRED -> token.expiresIn(-60).text();
                    case NOT_YET_VALID -> token.notBeforeIn(60).text();
                    case ISSUED_IN_FUTURE -> token.issuedIn(60).text();
                    case TOO_OLD -> token.issuedIn(-100).text();
                    case LIVES_TOO_LONG -> token.text();
                    case NOT_AN_ACCESS_TOKEN -> token.claim("typ", "ID").text();
                    case PROOF_REQUIRED -> token.claim("cnf", Map.of()).text();
                    case BAD_NAME -> token.subject(" ").text();
                    case REVOKED -> token.claim("sid", "revoked").text();
                    default -> throw new AssertionError(reason);
                };
        if (reason == Reason.TOO_OLD) {
            given.maxAge = MINUTE;
        } else if (reason == Reason.LIVES_TOO_LONG) {
            given.maxLifetime = MINUTE;
        }
        given.revocations = (claims, now) -> claims.string("sid").map(revoked -> Revocation.Kind.SID);
        assertThat(given.outcome(text)).isEqualTo(reason.name());
    }

    // the text

    @ParameterizedTest(name = "{0} of 1000 characters -> {1}")
    @CsvSource({"999, accepted", "1000, accepted", "1001, TOKEN_TOO_LONG"})
    void boundsTheLength(int length, String outcome) {
        given.maxLength = 1000;
        assertThat(given.outcome(token().text(length))).isEqualTo(outcome);
    }

    @Test
    void tellsHowLongTheTextIs() {
        assertThat(given.verifier().verify("x".repeat(9000)))
                .isEqualTo(new Verdict.Rejected(
                        Reason.TOKEN_TOO_LONG, Optional.of(TokenBuilder.ISSUER), Optional.empty(), "9000 characters"));
    }

    @Test
    void tellsTheHeaderOnceItIsRead() {
        Verdict unread = given.verifier().verify(token().rawHeader("{}").text());
        assertThat(unread)
                .isEqualTo(new Verdict.Rejected(
                        Reason.BAD_HEADER, Optional.of(TokenBuilder.ISSUER), Optional.empty(), "alg"));

        Header header = new Header(Algorithm.RS256, Optional.of("x"), Optional.of("at+jwt"));
        Verdict read = given.verifier().verify(token().header("kid", "x").text());
        assertThat(read)
                .isEqualTo(new Verdict.Rejected(
                        Reason.NO_MATCHING_KEY, Optional.of(TokenBuilder.ISSUER), Optional.of(header), ""));
    }

    /** Whatever an exponent is, and wherever it stands, the text is refused and nothing thrown. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"1e99999999999", "1e2147483648", "1e-2147483649", "-1e99999999999", "1e-99999999999"})
    void throwsNothingForAnExponentThatNoNumberHolds(String number) {
        assertThat(given.outcome(token().headerJson("x", number))).isEqualTo("NOT_JSON");
        assertThat(given.outcome(token().claimJson("exp", number))).isEqualTo("NOT_JSON");
    }

    // the header

    @ParameterizedTest
    @EnumSource
    void takesOnlyTheAlgorithmsOfThePolicy(Algorithm algorithm) {
        boolean symmetric = algorithm.isSymmetric();
        TestKey key = key(algorithm).withoutKeyId();
        TokenBuilder token = TokenBuilder.signedBy(key).at(Given.NOW).algorithm(algorithm.toString());
        given.keys = symmetric
                ? Given.keys(key.secretText(), KeyFormat.SECRET)
                : Given.keys(key.publicPem(), KeyFormat.PUBLIC_KEY);

        given.algorithms = Set.of(algorithm);
        assertThat(given.outcome(token)).isEqualTo("accepted");
        given.algorithms = EnumSet.complementOf(EnumSet.of(algorithm));
        assertThat(given.refusal(token)).isEqualTo("ALGORITHM_NOT_ALLOWED alg");
        given.algorithms = Policy.ASYMMETRIC;
        assertThat(given.outcome(token)).isEqualTo(symmetric ? "ALGORITHM_NOT_ALLOWED" : "accepted");
    }

    private static TestKey key(Algorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> TestKey.ec("P-256");
            case ES384 -> TestKey.ec("P-384");
            case ES512 -> TestKey.ec("P-521");
            case ED25519 -> TestKey.ed25519();
            case HS256, HS384, HS512 -> TestKey.hmac(64);
            case RS256, RS384, RS512, PS256, PS384, PS512 -> TestKey.rsa();
        };
    }

    @Test
    void asksForNoKeyBeforeTheHeaderIsAdmitted() {
        AtomicInteger asked = new AtomicInteger();
        given.keys = header -> {
            asked.incrementAndGet();
            return List.of();
        };
        given.algorithms = Set.of(Algorithm.PS256);
        assertThat(given.outcome(token().type("x"))).isEqualTo("ALGORITHM_NOT_ALLOWED");
        given.algorithms = Policy.ASYMMETRIC;
        assertThat(given.outcome(token().type("x"))).isEqualTo("TYPE_NOT_ALLOWED");
        assertThat(asked).hasValue(0);
        assertThat(given.outcome(token())).isEqualTo("NO_MATCHING_KEY");
        assertThat(asked).hasValue(1);
    }

    // the keys

    @Test
    void isUndecidedWhileTheKeysAreOutOfReach() {
        IOException cause = new IOException("no route");
        given.keys = header -> {
            throw cause;
        };
        assertThat(given.verifier().verify(token().text()))
                .isEqualTo(new Verdict.Undecided(Reason.KEYS_OUT_OF_REACH, TokenBuilder.ISSUER, HEADER, cause));
        assertThat(given.outcome(token().expiresIn(-60))).isEqualTo("undecided");
        assertThat(given.outcome(token().type("x"))).isEqualTo("TYPE_NOT_ALLOWED");
        assertThat(given.outcome("x")).isEqualTo("NOT_COMPACT");
    }

    @Test
    void triesSeveralKeysWithoutId() {
        TestKey second = TestKey.otherRsa();
        given.keys = Given.keys(Given.KEY.publicPem() + second.publicPem(), KeyFormat.PUBLIC_KEY);
        TokenBuilder token = token().withoutHeader("kid");
        assertThat(given.outcome(token)).isEqualTo("accepted");
        assertThat(given.outcome(token.signedWith(second, "RS256"))).isEqualTo("accepted");
        assertThat(given.outcome(token.signedWith(TestKey.generate("RSA", "third"), "RS256")))
                .isEqualTo("BAD_SIGNATURE");
        assertThat(given.outcome(token.header("kid", "any"))).isEqualTo("accepted");
    }

    @Test
    void triesOnlyTheKeyOfTheId() {
        given.keys = Given.keys(TestKey.jwks(Given.KEY, TestKey.otherRsa()), KeyFormat.JWK_SET);
        assertThat(given.outcome(token())).isEqualTo("accepted");
        assertThat(given.outcome(token().withoutHeader("kid"))).isEqualTo("accepted");
        assertThat(given.outcome(token().signedWith(TestKey.otherRsa(), "RS256")))
                .isEqualTo("BAD_SIGNATURE");
        assertThat(given.outcome(token().algorithm("PS256"))).isEqualTo("NO_MATCHING_KEY");
    }

    // the signature before the claims

    @Test
    void readsNoClaimOfAForgedToken() {
        for (TokenBuilder bad : List.of(token().rawPayload("x"), token().expiresIn(-60), token().claim("iss", 1))) {
            assertThat(given.outcome(bad.signedWith(TestKey.otherRsa(), "RS256")))
                    .isEqualTo("BAD_SIGNATURE");
            assertThat(given.outcome(bad)).isNotEqualTo("BAD_SIGNATURE").isNotEqualTo("accepted");
        }
    }

    /** A header is recognised by its text only after a good signature, or anybody could fill the memory for them. */
    @Test
    void remembersTheHeadersOfGoodTokensOnly() {
        TokenVerifier verifier = given.verifier();
        String forged = token().signedWith(TestKey.otherRsa(), "RS256").text();
        assertThat(header(verifier, forged)).isEqualTo(header(verifier, forged)).isNotSameAs(header(verifier, forged));
        assertThat(Given.outcome(verifier.verify(token().text()))).isEqualTo("accepted");
        assertThat(header(verifier, forged)).isSameAs(header(verifier, forged));
    }

    private static Header header(TokenVerifier verifier, String token) {
        return verifier.verify(token)
                .fold(
                        accepted -> {
                            throw new AssertionError("accepted");
                        },
                        rejected -> rejected.header().orElseThrow(),
                        undecided -> {
                            throw new AssertionError("undecided");
                        });
    }

    // the result

    @Test
    void provesWhatItAccepted() {
        VerifiedToken token = given.verifier()
                .verify(token().claim("secret", "s3cr3t").text())
                .fold(Verdict.Accepted::token, r -> failed(), u -> failed());
        assertThat(token.name()).isEqualTo("alice");
        assertThat(token.claims().string("iss")).hasValue(TokenBuilder.ISSUER);
        assertThat(token).hasToString("VerifiedToken[Claims[iss, sub, aud, iat, exp, jti, secret]]");
        assertThat(token.issuer()).isEqualTo(TokenBuilder.ISSUER);
        assertThat(given.verifier().issuers()).containsExactly(TokenBuilder.ISSUER);
    }

    private static VerifiedToken failed() {
        throw new AssertionError("not accepted");
    }

    private static final Header HEADER =
            new Header(Algorithm.RS256, Optional.of(TestKey.rsa().keyId()), Optional.of("at+jwt"));

    static List<Verdict> verdicts() {
        return List.of(
                new Given().verifier().verify(token().text()),
                new Verdict.Rejected(Reason.EXPIRED, Optional.of(TokenBuilder.ISSUER), Optional.empty(), ""),
                new Verdict.Undecided(Reason.KEYS_OUT_OF_REACH, TokenBuilder.ISSUER, HEADER, new IOException()));
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void foldsEachCaseIntoItsOwn(Verdict verdict) {
        assertThat(verdict.<Verdict>fold(a -> a, r -> r, u -> u)).isSameAs(verdict);
        String name = verdict.fold(a -> "Accepted", r -> "Rejected", u -> "Undecided");
        assertThat(verdict.getClass().getSimpleName()).isEqualTo(name);
    }
}
