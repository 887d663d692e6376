package io.mapae.jws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @ParameterizedTest
    @CsvSource({"'', ''", "Zg, f", "Zm8, fo", "Zm9v, foo", "Zm9vYg, foob", "Zm9vYmE, fooba", "Zm9vYmFy, foobar"})
    void decodesTheExamplesOfRfc4648(String text, String bytes) {
        assertThat(Base64Url.decode(text))
                .hasValueSatisfying(
                        decoded -> assertThat(decoded).isEqualTo(bytes.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void knowsBothCharactersThatBase64UrlHasForItself() {
        assertThat(Base64Url.decode("-_-_"))
                .hasValueSatisfying(
                        decoded -> assertThat(decoded).isEqualTo(new byte[] {(byte) 0xFB, (byte) 0xFF, (byte) 0xBF}));
    }

    @ParameterizedTest(name = "any character after {0}")
    @ValueSource(strings = {"", "A", "AA", "AAA", "AAAA", "AAAAA", "AAAAAA", "AAAAAAA"})
    void takesTheLastCharactersThatLeaveNoBits(String before) {
        List<Character> taken = new ArrayList<>();
        for (char last = 0; last < 0x300; last++) {
            if (Base64Url.decode(before + last).isPresent()) {
                taken.add(last);
            }
        }
        int step = List.of(0, 16, 4, 1).get(before.length() % 4);
        assertThat(taken).containsExactlyInAnyOrderElementsOf(everyOf(step));
    }

    private static List<Character> everyOf(int step) {
        List<Character> every = new ArrayList<>();
        for (int i = 0; step > 0 && i < ALPHABET.length(); i += step) {
            every.add(ALPHABET.charAt(i));
        }
        return every;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Zg==",
                "Zm8=",
                "Zg=",
                "Zm9v=",
                "=",
                "==",
                "====",
                "Zm9v====",
                "Zm9vZg==",
                "Zg==Zm9v",
                "Zm8=Zm9v",
                "A",
                "AAAAA"
            })
    void refusesPaddingAndImpossibleLengths(String text) {
        assertThat(Base64Url.decode(text)).isEmpty();
    }

    @ParameterizedTest(name = "at {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void refusesAForeignCharacterAnywhere(int index) {
        for (char foreign : "=+/.!~%\0\t\n\r \u007F\u0080\u00E4\u0141\uFF11".toCharArray()) {
            StringBuilder text = new StringBuilder("Zm9vYmFy");
            text.setCharAt(index, foreign);
            assertThat(Base64Url.decode(text.toString()))
                    .as("U+%04X", (int) foreign)
                    .isEmpty();
        }
    }

    @Test
    void decodesAPartInPlace() {
        byte[] text = "!!Zm8??".getBytes(StandardCharsets.US_ASCII);
        assertThat(Base64Url.decode(text, 2, 5)).hasValue(new byte[] {'f', 'o'});
        assertThat(Base64Url.decode(text, 2, 2)).hasValue(new byte[0]);
        assertThat(Base64Url.decode(text, 1, 5)).isEmpty();
        assertThat(Base64Url.decode(text, 2, 6)).isEmpty();
    }
}
