package io.mapae.jws;

import static io.mapae.jws.Parts.HEADER;
import static io.mapae.jws.Parts.base64;
import static io.mapae.jws.Parts.good;
import static io.mapae.jws.Parts.outcome;
import static io.mapae.jws.Parts.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenReaderTest {
    private static final int MAX_HEADERS = 256;

    private final TokenReader reader = new TokenReader();

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "H.e30.AAAA, read",
        "'', NOT_COMPACT",
        "., NOT_COMPACT",
        ".., NOT_COMPACT",
        "..., NOT_COMPACT",
        "H, NOT_COMPACT",
        "H., NOT_COMPACT",
        "H.., NOT_COMPACT",
        "H.e30, NOT_COMPACT",
        "H.e30., NOT_COMPACT",
        "H..AAAA, NOT_COMPACT",
        ".e30.AAAA, NOT_COMPACT",
        "..AAAA, NOT_COMPACT",
        ".e30., NOT_COMPACT",
        ".H.e30.AAAA, NOT_COMPACT",
        "H.e30.AAAA., NOT_COMPACT",
        "H.e30.AAAA.AAAA, NOT_COMPACT",
        "H.e30..AAAA, NOT_COMPACT",
        "H.e30.AAAA.AAAA.AAAA, NOT_COMPACT",
        "H!.e30.AAAA, NOT_BASE64URL",
        "H=.e30.AAAA, NOT_BASE64URL",
        "' H.e30.AAAA', NOT_BASE64URL",
        "A.e30.AAAA, NOT_BASE64URL",
        "H.e3.AAAA, NOT_BASE64URL",
        "H.A.AAAA, NOT_BASE64URL",
        "H.e30=.AAAA, NOT_BASE64URL",
        "H.e30.AAA=, NOT_BASE64URL",
        "H.e30.AAB, NOT_BASE64URL",
        "H.e30.A, NOT_BASE64URL",
        "H.e30.AAA\u0141, NOT_BASE64URL",
        "H.e30.AA+/, NOT_BASE64URL",
        "A.e30.A, NOT_BASE64URL",
        "e30.e30.AAAA, BAD_HEADER alg",
        "AAAA.e30.AAAA, NOT_JSON",
        "H.AAAA.AAAA, read",
        "H.e30.AA, read",
    })
    void readsThreeParts(String text, String outcome) {
        assertThat(outcome(reader.read(text.replace("H", base64(HEADER))))).isEqualTo(outcome);
    }

    @Test
    void readsWhatTheHeaderSays() {
        assertThat(good(reader.read(token(HEADER))).header())
                .isEqualTo(new Header(Algorithm.ES256, Optional.of("k"), Optional.of("JWT")));
        assertThat(good(reader.read(token("{\"alg\":\"EdDSA\"}"))).header())
                .isEqualTo(new Header(Algorithm.ED25519, Optional.empty(), Optional.empty()));
        assertThat(good(reader.read(token("{\"typ\":\"\",\"kid\":\"\",\"alg\":\"HS512\",\"jwk\":{},\"x5c\":1}")))
                        .header())
                .isEqualTo(new Header(Algorithm.HS512, Optional.of(""), Optional.of("")));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{} | BAD_HEADER alg",
                "{\"ALG\":\"ES256\"} | BAD_HEADER alg",
                "{\"alg\":null} | BAD_HEADER alg",
                "{\"alg\":256} | BAD_HEADER alg",
                "{\"alg\":[\"ES256\"]} | BAD_HEADER alg",
                "{\"alg\":\"\"} | UNKNOWN_ALGORITHM alg",
                "{\"alg\":\"none\"} | UNKNOWN_ALGORITHM alg",
                "{\"alg\":\"es256\"} | UNKNOWN_ALGORITHM alg",
                "{\"alg\":\"ES256 \"} | UNKNOWN_ALGORITHM alg",
                "{\"alg\":\"ES256K\"} | UNKNOWN_ALGORITHM alg",
                "{\"alg\":\"ES256\",\"kid\":null} | BAD_HEADER kid",
                "{\"alg\":\"ES256\",\"kid\":1} | BAD_HEADER kid",
                "{\"alg\":\"ES256\",\"typ\":null} | BAD_HEADER typ",
                "{\"alg\":\"ES256\",\"typ\":[\"JWT\"]} | BAD_HEADER typ",
                "{\"alg\":\"none\",\"typ\":1} | BAD_HEADER typ",
                "{\"alg\":\"ES256\",\"crit\":[\"x\"]} | UNSUPPORTED_HEADER crit",
                "{\"alg\":\"ES256\",\"crit\":null} | UNSUPPORTED_HEADER crit",
                "{\"alg\":\"ES256\",\"b64\":true} | UNSUPPORTED_HEADER b64",
                "{\"alg\":\"ES256\",\"zip\":\"DEF\"} | UNSUPPORTED_HEADER zip",
                "{\"alg\":\"ES256\",\"cty\":\"JWT\"} | UNSUPPORTED_HEADER cty",
                "{\"cty\":\"JWT\"} | UNSUPPORTED_HEADER cty",
                "{\"alg\":\"ES256\",\"Crit\":[\"x\"]} | read",
                "{\"alg\":\"ES256\",\"alg\":\"ES256\"} | NOT_JSON",
                "[] | NOT_JSON",
            })
    void readsTheHeaderStrictly(String header, String outcome) {
        assertThat(outcome(reader.read(token(header)))).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0} characters of kid -> {1}")
    @CsvSource({"1023, read", "1024, read", "1025, BAD_HEADER kid"})
    void boundsTheKeyId(int length, String outcome) {
        String header = "{\"alg\":\"ES256\",\"kid\":\"" + "k".repeat(length) + "\"}";
        assertThat(outcome(reader.read(token(header)))).isEqualTo(outcome);
    }

    @Test
    void remembersNoHeaderByItself() {
        assertThat(header("a")).isEqualTo(header("a")).isNotSameAs(header("a"));
    }

    @Test
    void remembersTheHeaderOfAGoodToken() {
        Header remembered = remember("a");
        assertThat(header("a")).isSameAs(remembered);
        assertThat(header("b")).isNotSameAs(header("b"));
        assertThat(remember("a")).isSameAs(remembered);
    }

    /** What follows a line feed in base64url may be what followed the text before; a space alters its last character. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "\n\n\n"})
    void recognisesAHeaderByItsWholeText(String more) {
        Header remembered = remember("a");
        Header longer = good(reader.read(token(headerText("a") + more))).header();
        assertThat(longer).isEqualTo(remembered).isNotSameAs(remembered);
        Header again = remember("ab");
        assertThat(header("a")).isEqualTo(remembered).isNotSameAs(again);
    }

    @Test
    void saysTheSameOfATokenWhoseHeaderItRemembers() {
        remember("a");
        assertThat(outcome(reader.read(base64(headerText("a")) + ".e3.AAAA"))).isEqualTo("NOT_BASE64URL");
        assertThat(outcome(reader.read(base64(headerText("a")) + ".e30."))).isEqualTo("NOT_COMPACT");
        assertThat(outcome(good(reader.read(base64(headerText("a")) + ".AAAA.AAAA"))
                        .claims()))
                .isEqualTo("NOT_JSON");
    }

    @Test
    void forgetsAllHeadersWhenThereAreTooMany() {
        Header first = remember("0");
        for (int i = 1; i < MAX_HEADERS; i++) {
            remember(Integer.toString(i));
        }
        assertThat(header("0")).isSameAs(first);

        Header next = remember("next");
        assertThat(header("0")).isNotSameAs(first);
        assertThat(header("255")).isNotSameAs(header("255"));
        assertThat(header("next")).isSameAs(next);
    }

    @Test
    void printsNothingOfTheToken() {
        String text = token(HEADER);
        assertThat(good(reader.read(text))).hasToString("SignedToken[" + text.lastIndexOf('.') + " characters]");
    }

    private Header header(String keyId) {
        return good(reader.read(token(headerText(keyId)))).header();
    }

    private Header remember(String keyId) {
        SignedToken token = good(reader.read(token(headerText(keyId))));
        reader.remember(token);
        return header(keyId);
    }

    private static String headerText(String keyId) {
        return "{\"alg\":\"ES256\",\"kid\":\"" + keyId + "\"}";
    }
}
