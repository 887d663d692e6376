package io.mapae.containers;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One Keycloak for all tests, in development mode, without a memory of the last time. */
final class Keycloak {
    private static final Path HOME = Path.of(System.getProperty("keycloak.home"));
    private static final String BASE = start();

    private Keycloak() {}

    private static String start() {
        int port = ServerProcess.freePort();
        String base = "http://127.0.0.1:" + port;
        Map<String, String> environment = Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD", "admin",
                "JAVA_HOME", System.getProperty("java.home"),
                "JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        List<String> command = List.of(
                HOME.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--cache=local",
                "--db=dev-mem");
        ServerProcess.start("keycloak", HOME, environment, command).await(() -> answers(base + "/realms/master"));
        return base;
    }

    private static boolean answers(String uri) {
        try {
            return Http.send(Http.request(uri)).statusCode() == 200;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    /** A new realm as {@code realm.json} says, warmed up: its first answers may take longer than a request waits for keys. */
    static Realm realm(String name) {
        try (InputStream json = Keycloak.class.getResourceAsStream("/realm.json")) {
            String all = new String(json.readAllBytes(), StandardCharsets.UTF_8);
            Http.json(post("/admin/realms", all.replaceFirst("\\{", "{\"realm\": \"" + name + "\",")));
            Realm realm = new Realm(name);
            realm.published();
            return realm;
        } catch (IOException failure) {
            throw new IllegalStateException("no realm.json", failure);
        }
    }

    private static HttpRequest.Builder administrate(String path) {
        Map<String, String> grant =
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", "admin", "password", "admin");
        JsonNode tokens = Http.form(BASE + "/realms/master/protocol/openid-connect/token", grant);
        return Http.request(BASE + path, tokens.path("access_token").asString());
    }

    private static HttpRequest.Builder post(String path, String json) {
        return administrate(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
    }

    record Realm(String name) {
        String issuer() {
            return BASE + "/realms/" + name;
        }

        /** All that its users and the application have in common. */
        Map<String, String> settings() {
            return Map.of(
                    "issuer",
                    issuer(),
                    "audience",
                    "mapae-api",
                    "preset",
                    "keycloak",
                    "principal-claim",
                    "preferred_username");
        }

        /** The key set that its metadata names. */
        JsonNode published() {
            JsonNode metadata = Http.json(Http.request(issuer() + "/.well-known/openid-configuration"));
            return Http.json(Http.request(metadata.path("jwks_uri").asString())).path("keys");
        }

        /** Access, refresh and ID token of a user, whose password is the name. */
        JsonNode login(String user) {
            return tokens(Map.of("grant_type", "password", "scope", "openid", "username", user, "password", user));
        }

        Token userToken(String user) {
            return new Token(login(user).path("access_token").asString());
        }

        Token clientToken() {
            return new Token(tokens(Map.of("grant_type", "client_credentials"))
                    .path("access_token")
                    .asString());
        }

        private JsonNode tokens(Map<String, String> grant) {
            Map<String, String> fields = new HashMap<>(grant);
            fields.put("client_id", "shop");
            fields.put("client_secret", "secret");
            return Http.form(issuer() + "/protocol/openid-connect/token", fields);
        }

        /** From now on tokens are signed with a new key; the old ones stay published. */
        void rotate() {
            Http.json(post("/admin/realms/" + name + "/components", """
                    {"name": "rotated", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                     "config": {"priority": ["200"], "algorithm": ["RS256"], "keySize": ["2048"]}}"""));
        }

        /** The key is published no more. */
        void withdraw(String keyId) {
            JsonNode keys = Http.json(administrate("/admin/realms/" + name + "/keys"));
            for (JsonNode key : keys.path("keys")) {
                if (key.path("kid").asString().equals(keyId)) {
                    String component = key.path("providerId").asString();
                    Http.json(administrate("/admin/realms/" + name + "/components/" + component)
                            .DELETE());
                }
            }
        }
    }
}
