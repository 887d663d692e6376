package io.mapae.jws;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts as the tests of this package need them, by the JDK alone. */
final class Parts {
    static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"JWT\"}";

    private Parts() {}

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String base64(String text) {
        return base64(utf8(text));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A token with this header, whose signature is nobody's. */
    static String token(String header) {
        return base64(header) + ".e30.AAAA";
    }

    static <T> T good(Reading<T> reading) {
        return reading.fold(value -> value, (flaw, member) -> {
            throw new AssertionError(flaw + " " + member);
        });
    }

    /** {@code read}, or the flaw and its member. */
    static String outcome(Reading<?> reading) {
        return reading.fold(value -> "read", (flaw, member) -> (flaw + " " + member).strip());
    }

    static Map<String, @Nullable Object> json(String text) {
        return Json.object(utf8(text)).orElseThrow();
    }
}
