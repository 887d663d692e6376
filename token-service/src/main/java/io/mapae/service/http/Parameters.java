package io.mapae.service.http;

import io.mapae.jws.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request's body says: a form or a JSON object, at most 16 KiB in strict UTF-8, nothing twice. The server's own
 * parameters would take those of the query too, where passwords end up in logs.
 */
record Parameters(Map<String, String> values) {
    static final int MAX_BYTES = 16 * 1024;

    /** A lone percent sign, or one before something that is no byte. */
    private static final Pattern MALFORMED_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private static final Set<String> CHARSETS = Set.of("", "charset=utf-8", "charset=\"utf-8\"");

    /** Reads the body; there may be none. */
    static Parameters read(HttpServletRequest request) throws IOException, RefusedException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw new RefusedException(Failure.TOO_LARGE);
        }
        byte[] bytes = body(request);
        String[] type = Optional.ofNullable(request.getContentType())
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .split(";", 2);
        if (!CHARSETS.contains(type.length == 1 ? "" : type[1].strip())) {
            throw new RefusedException(Failure.UNSUPPORTED_MEDIA_TYPE);
        }
        if (bytes.length == 0) {
            return new Parameters(Map.of());
        }
        return switch (type[0].strip()) {
            case "application/json" -> new Parameters(json(bytes));
            case "application/x-www-form-urlencoded" -> new Parameters(form(text(bytes)));
            default -> throw new RefusedException(Failure.UNSUPPORTED_MEDIA_TYPE);
        };
    }

    private static byte[] body(HttpServletRequest request) throws IOException, RefusedException {
        try (InputStream in = request.getInputStream()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new RefusedException(Failure.TOO_LARGE);
            }
            return bytes;
        }
    }

    private static Map<String, String> json(byte[] bytes) throws RefusedException {
        Map<String, @Nullable Object> object = Json.object(bytes)
                .orElseThrow(() -> new RefusedException(Failure.INVALID_REQUEST, "not a JSON object"));
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, @Nullable Object> member : object.entrySet()) {
            if (!(member.getValue() instanceof String text)) {
                throw new RefusedException(Failure.INVALID_REQUEST, "all values are strings");
            }
            values.put(member.getKey(), text);
        }
        return values;
    }

    private static Map<String, String> form(String text) throws RefusedException {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String value = parts.length == 1 ? "" : decoded(parts[1]);
            if (!pair.isEmpty() && values.put(decoded(parts[0]), value) != null) {
                throw new RefusedException(Failure.INVALID_REQUEST, "a parameter is there twice");
            }
        }
        return values;
    }

    /** Forms are ASCII, and escape what is not. */
    private static String decoded(String text) throws RefusedException {
        if (MALFORMED_ESCAPE.matcher(text).find() || text.chars().anyMatch(c -> c > 0x7E)) {
            throw new RefusedException(Failure.INVALID_REQUEST, "not an encoded form");
        }
        return text(URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(byte[] bytes) throws RefusedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new RefusedException(Failure.INVALID_REQUEST, "not UTF-8");
        }
    }

    /** Empty if it is not there, or says nothing. */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    String must(String name) throws RefusedException {
        return get(name).orElseThrow(() -> new RefusedException(Failure.INVALID_REQUEST, name + " is missing"));
    }

    /** Names alone: values are passwords and tokens. */
    @Override
    public String toString() {
        return "Parameters" + values.keySet();
    }
}
