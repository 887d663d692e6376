package io.mapae.jws;

import static io.mapae.jws.Parts.json;
import static io.mapae.jws.Parts.utf8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    static Stream<Arguments> values() {
        return Stream.of(
                arguments("\"text\"", "text"),
                arguments("\"\"", ""),
                arguments("true", true),
                arguments("false", false),
                arguments("null", null),
                arguments("0", 0L),
                arguments("-0", 0L),
                arguments("2147483647", 2147483647L),
                arguments("2147483648", 2147483648L),
                arguments("9223372036854775807", Long.MAX_VALUE),
                arguments("9223372036854775808", new BigInteger("9223372036854775808")),
                arguments("-9223372036854775808", Long.MIN_VALUE),
                arguments("-9223372036854775809", new BigInteger("-9223372036854775809")),
                arguments("1.0", new BigDecimal("1.0")),
                arguments("-0.0", new BigDecimal("0.0")),
                arguments("1e2", new BigDecimal("1e2")),
                arguments("1E+2", new BigDecimal("1e2")),
                arguments("1e400", new BigDecimal("1e400")),
                arguments("1e-999999999", new BigDecimal("1e-999999999")),
                arguments("[]", List.of()),
                arguments("[1,[\"a\"],{\"b\":true}]", List.of(1L, List.of("a"), Map.of("b", true))),
                arguments("{}", Map.of()),
                arguments("{\"b\":{\"c\":1.5}}", Map.of("b", Map.of("c", new BigDecimal("1.5")))));
    }

    @ParameterizedTest(name = "[{0}]")
    @MethodSource("values")
    void readsEveryKindOfValue(String text, @Nullable Object value) {
        Map<String, @Nullable Object> members = json("{\"a\":" + text + "}");
        assertThat(members).containsOnlyKeys("a");
        assertThat(members.get("a")).isEqualTo(value);
    }

    @ParameterizedTest(name = "[{0}]")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\\u0061, a",
                "\\\", \"",
                "\\\\, \\",
                "\\/, /",
                "/, /",
                "\\ud83d\\ude00, \uD83D\uDE00",
                "\uD83D\uDE00, \uD83D\uDE00",
                "\u00e4, \u00e4",
                "\u007F, \u007F",
                "\uFFFD, \uFFFD",
                "\\ufffd, \uFFFD",
                "\\ud800, \uD800",
            })
    void readsEveryKindOfCharacter(String text, String value) {
        assertThat(json("{\"a\":\"" + text + "\"}")).isEqualTo(Map.of("a", value));
    }

    @Test
    void readsEscapedControlCharacters() {
        assertThat(json("{\"a\":\"\\u0000\\b\\f\\n\\r\\t\"}")).isEqualTo(Map.of("a", "\0\b\f\n\r\t"));
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"{}", " {}", "{} ", "\t\r\n { \t\r\n } \t\r\n"})
    void takesWhitespaceWhereTheGrammarDoes(String text) {
        assertThat(Json.object(utf8(text))).hasValue(Map.of());
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                // something else than one object
                "",
                " ",
                "null",
                "true",
                "1",
                "\"{}\"",
                "[]",
                "[{}]",
                "{}{}",
                "{} {}",
                "{},",
                "{}1",
                "{}null",
                "{}}",
                "{}]",
                "{}\0",
                "\0{}",
                "{}x",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":[1}",
                "{\"a\":[1",
                "}",
                // extensions of the grammar
                "{\"a\":1,}",
                "{,}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1,,2]}",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{'a':1}",
                "{\"a\":'1'}",
                "{a:1}",
                "{1:1}",
                "{null:1}",
                "{\"a\":/**/1}",
                "{}//x",
                "{}#x",
                "#x\n{}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":+Infinity}",
                "{\"a\":INF}",
                "{\"a\":True}",
                "{\"a\":NULL}",
                "{\"a\":nul}",
                "{\"a\":nulll}",
                "{\"a\":undefined}",
                "{\"a\":}",
                "{\"a\":00}",
                "{\"a\":01}",
                "{\"a\":-01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":-}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":0x1}",
                "{\"a\":1_0}",
                "{\"a\":1f}",
                "{\"a\":--1}",
                "{\"a\":1.2.3}",
                // characters that do not stand for themselves
                "{\"a\":\"\0\"}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\u001F\"}",
                "{\"a\n\":1}",
                "{\"a\":\"\\x61\"}",
                "{\"a\":\"\\u006\"}",
                "{\"a\":\"\\u00g1\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\0\"}",
                "{\"a\":\"\\U0061\"}",
                "{\"a\":\"\\",
                "{\u00A0}",
                "{\f}",
                "{\u000B}",
                // the byte order mark
                "\uFEFF{}",
                "{}\uFEFF",
                // an exponent that no number type holds
                "{\"a\":1e99999999999}",
                "{\"a\":1e-99999999999}",
                "{\"a\":1e2147483648}",
                "{\"a\":1e-2147483649}",
            })
    void refusesWhatIsNotExactlyOneObject(String text) {
        assertThat(Json.object(utf8(text))).isEmpty();
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":null,\"a\":null}",
                "{\"a\":1,\"b\":2,\"a\":3}",
                "{\"a\":1,\"\\u0061\":1}",
                "{\"\":1,\"\":1}",
                "{\"x\":{\"a\":1,\"a\":1}}",
                "{\"x\":[{\"a\":1,\"a\":1}]}",
                "{\"x\":[[{\"y\":{\"a\":1,\"a\":1}}]]}",
            })
    void refusesAMemberNamedTwice(String text) {
        assertThat(Json.object(utf8(text))).isEmpty();
    }

    @Test
    void takesOneNameInSeveralObjectsAndInAnotherCase() {
        assertThat(json("{\"a\":{\"a\":1},\"A\":[{\"a\":1},{\"a\":1}]}"))
                .isEqualTo(Map.of("a", Map.of("a", 1L), "A", List.of(Map.of("a", 1L), Map.of("a", 1L))));
    }

    static Stream<Arguments> badUtf8() {
        return Stream.of(
                arguments("a continuation without a start", "80"),
                arguments("a start without a continuation", "c3"),
                arguments("two bytes of three", "e282"),
                arguments("three bytes of four", "f09f98"),
                arguments("a slash in two bytes", "c0af"),
                arguments("a slash in three bytes", "e080af"),
                arguments("a slash in four bytes", "f08080af"),
                arguments("NUL as Java writes it", "c080"),
                arguments("a surrogate", "eda080"),
                arguments("a pair of surrogates", "eda0bdedb880"),
                arguments("beyond U+10FFFF", "f4908080"),
                arguments("five bytes", "f888808080"),
                arguments("FE", "fe"),
                arguments("FF", "ff"),
                arguments("Latin-1", "e4"),
                arguments("beside a true replacement character", "efbfbd80"));
    }

    @ParameterizedTest(name = "[{0}]")
    @MethodSource("badUtf8")
    void refusesWhatIsNotUtf8(String fault, String hex) {
        assertThat(Json.object(latin("{\"a\":\"" + bytes(hex) + "\"}")))
                .as("in a value")
                .isEmpty();
        assertThat(Json.object(latin("{\"" + bytes(hex) + "\":1}")))
                .as("in a name")
                .isEmpty();
        assertThat(Json.object(latin("{}" + bytes(hex)))).as("at the end").isEmpty();
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void refusesOtherEncodings(String charset) throws Exception {
        assertThat(Json.object("{\"a\":1}".getBytes(charset))).isEmpty();
    }

    @ParameterizedTest(name = "{0} levels")
    @CsvSource({"1, true", "15, true", "16, true", "17, false", "10000, false"})
    void goesSixteenLevelsDeep(int levels, boolean taken) {
        String objects = "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
        String arrays = "{\"a\":" + "[".repeat(levels - 1) + "0" + "]".repeat(levels - 1) + "}";
        assertThat(Json.object(utf8(objects)).isPresent()).isEqualTo(taken);
        assertThat(Json.object(utf8(arrays)).isPresent()).isEqualTo(taken);
    }

    @ParameterizedTest(name = "{0} members")
    @CsvSource({"255, true", "256, true", "257, false"})
    void takes256MembersInEachObject(int count, boolean taken) {
        String object =
                IntStream.range(0, count).mapToObj(i -> "\"m" + i + "\":0").collect(Collectors.joining(",", "{", "}"));
        assertThat(Json.object(utf8(object)).isPresent()).isEqualTo(taken);
        assertThat(Json.object(utf8("{\"a\":" + object + ",\"b\":[" + object + "]}"))
                        .isPresent())
                .isEqualTo(taken);
    }

    @Test
    void boundsNoArray() {
        assertThat(json("{\"a\":[0" + ",0".repeat(9_999) + "]}").get("a"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(10_000);
    }

    @ParameterizedTest(name = "{0} characters")
    @CsvSource({"31, true", "32, true", "33, false"})
    void takes32CharactersInANumber(int length, boolean taken) {
        String integer = "1".repeat(length);
        String negative = "-" + "1".repeat(length - 1);
        String fraction = "1." + "1".repeat(length - 2);
        String exponent = "1".repeat(length - 2) + "e1";
        String longExponent = "1e+" + "0".repeat(length - 4) + "1";
        for (String number : List.of(integer, negative, fraction, exponent, longExponent)) {
            assertThat(number).hasSize(length);
            assertThat(Json.object(utf8("{\"a\":" + number + "}")).isPresent())
                    .as(number)
                    .isEqualTo(taken);
        }
    }

    @Test
    void keepsTheOrderOfTheMembers() {
        assertThat(json("{\"z\":1,\"a\":2,\"m\":null,\"b\":4}").keySet()).containsExactly("z", "a", "m", "b");
    }

    @Test
    void isImmutableThroughout() {
        Map<String, @Nullable Object> members = json("{\"map\":{},\"list\":[]}");
        assertThatThrownBy(() -> members.put("x", 1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map(members.get("map")).put("x", 1L))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list(members.get("list")).add(1L)).isInstanceOf(UnsupportedOperationException.class);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object value) {
        return (List<Object>) requireNonNull(value);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":[]}",
                "{\"a\":{},\"b\":[[],{}]}",
                "{\"a\":1,\"b\":2.50,\"c\":-1E+3,\"d\":99999999999999999999}",
                "{\"a\":true,\"b\":false,\"c\":null}",
                "{\"ä€\":\"/\\u0022\\u005c\\u0000\\u001f\\u007f\"}",
                "{\"pair\":\"\\ud83d\\ude00\",\"lone\":\"\\ud800\"}"
            })
    void isWrittenAsItIsRead(String text) {
        assertThat(Json.text(Json.object(text.getBytes(StandardCharsets.UTF_8)).orElseThrow()))
                .isEqualTo(text);
    }

    @Test
    void otherValuesAreNotWritten() {
        assertThatThrownBy(() -> Json.text(Map.of("a", new Object()))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Cyrillic letters whose lower bytes are those of digits. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\\u\u0430\u0430\u0433\u0432, false",
                "\\\\\\u\u0430\u0430\u0433\u0432, false",
                "\\\\u\u0430\u0430\u0433\u0432, true",
                "\\u00e4\u0430, true"
            })
    void digitsOfAnEscapeAreAscii(String name, boolean good) {
        byte[] utf8 = utf8("{\"" + name + "\":1}");
        assertThat(Json.object(utf8).isPresent()).isEqualTo(good);
        assertThat(Json.signedObject(utf8).isPresent()).isEqualTo(good);
    }
}
