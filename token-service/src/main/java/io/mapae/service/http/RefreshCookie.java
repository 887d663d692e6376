package io.mapae.service.http;

import java.time.Duration;

/**
 * The cookie with the refresh token, written as text, as older servers know no {@code SameSite}.
 *
 * @param path which requests it comes with, and no others
 */
record RefreshCookie(String name, String path) {
    private static final String ATTRIBUTES = "; HttpOnly; Secure; SameSite=Strict";

    String set(String token, Duration life) {
        return name + "=" + token + "; Path=" + path + "; Max-Age=" + Math.max(1, life.toSeconds()) + ATTRIBUTES;
    }

    String cleared() {
        return name + "=; Path=" + path + "; Max-Age=0" + ATTRIBUTES;
    }
}
