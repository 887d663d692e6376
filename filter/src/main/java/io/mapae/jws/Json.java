package io.mapae.jws;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Strict JSON objects (RFC 8259, RFC 7515 §4): UTF-8 without a flaw, no member named twice, no extension of the
 * grammar, at most 16 levels, 256 members an object and 32 characters a number. Members are {@code String},
 * {@code Boolean}, {@code Long} ({@code BigInteger} beyond it), {@code BigDecimal}, {@code List}, {@code Map} or null,
 * all of them immutable.
 */
public final class Json {
    static final int MAX_DEPTH = 16;
    static final int MAX_MEMBERS = 256;
    static final int MAX_NUMBER_LENGTH = 32;

    /** Names in a header are an attacker's to choose: they must not stay in anyone's table. */
    private static final JsonFactory UNTRUSTED = strict().disable(
                    TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    /** Names that an issuer signed are the same few in every token. */
    private static final JsonFactory SIGNED = strict().build();

    /** Buffers come from a pool without thread locals, which would hold an undeployed application's class loader. */
    private static JsonFactoryBuilder strict() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool());
    }

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    /** As many as most payloads have, and few more than most headers. */
    private static final int MEMBERS = 32;

    private static final int NESTED_MEMBERS = 4;

    private Json() {}

    /** The object that {@code utf8} holds, its members in their order; empty where it is not exactly one such object. */
    public static Optional<Map<String, @Nullable Object>> object(byte[] utf8) {
        return object(utf8, UNTRUSTED);
    }

    /** The same, for a text whose signature was good. */
    static Optional<Map<String, @Nullable Object>> signedObject(byte[] utf8) {
        return object(utf8, SIGNED);
    }

    /**
     * The member of that name of the object that {@code utf8} begins with, as far as that is read, where it is a string:
     * for a first look at a text that is read as a whole later.
     */
    static Optional<String> text(byte[] utf8, String name) {
        try (JsonParser parser = UNTRUSTED.createParser(ObjectReadContext.empty(), utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                if (wanted) {
                    return value == JsonToken.VALUE_STRING ? Optional.of(parser.getString()) : Optional.empty();
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (JacksonException notStrictJson) {
            return Optional.empty();
        }
    }

    /**
     * The text of an object with such members, on one line, in which no character is left that UTF-8 could not carry.
     *
     * @throws IllegalArgumentException if there is a value of another type among them
     */
    public static String text(Map<String, ? extends @Nullable Object> members) {
        StringBuilder text = new StringBuilder();
        write(members, text);
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder text) {
        if (value == null || value instanceof Boolean || value instanceof Number) {
            text.append(value);
        } else if (value instanceof String string) {
            writeString(string, text);
        } else if (value instanceof Map<?, ?> members) {
            String separator = "{";
            for (Map.Entry<?, ?> member : members.entrySet()) {
                text.append(separator);
                writeString(String.valueOf(member.getKey()), text);
                write(member.getValue(), text.append(':'));
                separator = ",";
            }
            text.append(members.isEmpty() ? "{}" : "}");
        } else if (value instanceof Iterable<?> elements) {
            String separator = "";
            text.append('[');
            for (Object element : elements) {
                write(element, text.append(separator));
                separator = ",";
            }
            text.append(']');
        } else {
            throw new IllegalArgumentException(
                    "no JSON value: " + value.getClass().getName());
        }
    }

    private static void writeString(String string, StringBuilder text) {
        text.append('"');
        string.chars().forEach(c -> {
            boolean plain = c >= ' ' && c != '"' && c != '\\' && c != 0x7F && !Character.isSurrogate((char) c);
            text.append(plain ? String.valueOf((char) c) : String.format("\\u%04x", c));
        });
        text.append('"');
    }

    private static Optional<Map<String, @Nullable Object>> object(byte[] utf8, JsonFactory factory) {
        if (!isUtf8(utf8)) {
            return Optional.empty();
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, @Nullable Object> members = members(parser, MEMBERS);
            return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
        } catch (JacksonException | NumberFormatException notStrictJson) {
            return Optional.empty(); // the latter comes of an exponent that no BigDecimal holds
        }
    }

    /** One of the parsers takes characters for hexadecimal digits that have the lower byte of one. */
    private static final Pattern FOREIGN_DIGITS = Pattern.compile("(?<!\\\\)(?:\\\\{2})*+\\\\u(?![0-9A-Fa-f]{4})");

    /** The parser would guess UTF-16 and UTF-32 by the first bytes, and is not strict about UTF-8. */
    private static boolean isUtf8(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] <= 0 || bytes[1] <= 0) {
            return false; // no object: it begins with two characters of ASCII
        }
        if (isAscii(bytes)) {
            return true;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                && !FOREIGN_DIGITS.matcher(text).find();
    }

    /** Eight at a time: most claims are, and every request's are looked at. */
    private static boolean isAscii(byte[] bytes) {
        long all = 0;
        int i = 0;
        for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
            all |= (long) EIGHT.get(bytes, i);
        }
        for (; i < bytes.length; i++) {
            all |= bytes[i];
        }
        return (all & NOT_ASCII) == 0;
    }

    private static Map<String, @Nullable Object> members(JsonParser parser, int usual) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(usual);
        for (int count = 1; parser.nextToken() != JsonToken.END_OBJECT; count++) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
            if (members.size() != count || count > MAX_MEMBERS) {
                throw new NotStrict(parser);
            }
        }
        return Collections.unmodifiableMap(members);
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser, NESTED_MEMBERS);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new NotStrict(parser);
        };
    }

    /** The parser's own limit counts digits alone. */
    private static Number number(JsonParser parser) {
        if (parser.getStringLength() > MAX_NUMBER_LENGTH) {
            throw new NotStrict(parser);
        }
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER -> parser.getBigIntegerValue();
            case FLOAT, DOUBLE, BIG_DECIMAL -> parser.getDecimalValue();
        };
    }

    private static List<@Nullable Object> elements(JsonParser parser) {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return Collections.unmodifiableList(elements);
    }

    /** A rule of ours is broken, reported the way the parser reports its own. */
    private static final class NotStrict extends StreamReadException {
        private static final long serialVersionUID = 1L;

        NotStrict(JsonParser parser) {
            super(parser, "not strict");
        }
    }
}
