package io.mapae.jws;

import static io.mapae.jws.Parts.good;
import static io.mapae.jws.Parts.outcome;
import static io.mapae.jws.Parts.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
    private static Reading<Claims> read(String payload) {
        return Claims.read(utf8(payload));
    }

    private static Claims claims(String payload) {
        return good(read(payload));
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"", "x", "null", "[]", "\"{}\"", "{}{}", "{\"a\":1,\"a\":1}"})
    void areAnObject(String payload) {
        assertThat(outcome(read(payload))).isEqualTo("NOT_JSON");
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "iss | \"i\" | read",
                "iss | \"\" | read",
                "iss | null | ILL_TYPED_CLAIM iss",
                "iss | 1 | ILL_TYPED_CLAIM iss",
                "iss | [\"i\"] | ILL_TYPED_CLAIM iss",
                "iss | {} | ILL_TYPED_CLAIM iss",
                "sub | \"s\" | read",
                "sub | null | ILL_TYPED_CLAIM sub",
                "sub | true | ILL_TYPED_CLAIM sub",
                "jti | \"j\" | read",
                "jti | 1 | ILL_TYPED_CLAIM jti",
                "aud | \"a\" | read",
                "aud | [] | read",
                "aud | [\"a\",\"b\"] | read",
                "aud | [\"a\",1] | ILL_TYPED_CLAIM aud",
                "aud | [null] | ILL_TYPED_CLAIM aud",
                "aud | [[\"a\"]] | ILL_TYPED_CLAIM aud",
                "aud | {\"a\":1} | ILL_TYPED_CLAIM aud",
                "aud | null | ILL_TYPED_CLAIM aud",
                "aud | 1 | ILL_TYPED_CLAIM aud",
                "AUD | 1 | read",
                "scope | 1 | read",
                "typ | null | read",
            },
            delimiter = '|')
    void haveTheTypesOfRfc7519(String name, String json, String outcome) {
        assertThat(outcome(read("{\"" + name + "\":" + json + "}"))).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "-0, 1970-01-01T00:00:00Z",
        "0.0, 1970-01-01T00:00:00Z",
        "-0.0, 1970-01-01T00:00:00Z",
        "-1, ",
        "-0.000000001, ",
        "-1.0, ",
        "1, 1970-01-01T00:00:01Z",
        "1772366400, 2026-03-01T12:00:00Z",
        "1772366400.0, 2026-03-01T12:00:00Z",
        "1772366400.5, 2026-03-01T12:00:00.5Z",
        "1772366400.000000001, 2026-03-01T12:00:00.000000001Z",
        "1772366400.0000000019, 2026-03-01T12:00:00.000000001Z",
        "1772366400.999999999, 2026-03-01T12:00:00.999999999Z",
        "1772366400.9999999999, 2026-03-01T12:00:00.999999999Z",
        "1.7723664e9, 2026-03-01T12:00:00Z",
        "1e9, 2001-09-09T01:46:40Z",
        "1E+9, 2001-09-09T01:46:40Z",
        "1e-9, 1970-01-01T00:00:00.000000001Z",
        "1e-10, 1970-01-01T00:00:00Z",
        "1e-32, 1970-01-01T00:00:00Z",
        "1e-33, ",
        "0e32, 1970-01-01T00:00:00Z",
        "0e33, ",
        "1e-999999999, ",
        "0e999999999, ",
        "1e999999999, ",
        "1e400, ",
        "253402300798, 9999-12-31T23:59:58Z",
        "253402300799, 9999-12-31T23:59:59Z",
        "253402300799.0, 9999-12-31T23:59:59Z",
        "253402300799.000000001, ",
        "253402300800, ",
        "253402300800.0, ",
        "2147483648, 2038-01-19T03:14:08Z",
        "9223372036854775807, ",
        "9223372036854775808, ",
        "-9223372036854775808, ",
        "18446744073709551616, ",
        "'\"1772366400\"', ",
        "true, ",
        "null, ",
        "[1772366400], ",
        "{}, ",
    })
    void haveTimesFromTheEpochToTheYear9999(String json, @Nullable Instant time) {
        for (String name : List.of("exp", "nbf", "iat")) {
            String payload = "{\"" + name + "\":" + json + "}";
            if (time == null) {
                assertThat(outcome(read(payload))).isEqualTo("ILL_TYPED_CLAIM " + name);
            } else {
                assertThat(claims(payload).time(name)).hasValue(time);
            }
        }
    }

    @Test
    void areReadByType() {
        Claims claims = claims("{\"s\":\"text\",\"n\":5,\"l\":[\"a\",\"b\"],\"e\":[],\"m\":[\"a\",1],\"z\":null}");

        assertThat(claims.string("s")).hasValue("text");
        assertThat(claims.string("n")).isEmpty();
        assertThat(claims.string("l")).isEmpty();
        assertThat(claims.string("z")).isEmpty();
        assertThat(claims.string("missing")).isEmpty();

        assertThat(claims.strings("s")).hasValue(List.of("text"));
        assertThat(claims.strings("l")).hasValue(List.of("a", "b"));
        assertThat(claims.strings("e")).hasValue(List.of());
        assertThat(claims.strings("m")).isEmpty();
        assertThat(claims.strings("n")).isEmpty();
        assertThat(claims.strings("z")).isEmpty();
        assertThat(claims.strings("missing")).isEmpty();

        assertThat(claims.time("n")).hasValue(Instant.ofEpochSecond(5));
        assertThat(claims.time("s")).isEmpty();
        assertThat(claims.time("missing")).isEmpty();

        assertThat(claims.value("n")).hasValue(5L);
        assertThat(claims.value("z")).isEmpty();
        assertThat(claims.value("missing")).isEmpty();

        assertThat(claims.has("s")).isTrue();
        assertThat(claims.has("z")).isTrue();
        assertThat(claims.has("missing")).isFalse();
        assertThat(claims.asMap()).containsOnlyKeys("s", "n", "l", "e", "m", "z");
    }

    @Test
    void printNoValue() {
        assertThat(claims("{\"sub\":\"alice\",\"n\":12345}")).hasToString("Claims[sub, n]");
    }
}
