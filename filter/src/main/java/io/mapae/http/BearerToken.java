package io.mapae.http;

import io.mapae.verify.Reason;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request says in its {@code Authorization} header or token cookie (RFC 6750 §2.1). */
sealed interface BearerToken {
    /** No bearer token: nothing at all, or another scheme. */
    record None() implements BearerToken {}

    /** Something that is no credential: not judged, and never anonymous. */
    record Malformed(Reason reason) implements BearerToken {}

    /** One text of the syntax of a token. */
    record Present(String text) implements BearerToken {
        @Override
        public String toString() {
            return "Present[" + text.length() + " characters]";
        }
    }

    /** Where RFC 9110 §5.6.2 ends a token. */
    String END = "(?![A-Za-z0-9!#$%&'*+.^_`|~-])";

    /** A comma and the second of what a proxy joined out of two headers; not a parameter of that name. */
    Pattern JOINED = Pattern.compile(",\\s*bearer" + END + "(?!=)", Pattern.CASE_INSENSITIVE);

    /** What follows the scheme without a space makes the value malformed, not one of another scheme. */
    Pattern SCHEME = Pattern.compile("bearer" + END + " *", Pattern.CASE_INSENSITIVE);

    /** The token in the values of {@code Authorization}. */
    static BearerToken inHeaders(List<String> values) {
        if (values.isEmpty()) {
            return new None();
        }
        if (values.size() > 1 || JOINED.matcher(values.get(0)).find()) {
            return new Malformed(Reason.SEVERAL_CREDENTIALS);
        }
        String value = values.get(0).strip();
        Matcher scheme = SCHEME.matcher(value);
        return scheme.lookingAt() ? token(value.substring(scheme.end())) : new None();
    }

    /** The token in the values of the token cookie; an empty one is what clearing it left behind. */
    static BearerToken inCookies(List<String> values) {
        if (values.size() > 1) {
            return new Malformed(Reason.SEVERAL_CREDENTIALS);
        }
        return values.isEmpty() || values.get(0).isEmpty() ? new None() : token(values.get(0));
    }

    private static BearerToken token(String text) {
        if (text.indexOf(',') >= 0) {
            return new Malformed(Reason.SEVERAL_CREDENTIALS);
        }
        return isB64Token(text) ? new Present(text) : new Malformed(Reason.BAD_CREDENTIALS);
    }

    /** {@code 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="} */
    private static boolean isB64Token(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return end > 0;
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~+/".indexOf(c) >= 0;
    }
}
