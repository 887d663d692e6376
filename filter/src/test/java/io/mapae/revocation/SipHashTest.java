package io.mapae.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {
    private static final SipHash REFERENCE = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    /** Of the reference implementation: the bytes 00, 01, 02 and so on under the key 00 to 0f. */
    @ParameterizedTest(name = "{0} bytes")
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "2, 8177228da4a45dc7fca38bdef60affe4",
        "6, 14eeca338b208613485ea0308fd7a15e",
        "8, 3b62a9ba6258f5610f83e264f31497b4",
        "14, 31fcefac66d7de9c7ec7485fe4494902",
        "16, 6ee2a4ca67b054bbfd3315bf85230577",
        "62, 5853542321f567a005d547a4f04759bd"
    })
    void isTheOneOfTheReference(int bytes, String digest) {
        String text = IntStream.range(0, bytes / 2)
                .mapToObj(i -> String.valueOf((char) ((2 * i) | ((2 * i + 1) << 8))))
                .collect(Collectors.joining());
        assertThat(hex(REFERENCE.of(text))).isEqualTo(digest);
    }

    private static String hex(Digest digest) {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(digest.high())
                        .putLong(digest.low())
                        .array());
    }

    @Test
    void takesEveryCharacterAndTheLength() {
        assertThat(IntStream.rangeClosed(0, 40)
                        .boxed()
                        .flatMap(length -> IntStream.range(0, length).mapToObj(at -> {
                            StringBuilder text = new StringBuilder("a".repeat(length));
                            text.setCharAt(at, '\u3042');
                            return REFERENCE.of(text.toString());
                        })))
                .doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 200).mapToObj(length -> REFERENCE.of("\0".repeat(length))))
                .doesNotHaveDuplicates();
    }

    @Test
    void hasAKeyThatNobodyKnows() {
        assertThat(SipHash.random().of("a")).isNotEqualTo(SipHash.random().of("a"));
        assertThat(REFERENCE).hasToString("SipHash");
    }
}
