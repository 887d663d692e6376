package io.mapae.testkit;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes JSON text from plain Java values. */
final class Json {
    /** Leaves out NaN and the infinities of {@link Double} and {@link Float}. */
    private static final Pattern NUMBER = Pattern.compile("[-+.0-9eE]+");

    private Json() {}

    /** {@code value} as JSON: null, a boolean, a finite number, a string, a list or a map with string names. */
    static String of(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Number number && NUMBER.matcher(number.toString()).matches()) {
            return number.toString();
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .map(member -> quoted((String) member.getKey()) + ":" + of(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        throw new IllegalArgumentException("no JSON for a " + value.getClass().getName());
    }

    /** An object of members whose values are JSON already. */
    static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Escapes what RFC 8259 §7 demands, and surrogates, so that a lone one survives UTF-8. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ' || Character.isSurrogate((char) c)) {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
