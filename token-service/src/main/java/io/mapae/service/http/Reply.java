package io.mapae.service.http;

import io.mapae.service.token.ClaimsWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A response: none is kept by anybody, unless it says so itself.
 *
 * @param fields besides those that every response has
 */
record Reply(int status, Map<String, String> fields, Optional<String> body) {
    private static final int NO_CONTENT = 204;
    private static final int OK = 200;

    Reply(int status, Optional<Map<String, ?>> body) {
        this(status, Map.of("Cache-Control", "no-store"), body.map(Reply::json));
    }

    private static String json(Map<String, ?> object) {
        return new String(ClaimsWriter.write(object), StandardCharsets.UTF_8);
    }

    static Reply ok(Map<String, ?> body) {
        return new Reply(OK, Optional.of(body));
    }

    /** A document that may be kept. */
    static Reply document(String text, String cacheControl) {
        return new Reply(OK, Map.of("Cache-Control", cacheControl), Optional.of(text));
    }

    static Reply done() {
        return new Reply(NO_CONTENT, Optional.empty());
    }

    Reply with(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new Reply(status, more, body);
    }
}
