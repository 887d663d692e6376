package io.mapae.http;

import java.util.regex.Pattern;

/**
 * Whether a request target means one path to everyone. The container, this filter and the application's own framework
 * each read it, and a rule that protects another reading than the one served protects nothing.
 */
final class Target {
    private static final Pattern SESSION =
            Pattern.compile(";jsessionid=[^;/%\\\\\\x00-\\x1f\\x7f]*$", Pattern.CASE_INSENSITIVE);

    private Target() {}

    /** True for a target that could be read in two ways; one trailing {@code ;jsessionid=…} is the container's own. */
    static boolean isAmbiguous(String raw) {
        String path = raw.indexOf(';') < 0 ? raw : SESSION.matcher(raw).replaceFirst("");
        int dots = 0; // that the segment consists of so far; less than none once it has another character
        for (int i = 0; i < path.length(); i++) {
            int c = path.charAt(i);
            if (c == '/') {
                if (isDotSegment(dots) || (i > 0 && path.charAt(i - 1) == '/')) {
                    return true;
                }
                dots = 0;
                continue;
            }
            if (c == '%') {
                c = escaped(path, i);
                i += 2;
            } else if (c == ';') {
                return true;
            }
            if (c < ' ' || c == 0x7F || c == '/' || c == '\\') {
                return true;
            }
            dots = c == '.' && dots >= 0 ? dots + 1 : -1;
        }
        return isDotSegment(dots);
    }

    private static boolean isDotSegment(int dots) {
        return dots == 1 || dots == 2;
    }

    /** The character of the escape that begins there, as far as it is ASCII; negative where there is no escape. */
    private static int escaped(String path, int at) {
        if (at + 2 >= path.length()) {
            return -1;
        }
        int high = hexadecimal(path.charAt(at + 1));
        int low = hexadecimal(path.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static int hexadecimal(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
