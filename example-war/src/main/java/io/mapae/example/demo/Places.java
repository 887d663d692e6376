package io.mapae.example.demo;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the page and each of the services are; all end with a slash.
 *
 * @param boards nodes that share a database
 */
record Places(URI page, URI auth, URI profiles, List<URI> boards) {
    private static final String HOST = "http://127.0.0.1:";

    /** All in one place. */
    static Places one(int port) {
        URI base = at(port);
        return new Places(base, base, base, List.of(base));
    }

    /** The page beside the accounts, and each other service in a place of its own. */
    static Places split(int page, int profiles, int board, int otherBoard) {
        return new Places(at(page), at(page), at(profiles), List.of(at(board), at(otherBoard)));
    }

    private static URI at(int port) {
        return URI.create(HOST + port + "/");
    }

    static String origin(URI place) {
        return place.getScheme() + "://" + place.getRawAuthority();
    }

    URI issuer() {
        return auth.resolve("auth");
    }

    URI profile() {
        return profiles.resolve("api/profile");
    }

    /** The page's own, by each name that it answers to. */
    List<String> pageOrigins() {
        return Node.NAMES.stream()
                .map(name -> page.getScheme() + "://" + name + ":" + page.getPort())
                .toList();
    }

    /** Those that are not the page's. */
    Set<String> otherOrigins() {
        Set<String> origins = new LinkedHashSet<>();
        Stream.concat(Stream.of(profiles), boards.stream()).map(Places::origin).forEach(origins::add);
        origins.remove(origin(page));
        return origins;
    }

    /** As the page wants to know them. */
    JsonObject json() {
        URI first = boards.get(0);
        return Json.createObjectBuilder()
                .add("auth", text(auth, "auth/"))
                .add("profile", text(profiles, "api/profile"))
                .add(
                        "boards",
                        Json.createArrayBuilder(boards.stream()
                                .map(board -> text(board, "api/boards"))
                                .toList()))
                .add("events", text(first, "api/board-events"))
                .add("socket", text(first, "api/board-socket"))
                .build();
    }

    /** Relative to the page, where it is of the same origin: it may have other names. */
    private String text(URI place, String path) {
        return place.equals(page) ? path : place.resolve(path).toString();
    }
}
