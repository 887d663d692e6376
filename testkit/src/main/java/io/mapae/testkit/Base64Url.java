package io.mapae.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** RFC 7515 §2: base64url without padding. */
final class Base64Url {
    private Base64Url() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    /** The characters that {@code size} bytes become. */
    static int length(int size) {
        return (size * 4 + 2) / 3;
    }
}
