package io.mapae.verify;

import static io.mapae.verify.Given.KEY;
import static io.mapae.verify.Given.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.jws.Algorithm;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeySource;
import io.mapae.testkit.Hostile;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuers A and B, of one verifier: {@code iss} alone chooses, and what it chooses is all that counts. */
class SeveralIssuersTest {
    private static final String A = TokenBuilder.ISSUER;
    private static final String B = "https://b.example";

    /** Their keys have one id. */
    private static final TestKey KEY_OF_B = TestKey.otherRsa().withKeyId(KEY.keyId());

    private static final TestKey SECRET = TestKey.hmac(33).withKeyId(KEY.keyId());

    private final Given a = new Given();
    private final Given b = new Given();
    private final List<String> asked = new ArrayList<>();

    SeveralIssuersTest() {
        b.issuer = B;
        b.keys = Given.keys(TestKey.jwks(KEY_OF_B), KeyFormat.JWK_SET);
    }

    private TokenVerifier verifier() {
        return new TokenVerifier(
                List.of(new Issuer(a.policy(), heard("A", a.keys)), new Issuer(b.policy(), heard("B", b.keys))),
                () -> Given.NOW);
    }

    private KeySource heard(String name, KeySource keys) {
        return header -> {
            asked.add(name);
            return keys.candidates(header);
        };
    }

    /** What becomes of the token, and whose keys were asked for. */
    private String outcome(TokenBuilder token) {
        return outcome(token.text());
    }

    private String outcome(String token) {
        asked.clear();
        return Given.outcome(verifier().verify(token)) + " " + String.join("", asked);
    }

    private static TokenBuilder tokenOfB() {
        return token().issuer(B).signedWith(KEY_OF_B, "RS256");
    }

    // iss chooses

    @ParameterizedTest(name = "iss {0} signed by {1} -> {2}")
    @CsvSource({"A, A, accepted A", "A, B, BAD_SIGNATURE A", "B, A, BAD_SIGNATURE B", "B, B, accepted B"})
    void theSameKeyIdNeverCrosses(String issuer, String signer, String outcome) {
        TokenBuilder token = token().issuer(issuer.equals("A") ? A : B);
        assertThat(outcome(token.signedWith(signer.equals("A") ? KEY : KEY_OF_B, "RS256")))
                .isEqualTo(outcome);
    }

    @Test
    void theKeyIdOfAnotherIssuerIsUnknown() {
        b.keys = Given.keys(TestKey.jwks(TestKey.otherRsa().withKeyId("of b")), KeyFormat.JWK_SET);
        TokenBuilder token = token().header("kid", "of b").signedWith(TestKey.otherRsa(), "RS256");
        assertThat(outcome(token)).isEqualTo("NO_MATCHING_KEY A");
        assertThat(outcome(token.issuer(B))).isEqualTo("accepted B");
    }

