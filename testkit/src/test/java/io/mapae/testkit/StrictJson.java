package io.mapae.testkit;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RFC 8259 to the letter, with the limits of a strict verifier; {@link IllegalArgumentException} for all else. */
final class StrictJson {
    /** The value of the literal null. */
    static final Object NULL = new Object();

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private int at;
    private int depth;

    private StrictJson(String text) {
        this.text = text;
    }

    static Map<String, Object> object(byte[] utf8) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(e);
        }
        StrictJson json = new StrictJson(text);
        json.space();
        Map<String, Object> members = json.members();
        json.space();
        require(json.at == text.length());
        return members;
    }

    private Object value() {
        space();
        char c = peek();
        if (c == '{') {
            return members();
        }
        if (c == '[') {
            return elements();
        }
        if (c == '"') {
            return string();
        }
        for (Map.Entry<String, Object> literal :
                Map.of("true", true, "false", false, "null", NULL).entrySet()) {
            if (text.startsWith(literal.getKey(), at)) {
                at += literal.getKey().length();
                return literal.getValue();
            }
        }
        return number();
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        open('{');
        if (!closed('}')) {
            do {
                space();
                String name = string();
                space();
                take(':');
                require(members.put(name, value()) == null);
            } while (more('}'));
        }
        require(members.size() <= 256);
        depth--;
        return members;
    }

    private List<Object> elements() {
        List<Object> elements = new ArrayList<>();
        open('[');
        if (!closed(']')) {
            do {
                elements.add(value());
            } while (more(']'));
        }
        depth--;
        return elements;
    }

    private String string() {
        take('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            require(c >= ' ');
            string.append(c == '\\' ? escape() : c);
        }
        at++;
        return string.toString();
    }

    private char escape() {
        char c = peek();
        at++;
        if (c == 'u') {
            String hex = text.substring(at, Math.min(at + 4, text.length()));
            require(hex.matches("[0-9a-fA-F]{4}"));
            at += 4;
            return (char) Integer.parseInt(hex, 16);
        }
        int known = "\"\\/bfnrt".indexOf(c);
        require(known >= 0);
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private BigDecimal number() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        require(number.lookingAt() && number.group().length() <= 32);
        at = number.end();
        return new BigDecimal(number.group());
    }

    private void open(char bracket) {
        take(bracket);
        require(++depth <= 16);
    }

    private boolean closed(char bracket) {
        space();
        if (peek() != bracket) {
            return false;
        }
        at++;
        return true;
    }

    private boolean more(char bracket) {
        if (closed(bracket)) {
            return false;
        }
        take(',');
        return true;
    }

    private void take(char c) {
        require(peek() == c);
        at++;
    }

    private char peek() {
        require(at < text.length());
        return text.charAt(at);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not strict JSON");
        }
    }
}
