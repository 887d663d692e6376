package io.mapae;

import io.mapae.http.Request;
import io.mapae.http.Usage;
import java.util.List;

/** A request for the root with a token. */
record Bearing(String token, Usage used) implements Request {
    Bearing(String token) {
        this(token, new Usage());
    }

    @Override
    public String rawQuery() {
        return "";
    }

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
    public List<String> headers(String name) {
        return name.equalsIgnoreCase("Authorization") ? List.of("Bearer " + token) : List.of();
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
