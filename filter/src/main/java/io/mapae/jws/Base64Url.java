package io.mapae.jws;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Base64url as RFC 7515 §2 wants it: exactly one text for each sequence of bytes. */
public final class Base64Url {
    /** The characters whose last four, and whose last two, bits are zero. */
    private static final String ENDS_OF_ONE_BYTE = "AQgw";

    private static final String ENDS_OF_TWO_BYTES = "AEIMQUYcgkosw048";

    private Base64Url() {}

    /** The bytes of {@code text}; empty where it has padding, a foreign character or bits left over. */
    public static Optional<byte[]> decode(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        return decode(ascii, 0, ascii.length);
    }

    static Optional<byte[]> decode(byte[] text, int from, int to) {
        if (!endsWell(text, from, to)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder()
                    .decode(ByteBuffer.wrap(text, from, to - from))
                    .array());
        } catch (IllegalArgumentException foreignCharacter) {
            return Optional.empty();
        }
    }

    /** The JDK's decoder takes padding and drops the bits left over; this is what it lets through. */
    private static boolean endsWell(byte[] text, int from, int to) {
        if (from == to) {
            return true;
        }
        char last = (char) (text[to - 1] & 0xFF);
        return switch ((to - from) % 4) {
            case 0 -> last != '=';
            case 1 -> false;
            case 2 -> ENDS_OF_ONE_BYTE.indexOf(last) >= 0;
            default -> ENDS_OF_TWO_BYTES.indexOf(last) >= 0;
        };
    }
}
