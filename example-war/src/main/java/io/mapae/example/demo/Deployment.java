package io.mapae.example.demo;

import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What each node is told. All of it are settings that anybody could give the same WAR on any server. */
record Deployment(Options options, Places places, Path directory) {
    private static final String PAGE_RULES =
            "GET / permit; GET /index.html permit; GET /assets/** permit; /demo/** permit; ";
    private static final String EVENT_RULES =
            "GET /api/board-events scope board:read ticket;" + " GET /api/board-socket scope board:read ticket; ";

    private static final String KEY = "key.p12";
    private static final String SECRET = "secret";

    /** The key of the demonstration's own tokens; empty if they come from elsewhere. Makes the directory, and accounts. */
    Optional<TestKey> prepare() throws IOException {
        OwnFile.directory(directory);
        if (options.issuer().isPresent()) {
            return Optional.empty();
        }
        Account.install(accounts());
        return Optional.of(DemoKey.in(directory.resolve(KEY)));
    }

    /** All services in one place, or all but the accounts elsewhere. */
    Map<String, String> whole() throws IOException {
        Map<String, String> settings = verifying();
        settings.putAll(options.issuer().isPresent() ? Map.of() : service());
        settings.put("example.database", h2("board"));
        return settings;
    }

    /** The page and the accounts, where the other services are elsewhere. */
    Map<String, String> auth(BoardDatabase shared) throws IOException {
        Map<String, String> settings = verifying();
        settings.putAll(service());
        settings.put("mapae.replay-store", shared.url());
        settings.put("mapae.rules", PAGE_RULES + EVENT_RULES + "/api/admin/** role admin; /** deny");
        settings.put("example.origins", String.join(",", places.otherOrigins()));
        return settings;
    }

    Map<String, String> profile() {
        Map<String, String> settings = elsewhere();
        settings.put("mapae.rules", "GET /api/profile authenticated; /** deny");
        return settings;
    }

    Map<String, String> board(BoardDatabase shared) {
        Map<String, String> settings = elsewhere();
        settings.put("mapae.replay-store", shared.url());
        settings.put("mapae.rules", EVENT_RULES + "/api/boards/** authenticated; /** deny");
        settings.put("example.database", shared.url());
        settings.put("example.profile", places.profile().toString());
        return settings;
    }

    /** Of the accounts such a node knows the published keys, and nothing else. */
    private Map<String, String> elsewhere() {
        Map<String, String> settings = verifying();
        settings.put("mapae.jwks-uri", places.issuer() + "/jwks.json");
        settings.put("mapae.cors.origins", String.join(",", places.pageOrigins()));
        return settings;
    }

    private Map<String, String> verifying() {
        Map<String, String> settings = new HashMap<>();
        settings.put("mapae.issuer", options.issuer().orElse(places.issuer().toString()));
        settings.put(
                "mapae.audience",
                options.issuer().isEmpty() ? audience() : options.audience().orElse("*"));
        settings.put("mapae.explain", "true"); // it is what the inspector shows
        settings.put("mapae.clock-skew", "PT0S"); // all is on one machine
        return settings;
    }

    private Map<String, String> service() throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("mapae.jwks-uri", "service:");
        settings.put("mapae.revocation", "service:");
        settings.put("mapae.service.issuer", places.issuer().toString());
        settings.put("mapae.service.audience", audience());
        settings.put("mapae.service.key-secret", OwnFile.secret(directory.resolve(SECRET)));
        settings.put("mapae.service.key-store", directory.resolve(KEY).toString());
        settings.put("mapae.service.key-store-password", DemoKey.PASSWORD);
        settings.put("mapae.service.datasource", accounts());
        settings.put("mapae.service.access-lifetime", options.accessLifetime().toString());
        return settings;
    }

    String audience() {
        return Places.origin(places.page());
    }

    private String accounts() {
        return h2("accounts");
    }

    private String h2(String name) {
        return "jdbc:h2:file:" + directory.toAbsolutePath().resolve(name);
    }
}
