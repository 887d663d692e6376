package io.mapae.service.http;

import io.mapae.http.Request;
import io.mapae.http.Usage;
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

    /** Whether the query says so, alone: {@code ?everywhere=true}. */
    boolean isAsked(String flag) {
        return (flag + "=true").equals(request.getQueryString());
    }

    /** As a gate sees it that admits callers alone, whatever they want. */
    Request view() {
        return new Presented(headers("Authorization"), new Usage());
    }

    /** A token for a gate, wherever it came from. */
    static Request presenting(String token) {
        return new Presented(List.of("Bearer " + token), new Usage());
    }

    private record Presented(List<String> authorization, Usage used) implements Request {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public String rawTarget() {
            return "/";
        }

        @Override
        public String rawQuery() {
            return "";
        }

        @Override
        public List<String> headers(String name) {
            return name.equals("Authorization") ? authorization : List.of();
        }

        @Override
        public List<String> cookies(String name) {
            return List.of();
        }

        @Override
        public boolean secure() {
            return true;
        }
    }
}
