package io.mapae.containers.matrix;

import java.util.List;
import java.util.Map;

/** What a server answered; the application writes {@code name=value} lines. */
record Reply(int status, Map<String, List<String>> headers, String body) {
    String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    /** The value of a line of the body; {@code absent} if there is none. */
    String seen(String name) {
        return body.lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("absent");
    }

    /** The name-value pairs that the server set, for the next request. */
    String cookies() {
        return String.join(
                "; ",
                headers.getOrDefault("set-cookie", List.of()).stream()
                        .map(cookie -> cookie.split(";", 2)[0])
                        .toList());
    }
}
