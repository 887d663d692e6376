package io.mapae.benchmarks.stress;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node answered.
 *
 * @param status 0 if it did not
 * @param retryAfter empty if it said nothing of it
 */
record ServiceAnswer(int status, String body, String retryAfter) {
    static final ServiceAnswer NONE = new ServiceAnswer(0, "", "");

    private static final Pattern REFRESH_TOKEN = member("refresh_token");
    private static final Pattern ACCESS_TOKEN = member("access_token");
    private static final Pattern ERROR = member("error");

    private static Pattern member(String name) {
        return Pattern.compile("\"" + name + "\":\"([^\"]*)\"");
    }

    private String text(Pattern member) {
        Matcher found = member.matcher(body);
        return found.find() ? found.group(1) : "";
    }

    String refreshToken() {
        return text(REFRESH_TOKEN);
    }

    String accessToken() {
        return text(ACCESS_TOKEN);
    }

    /** The status and the error, if there is one. */
    String outcome() {
        return (status + " " + text(ERROR)).strip();
    }

    boolean isGood() {
        return status == 200;
    }

    /** Whether it says nothing about what was sent, so that a client asks again. */
    boolean isUndecided() {
        return status == 0 || status == 503;
    }
}
