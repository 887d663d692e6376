package io.mapae.service.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A request to an endpoint.
 *
 * @param parameters of its body
 */
record Exchange(HttpServletRequest request, Parameters parameters) {
    List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    /** The values of all cookies of this name. */
    List<String> cookies(String name) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .toList();
    }

    List<String> authorization() {
        return headers("Authorization");
    }

    /** Whether the query has this flag, as {@code true} or {@code false}; other parameters there mean nothing. */
    boolean isAsked(String flag) throws RefusedException {
        List<String> values = Arrays.stream(
                        Optional.ofNullable(request.getQueryString()).orElse("").split("&"))
                .filter(parameter -> parameter.split("=", 2)[0].equals(flag))
                .toList();
        if (values.isEmpty() || values.equals(List.of(flag + "=false"))) {
            return false;
        }
        if (values.equals(List.of(flag + "=true"))) {
            return true;
        }
        throw new RefusedException(Failure.INVALID_REQUEST, flag + " is true or false");
    }
}
