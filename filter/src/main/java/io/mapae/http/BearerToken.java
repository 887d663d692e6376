package io.mapae.http;

import io.mapae.verify.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request says in its {@code Authorization} header or token cookie (RFC 6750 §2.1). */
sealed interface BearerToken {
    /** No bearer token: nothing at all, or another scheme. */
    record None() implements BearerToken {
        static final None NONE = new None();
    }

    /** Something that is no credential: not judged, and never anonymous. */
    record Malformed(Reason reason) implements BearerToken {}

    /**
     * What may be a token: the end of {@code text}, from there on. Its syntax is for {@link #flaw} to look at, for which there
     * is no need where the token is known.
     */
    record Present(String text, int from) implements BearerToken {
        /** Why it is no credential; empty for one text of the syntax of a token. */
        Optional<Reason> flaw() {
            if (text.indexOf(',', from) >= 0) {
                return Optional.of(Reason.SEVERAL_CREDENTIALS);
            }
            return isB64Token(text, from) ? Optional.empty() : Optional.of(Reason.BAD_CREDENTIALS);
        }

        String token() {
            return text.substring(from);
        }

        @Override
        public String toString() {
            return "Present[" + (text.length() - from) + " characters]";
        }
    }

    String SCHEME = "bearer";

    /** A comma and the second of what a proxy joined out of two headers; not a parameter of that name. */
    Pattern JOINED = Pattern.compile(",\\s*bearer(?![A-Za-z0-9!#$%&'*+.^_`|~-])(?!=)", Pattern.CASE_INSENSITIVE);

    /** The token in the values of {@code Authorization}. */
    static BearerToken inHeaders(List<String> values) {
        if (values.isEmpty()) {
            return None.NONE;
        }
        String value = values.get(0).strip();
        if (values.size() > 1
                || (value.indexOf(',') >= 0 && JOINED.matcher(value).find())) {
            return new Malformed(Reason.SEVERAL_CREDENTIALS);
        }
        // What follows the scheme without a space makes the value malformed, not one of another scheme.
        int end = SCHEME.length();
        if (!value.regionMatches(true, 0, SCHEME, 0, end) || (value.length() > end && isTchar(value.charAt(end)))) {
            return None.NONE;
        }
        while (end < value.length() && value.charAt(end) == ' ') {
            end++;
        }
        return new Present(value, end);
    }

    /** The token in the values of the token cookie; an empty one is what clearing it left behind. */
    static BearerToken inCookies(List<String> values) {
        if (values.size() > 1) {
            return new Malformed(Reason.SEVERAL_CREDENTIALS);
        }
        return values.isEmpty() || values.get(0).isEmpty() ? None.NONE : new Present(values.get(0), 0);
    }

    /** {@code 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="} */
    private static boolean isB64Token(String text, int from) {
        int end = text.length();
        while (end > from && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = from; i < end; i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return end > from;
    }

    private static boolean isTokenCharacter(char c) {
        return isAlphanumeric(c) || "-._~+/".indexOf(c) >= 0;
    }

    /** RFC 9110 §5.6.2. */
    private static boolean isTchar(char c) {
        return isAlphanumeric(c) || "!#$%&'*+.^_`|~-".indexOf(c) >= 0;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
