package io.mapae.http;

import java.util.regex.Pattern;

/**
 * Whether a request target means one path to everyone. The container, this filter and the application's own framework
 * each read it, and a rule that protects another reading than the one served protects nothing.
 */
final class Target {
    private static final Pattern SESSION =
            Pattern.compile(";jsessionid=[^;/%\\\\\\x00-\\x1f\\x7f]*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern AMBIGUOUS = Pattern.compile(String.join(
            "|",
            "//",
            "[\\\\;\\x00-\\x1f\\x7f]",
            "%(?![0-9a-fA-F]{2})", // no escape at all
            "%(?:2[fF]|5[cC]|[01][0-9a-fA-F]|7[fF])", // slash, backslash, control characters
            "(?:^|/)(?:\\.|%2[eE]){1,2}(?:/|$)")); // dot segments

    private Target() {}

    /** True for a target that could be read in two ways; one trailing {@code ;jsessionid=…} is the container's own. */
    static boolean isAmbiguous(String raw) {
        String path = raw.indexOf(';') < 0 ? raw : SESSION.matcher(raw).replaceFirst("");
        return AMBIGUOUS.matcher(path).find();
    }
}