    /** {@code A} and {@code B} stand for their names; what is signed is signed by A. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "iss":"A"                           | accepted A
            "\\u0069ss":"A"                     | accepted A
            "x":{"iss":"B"},"iss":"A"           | accepted A
            "x":[{"iss":"B"}],"iss":"A"         | accepted A
            "x":"\\"iss\\":\\"B\\"","iss":"A"   | accepted A
            "iss":"A","x":{"iss":"B"}           | accepted A
            "x":1e99999999999,"iss":"A"         | NOT_JSON A
            "iss":"A","iss":"B"                 | NOT_JSON A
            "iss":"A","iss":"A"                 | NOT_JSON A
            "iss":"A","\\u0069ss":"A"           | NOT_JSON A
            "iss":"B","iss":"A"                 | BAD_SIGNATURE B
            "iss":"B"                           | BAD_SIGNATURE B
            "x":{"iss":"A"},"iss":"B"           | BAD_SIGNATURE B
            "x":{"iss":"A"}                     | WRONG_ISSUER
            "x":1                               | WRONG_ISSUER
            "Iss":"A"                           | WRONG_ISSUER
            "iss ":"A"                          | WRONG_ISSUER
            "iss":"A/"                          | WRONG_ISSUER
            "iss":" A"                          | WRONG_ISSUER
            "iss":"HTTPS://issuer.example"      | WRONG_ISSUER
            "iss":""                            | WRONG_ISSUER
            "iss":null                          | WRONG_ISSUER
            "iss":1                             | WRONG_ISSUER
            "iss":true                          | WRONG_ISSUER
            "iss":["A"]                         | WRONG_ISSUER
            "iss":{"iss":"A"}                   | WRONG_ISSUER
            "iss":1,"iss":"A"                   | WRONG_ISSUER
            "iss":null,"iss":"A"                | WRONG_ISSUER
            x,"iss":"A"                         | WRONG_ISSUER
            "x":01,"iss":"A"                    | WRONG_ISSUER
            """)
    void theFirstIssOfTheObjectItselfChooses(String members, String outcome) {
        String payload = "{" + named(members) + ",\"sub\":\"alice\",\"aud\":\"" + TokenBuilder.AUDIENCE + "\",\"exp\":"
                + Given.NOW.plusSeconds(60).getEpochSecond() + "}";
        assertThat(outcome(token().rawPayload(payload)).strip()).isEqualTo(outcome);
    }

    private static String named(String text) {
        return text.replace("\"A", "\"" + A)
                .replace(" A\"", " " + A + "\"")
                .replace("\"B", "\"" + B)
                .replace("\\\"" + A, "\\\"A");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x                  | WRONG_ISSUER
            {}                 | WRONG_ISSUER
            {                  | WRONG_ISSUER
            []                 | WRONG_ISSUER
            ["iss","A"]        | WRONG_ISSUER
            [{"iss":"A"}]      | WRONG_ISSUER
            "A"                | WRONG_ISSUER
            null               | WRONG_ISSUER
            {"iss"             | WRONG_ISSUER
            {"iss":            | WRONG_ISSUER
            {"iss":"A          | WRONG_ISSUER
            {'iss':'A'}        | WRONG_ISSUER
            /**/{"iss":"A"}    | WRONG_ISSUER
            {"iss":"A"         | NOT_JSON A
            {"iss":"A",        | NOT_JSON A
            {"iss":"A"}x       | NOT_JSON A
            {"iss":"A"}{}      | NOT_JSON A
            {"iss":"A"}        | CLAIM_MISSING A
            """)
    void aPayloadThatIsNoSetOfClaims(String payload, String outcome) {
        assertThat(outcome(token().rawPayload(named(payload))).strip()).isEqualTo(outcome);
        assertThat(outcome(token().rawPayload(named(payload)).signedWith(KEY_OF_B, "RS256")))
                .isEqualTo(outcome.endsWith("A") ? "BAD_SIGNATURE A" : "WRONG_ISSUER ");
    }

    /** Whatever the first look makes of other encodings, the second one is of UTF-8. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void aPayloadInAnotherEncodingIsRefused(String charset) {
        byte[] payload = ("{\"iss\":\"" + A + "\"}").getBytes(Charset.forName(charset));
        assertThat(outcome(token().rawPayload(payload)).strip()).isIn("NOT_JSON A", "WRONG_ISSUER");
    }

    @Test
    void aPayloadThatIsNoUtf8IsRefused() {
        byte[] bad = ("{\"x\":\"\u00ff\",\"iss\":\"" + A + "\"}").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(outcome(token().rawPayload(bad))).isEqualTo("NOT_JSON A");
        assertThat(outcome(token().rawPayload("\uFEFF{\"iss\":\"" + A + "\"}"))).isEqualTo("NOT_JSON A");
    }

    @ParameterizedTest(name = "{0} levels, {1} members before iss -> {2}")
    @CsvSource({
        "1,   1,    accepted A",
        "15,  1,    accepted A",
        "16,  1,    WRONG_ISSUER",
        "500, 1,    WRONG_ISSUER",
        "1,   251,  accepted A",
        "1,   252,  accepted A",
        "1,   253,  NOT_JSON A",
        "1,   500,  NOT_JSON A"
    })
    void aDeepOrWidePayload(int levels, int members, String outcome) {
        StringBuilder payload = new StringBuilder("{");
        for (int i = 0; i < members; i++) {
            payload.append("\"m").append(i).append("\":").append(i == 0 ? "[".repeat(levels) + "]".repeat(levels) : 1);
            payload.append(',');
        }
        payload.append("\"iss\":\"" + A + "\",\"sub\":\"a\",\"aud\":\"" + TokenBuilder.AUDIENCE + "\",\"exp\":"
                + Given.NOW.plusSeconds(60).getEpochSecond() + "}");
        assertThat(outcome(token().rawPayload(payload.toString())).strip()).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0} characters -> {1}")
    @CsvSource({"8192, accepted A", "8193, TOKEN_TOO_LONG"})
    void aHugeOne(int length, String outcome) {
        assertThat(outcome(token().text(length)).strip()).isEqualTo(outcome);
    }

    @Test
    void nameMayComeLast() {
        TokenBuilder token = token().without("iss").claim("x", "y".repeat(5000)).issuer(B);
        assertThat(outcome(token.signedWith(KEY_OF_B, "RS256"))).isEqualTo("accepted B");
    }

    // its policy counts

    @Test
    void eachIssuerHasItsOwnPolicy() {
        b.audience = new Policy.Audience("aud", Set.of("b"));
        assertThat(outcome(token())).isEqualTo("accepted A");
        assertThat(outcome(tokenOfB())).isEqualTo("WRONG_AUDIENCE B");
        assertThat(outcome(tokenOfB().audience("b"))).isEqualTo("accepted B");
        assertThat(outcome(token().audience("b"))).isEqualTo("WRONG_AUDIENCE A");

        b.clockSkew = Duration.ZERO;
        assertThat(outcome(token().expiresIn(-29))).isEqualTo("accepted A");
        assertThat(outcome(tokenOfB().audience("b").expiresIn(1))).isEqualTo("accepted B");
        assertThat(outcome(tokenOfB().audience("b").expiresIn(0))).isEqualTo("EXPIRED B");

        a.requiredClaims = Set.of("x");
        assertThat(outcome(token())).isEqualTo("CLAIM_MISSING A");
        assertThat(outcome(tokenOfB().audience("b"))).isEqualTo("accepted B");
    }

    /** Before any key is asked for. */
    @Test
    void eachIssuerHasItsOwnAlgorithmsAndTypes() {
        a.algorithms = Set.of(Algorithm.PS256);
        b.types = new Policy.Types(Set.of("JWT"), false);
        assertThat(outcome(token())).isEqualTo("ALGORITHM_NOT_ALLOWED ");
        assertThat(outcome(token().algorithm("PS256"))).isEqualTo("NO_MATCHING_KEY A");
        assertThat(outcome(tokenOfB())).isEqualTo("TYPE_NOT_ALLOWED ");
        assertThat(outcome(tokenOfB().type("JWT"))).isEqualTo("accepted B");
        assertThat(outcome(token().algorithm("PS256").type("x"))).isEqualTo("TYPE_NOT_ALLOWED ");
    }

    // a secret beside public keys

    private void bHasASecret() {
        b.keys = Given.keys(SECRET.secretText(), KeyFormat.SECRET);
        b.algorithms = Set.of(Algorithm.HS256);
    }

    @ParameterizedTest(name = "iss {0}, alg {1} by {2} -> {3}")
    @CsvSource({
        "A, RS256, A,      accepted A",
        "B, HS256, secret, accepted B",
        "A, HS256, secret, ALGORITHM_NOT_ALLOWED",
        "A, HS256, PEM,    ALGORITHM_NOT_ALLOWED",
        "A, HS256, JWK,    ALGORITHM_NOT_ALLOWED",
        "B, RS256, A,      ALGORITHM_NOT_ALLOWED",
        "B, HS256, PEM,    BAD_SIGNATURE B",
        "B, HS256, JWK,    BAD_SIGNATURE B",
        "B, HS512, secret, ALGORITHM_NOT_ALLOWED"
    })
    void algorithmsCannotBeConfused(String issuer, String algorithm, String signer, String outcome) {
        bHasASecret();
        TestKey key =
                switch (signer) {
                    case "A" -> KEY;
                    case "secret" -> SECRET;
                    case "PEM" -> TestKey.of(KEY.publicPem().getBytes(StandardCharsets.UTF_8), KEY.keyId());
                    default -> TestKey.of(KEY.publicJwk().getBytes(StandardCharsets.UTF_8), KEY.keyId());
                };
        TokenBuilder token = token().issuer(issuer.equals("A") ? A : B).header("alg", algorithm);
        assertThat(outcome(token.signedWith(key, algorithm)).strip()).isEqualTo(outcome);
    }

    /** Where iss is readable, several issuers refuse for the same reason as one; where it is not, for that. */
    @ParameterizedTest
    @EnumSource
    void refusesWhatOneIssuerRefuses(Hostile hostile) {
        bHasASecret();
        String outcome = outcome(hostile.token(token(), KEY));
        assertThat(outcome.split(" ", -1)[0]).isIn(hostile.reason(), "WRONG_ISSUER");
        assertThat(outcome).doesNotEndWith("B");
        String toB = outcome(hostile.token(token().issuer(B), KEY));
        assertThat(toB).doesNotStartWith("accepted").doesNotContain(" A");
    }

    // what is told

    @ParameterizedTest(name = "{0}: {1} of {2}")
    @CsvSource({
        "too long,    TOKEN_TOO_LONG,        nobody",
        "no token,    NOT_COMPACT,           nobody",
        "no header,   BAD_HEADER,            nobody",
        "no iss,      WRONG_ISSUER,          nobody",
        "foreign iss, WRONG_ISSUER,          nobody",
        "none,        ALGORITHM_NOT_ALLOWED, nobody",
        "HMAC,        ALGORITHM_NOT_ALLOWED, A",
        "forged,      BAD_SIGNATURE,         A",
        "expired,     EXPIRED,               A",
        "of B,        BAD_SIGNATURE,         B"
    })
    void tellsTheIssuerOnceItIsClear(String what, Reason reason, String issuer) {
        String text =
                switch (what) {
                    case "too long" -> token().text(8193);
                    case "no token" -> "x";
                    case "no header" -> token().withoutHeader("alg").text();
                    case "no iss" -> token().without("iss").text();
                    case "foreign iss" -> token().issuer("https://c.example").text();
                    case "none" -> token().header("alg", "none").text();
                    case "HMAC" -> token().header("alg", "HS256").text();
                    case "forged" -> token().signedWith(KEY_OF_B, "RS256").text();
                    case "expired" -> token().expiresIn(-60).text();
                    default -> token().issuer(B).text();
                };
        assertThat(verifier().verify(text)).isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(reason);
            assertThat(rejected.issuer())
                    .isEqualTo(
                            switch (issuer) {
                                case "A" -> Optional.of(A);
                                case "B" -> Optional.of(B);
                                default -> Optional.empty();
                            });
            assertThat(rejected.toString()).doesNotContain("c.example");
        });
    }

    @Test
    void oneIssuersOutageIsNotTheOthers() {
        IOException cause = new IOException("no route");
        a.keys = header -> {
            throw cause;
        };
        assertThat(verifier().verify(token().text())).isInstanceOfSatisfying(Verdict.Undecided.class, undecided -> {
            assertThat(undecided.issuer()).isEqualTo(A);
            assertThat(undecided.cause()).isSameAs(cause);
        });
        assertThat(outcome(tokenOfB())).isEqualTo("accepted B");
    }

    @Test
    void tellsWhoseTokenItAccepted() {
        assertThat(verifier().verify(tokenOfB().text()))
                .isInstanceOfSatisfying(
                        Verdict.Accepted.class,
                        accepted -> assertThat(accepted.token().issuer()).isEqualTo(B));
    }

    // how many there are

    /** RFC 7515 first: the payload of a forged token is nobody's to read, where nothing depends on it. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"iss\":\"https://c.example\"}", "{}", "x", "{\"iss\":1}"})
    void oneIssuerNeedsNoIssBeforeTheSignature(String payload) {
        TokenVerifier one = new TokenVerifier(List.of(new Issuer(a.policy(), heard("A", a.keys))), () -> Given.NOW);
        TokenBuilder forged = token().rawPayload(payload).signedWith(KEY_OF_B, "RS256");
        assertThat(Given.outcome(one.verify(forged.text()))).isEqualTo("BAD_SIGNATURE");
        assertThat(asked).containsExactly("A");
        assertThat(outcome(forged)).isEqualTo("WRONG_ISSUER ");
    }

    @Test
    void thereIsAnIssuerAndNoTwoOfOneName() {
        assertThat(verifier().issuers()).containsExactlyInAnyOrder(A, B);
        assertThatThrownBy(() -> new TokenVerifier(List.of(), () -> Given.NOW)).hasMessage("no issuer");
        b.issuer = A;
        assertThatThrownBy(this::verifier).hasMessage("two issuers with one name");
    }
}
