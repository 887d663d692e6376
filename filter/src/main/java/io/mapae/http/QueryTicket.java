package io.mapae.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What a request says in its query parameter {@code ticket}. */
sealed interface QueryTicket {
    /** The parameter's name. */
    String NAME = "ticket";

    /** Of base64url, and so neither a token of three parts nor anything that is to be decoded. */
    Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    /** No such parameter. */
    record None() implements QueryTicket {
        static final None NONE = new None();
    }

    /** More than one, or something that is no ticket. */
    record Malformed() implements QueryTicket {}

    /** One text of the syntax of a ticket. */
    record Present(String text) implements QueryTicket {
        @Override
        public String toString() {
            return "Present[" + text.length() + " characters]";
        }
    }

    /** The ticket in a query as it was sent; whatever the application would read as a parameter of that name counts. */
    static QueryTicket in(String rawQuery) {
        if (rawQuery.isEmpty()) {
            return None.NONE;
        }
        List<String> named = Arrays.stream(rawQuery.split("&"))
                .filter(parameter -> decoded(parameter.split("=", 2)[0]).equals(NAME))
                .toList();
        if (named.isEmpty()) {
            return None.NONE;
        }
        String value = named.get(0).startsWith(NAME + "=") ? named.get(0).substring(NAME.length() + 1) : "";
        return named.size() == 1 && SYNTAX.matcher(value).matches() ? new Present(value) : new Malformed();
    }

    private static String decoded(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
            return name;
        }
    }
}
