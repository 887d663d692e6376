package io.mapae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBuilderTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final TestKey KEY = TestKey.ed25519();
    private static final TokenBuilder VALID = TokenBuilder.signedBy(KEY).at(NOW).claim("jti", "1");
    private static final String HEADER = "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"ed25519\"}";
    private static final String PAYLOAD = "{\"iss\":\"https://issuer.example\",\"sub\":\"alice\","
            + "\"aud\":\"https://api.example\",\"iat\":1000000,\"exp\":1000300,\"jti\":\"1\"}";

    @Test
    void isValidByDefault() throws GeneralSecurityException {
        assertThat(header(VALID)).isEqualTo(HEADER);
        assertThat(payload(VALID)).isEqualTo(PAYLOAD);
        assertThat(isSigned(VALID.text(), "Ed25519", KEY.publicKey())).isTrue();
    }

    @Test
    void countsFromTheMomentOfTheText() {
        TokenBuilder builder = TokenBuilder.signedBy(KEY);
        long before = Instant.now().getEpochSecond();
        Map<String, Object> claims = claims(builder);
        long after = Instant.now().getEpochSecond();
        BigDecimal issued = new BigDecimal(String.valueOf(claims.get("iat")));
        assertThat(issued).isBetween(BigDecimal.valueOf(before), BigDecimal.valueOf(after));
        assertThat(claims).containsEntry("exp", issued.add(BigDecimal.valueOf(300)));
    }

    @Test
    void eachTextHasItsOwnId() {
        TokenBuilder builder = TokenBuilder.signedBy(KEY);
        assertThat(claims(builder).get("jti"))
                .isInstanceOf(String.class)
                .isNotEqualTo(claims(builder).get("jti"));
    }

    @Test
    void withoutKeyIdThereIsNoKid() {
        assertThat(header(TokenBuilder.signedBy(KEY.withoutKeyId())))
                .isEqualTo("{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\"}");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("iss", VALID.issuer("i"), "\"i\""),
                Arguments.of("sub", VALID.subject("s"), "\"s\""),
                Arguments.of("aud", VALID.audience("a"), "\"a\""),
                Arguments.of("aud", VALID.audience("a", "b"), "[\"a\",\"b\"]"),
                Arguments.of("aud", VALID.audience(), "[]"),
                Arguments.of("exp", VALID.expiresIn(-1), "999999"),
                Arguments.of("nbf", VALID.notBeforeIn(7), "1000007"),
                Arguments.of("iat", VALID.issuedIn(0).at(NOW.plusSeconds(5)), "1000005"),
                Arguments.of("x", VALID.claimJson("x", "1,]"), "1,]"),
                Arguments.of("x", VALID.claim("x", null), "null"),
                Arguments.of("x", VALID.claim("x", true), "true"),
                Arguments.of("x", VALID.claim("x", 1.5), "1.5"),
                Arguments.of("x", VALID.claim("x", new BigDecimal("1e400")), "1E+400"),
                Arguments.of("x", VALID.claim("x", "\"\\/\n\u0000é"), "\"\\\"\\\\/\\u000a\\u0000é\""),
                Arguments.of("x", VALID.claim("x", "\uD800"), "\"\\ud800\""),
                Arguments.of("x", VALID.claim("x", Arrays.asList("a", null, List.of())), "[\"a\",null,[]]"),
                Arguments.of("x", VALID.claim("x", new LinkedHashMap<>(Map.of("\"", 1))), "{\"\\\"\":1}"),
                Arguments.of("\"", VALID.claim("\"", 1), "1"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("changes")
    void setsTheClaim(String name, TokenBuilder changed, String json) {
        String member = (name.equals("\"") ? "\"\\\"\"" : "\"" + name + "\"") + ":" + json;
        assertThat(payload(changed)).containsPattern("[{,]" + Pattern.quote(member) + "[,}]");
        assertThat(header(changed)).isEqualTo(HEADER);
    }

    @Test
    void dropsTheClaim() {
        assertThat(payload(VALID.without("iat").without("jti").without("exp")))
                .isEqualTo("{\"iss\":\"https://issuer.example\",\"sub\":\"alice\",\"aud\":\"https://api.example\"}");
    }

    @Test
    void changesTheHeader() {
        assertThat(header(VALID.type("JWT").header("kid", 1).headerJson("x", "[1,]")))
                .isEqualTo("{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":1,\"x\":[1,]}");
        assertThat(header(VALID.withoutHeader("typ").withoutHeader("kid"))).isEqualTo("{\"alg\":\"EdDSA\"}");
        assertThat(payload(VALID.header("x", 1))).isEqualTo(PAYLOAD);
    }

    @Test
    void replacesWholeParts() throws GeneralSecurityException {
        TokenBuilder raw = VALID.rawHeader("{}").rawPayload("é");
        assertThat(header(raw)).isEqualTo("{}");
        assertThat(payload(raw)).isEqualTo("é");
        assertThat(isSigned(raw.text(), "Ed25519", KEY.publicKey())).isTrue();
        byte[] bytes = {(byte) 0xFF, 0};
        TokenBuilder binary = VALID.rawHeader(bytes).rawPayload(bytes).signature(bytes);
        bytes[0] = 0;
        assertThat(binary.text()).isEqualTo("_wA._wA._wA");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "RS256, SHA256withRSA",
        "RS384, SHA384withRSA",
        "RS512, SHA512withRSA",
    })
    void signsWithTheAlgorithmOfTheHeader(String algorithm, String jdkName) throws GeneralSecurityException {
        TestKey key = TestKey.rsa();
        TokenBuilder byKey = TokenBuilder.signedBy(key.withAlgorithm(algorithm));
        TokenBuilder byToken = TokenBuilder.signedBy(key).algorithm(algorithm);
        assertThat(header(byKey)).isEqualTo(header(byToken)).contains("\"alg\":\"" + algorithm + "\"");
        assertThat(isSigned(byKey.text(), jdkName, key.publicKey())).isTrue();
        assertThat(isSigned(byToken.text(), jdkName, key.publicKey())).isTrue();
    }

    @Test
    void signsWithSomethingElseThanTheHeaderSays() throws GeneralSecurityException {
        TestKey other = TestKey.ec("P-256");
        TokenBuilder lie = VALID.signedWith(other, "ES256");
        assertThat(header(lie)).isEqualTo(HEADER);
        assertThat(isSigned(lie.text(), "SHA256withECDSAinP1363Format", other.publicKey()))
                .isTrue();
        TokenBuilder renamed = VALID.header("alg", "ES256");
        assertThat(isSigned(renamed.text(), "Ed25519", KEY.publicKey())).isTrue();
    }

    @Test
    void anAlgorithmThatNobodyHasNeedsASignature() {
        TokenBuilder none = VALID.algorithm("none");
        assertThatIllegalArgumentException().isThrownBy(none::text);
        assertThat(none.signature(new byte[0]).text()).endsWith(".");
    }

    @Test
    void eachMethodLeavesItsBuilderAsItWas() {
        String before = VALID.text();
        VALID.issuer("x")
                .claim("x", 1)
                .without("sub")
                .header("x", 1)
                .withoutHeader("alg")
                .rawHeader("x");
        VALID.at(NOW.plusSeconds(1)).rawPayload("x").signature(new byte[1]).signedWith(TestKey.rsa(), "RS256");
        assertThat(VALID.text()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1004, 8191, 8192, 8193})
    void hasTheLengthAskedFor(int length) throws GeneralSecurityException {
        String text = VALID.text(length);
        assertThat(text).hasSize(length);
        assertThat(part(text, 0).strip()).isEqualTo(HEADER);
        assertThat(part(text, 1).strip()).isEqualTo(PAYLOAD);
        assertThat(isSigned(text, "Ed25519", KEY.publicKey())).isTrue();
    }

    @Test
    void isNeverCutToALength() {
        int length = VALID.text().length();
        assertThat(VALID.text(length)).isEqualTo(VALID.text());
        assertThatIllegalArgumentException().isThrownBy(() -> VALID.text(length - 1));
        assertThatIllegalArgumentException().isThrownBy(() -> VALID.text(0));
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThatIllegalArgumentException().isThrownBy(() -> VALID.claim("x", Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> VALID.claim("x", NOW));
    }

    private static boolean isSigned(String text, String jdkName, PublicKey key) throws GeneralSecurityException {
        int dot = text.lastIndexOf('.');
        Signature engine = Signature.getInstance(jdkName);
        engine.initVerify(key);
        engine.update(text.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return engine.verify(Base64.getUrlDecoder().decode(text.substring(dot + 1)));
    }

    private static Map<String, Object> claims(TokenBuilder builder) {
        return StrictJson.object(payload(builder).getBytes(StandardCharsets.UTF_8));
    }

    private static String header(TokenBuilder builder) {
        return part(builder.text(), 0);
    }

    private static String payload(TokenBuilder builder) {
        return part(builder.text(), 1);
    }

    private static String part(String text, int index) {
        return new String(Base64.getUrlDecoder().decode(text.split("\\.", -1)[index]), StandardCharsets.UTF_8);
    }
}
