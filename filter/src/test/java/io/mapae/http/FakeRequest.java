package io.mapae.http;

import java.util.ArrayList;
import java.util.List;

/** A request without a server: {@code GET /} without headers, unless told otherwise. Its target is its path. */
record FakeRequest(String method, String target, String rawQuery, List<String[]> fields, boolean secure, Usage used)
        implements Request {
    static FakeRequest of(String method, String target) {
        int query = target.indexOf('?');
        return new FakeRequest(
                method,
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                List.of(),
                false,
                new Usage());
    }

    static FakeRequest get(String target) {
        return of("GET", target);
    }

    FakeRequest with(String name, String value) {
        List<String[]> more = new ArrayList<>(fields);
        more.add(new String[] {name, value});
        return new FakeRequest(method, target, rawQuery, more, secure, used);
    }

    FakeRequest bearing(String token) {
        return with("Authorization", "Bearer " + token);
    }

    FakeRequest cookie(String name, String value) {
        return with("Cookie " + name, value);
    }

    FakeRequest overHttps() {
        return new FakeRequest(method, target, rawQuery, fields, true, used);
    }

    @Override
    public String path() {
        return target;
    }

    @Override
    public String rawTarget() {
        return target;
    }

    @Override
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field[0].equalsIgnoreCase(name))
                .map(field -> field[1])
                .toList();
    }

    @Override
    public List<String> cookies(String name) {
        return fields.stream()
                .filter(field -> field[0].equals("Cookie " + name))
                .map(field -> field[1])
                .toList();
    }
}
