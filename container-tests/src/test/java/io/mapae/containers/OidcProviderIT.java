package io.mapae.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Access tokens as RFC 9068 wants them, of npm's oidc-provider. */
class OidcProviderIT {
    private static final Path HOME = Path.of(System.getProperty("oidc-provider.home"));
    private static final ServerProcess SERVER =
            ServerProcess.start("oidc-provider", HOME, Map.of(), List.of("node", "provider.mjs"));

    private static String issuer;
    private static Application application;

    @BeforeAll
    static void deploy() {
        SERVER.await(() -> SERVER.said().lines().anyMatch(line -> line.startsWith("http://")));
        issuer = SERVER.said()
                .lines()
                .filter(line -> line.startsWith("http://"))
                .findFirst()
                .orElseThrow();
        application = Application.with(Map.of("issuer", issuer, "audience", "https://api.example"));
    }

    @AfterAll
    static void stop() throws Exception {
        application.close();
        SERVER.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "ES512", "EdDSA"})
    void accessTokensOfEachAlgorithmAreTaken(String algorithm) {
        Token token = token(algorithm);
        assertThat(token.header().path("typ").asString()).isEqualTo("at+jwt");
        assertThat(token.header().path("alg").asString()).isEqualTo(algorithm);
        assertThat(application.status("/api/profile", token)).isEqualTo(200);
        JsonNode profile = application.profile(token);
        assertThat(profile.path("name").asString()).isEqualTo("robot");
        assertThat(profile.path("scopes")).extracting(JsonNode::asString).containsExactly("board:read");
    }

    @Test
    void scopesOpenPages() {
        assertThat(application.status("/api/boards", token("ES256"))).isEqualTo(200);
        assertThat(application.status("/api/admin", token("ES256"))).isEqualTo(403);
    }

    @Test
    void tokensOfOldAndNewKeysAreTaken() {
        Token old = token("ES256");
        Http.send(Http.request(issuer + "/rotate").POST(BodyPublishers.noBody()));
        Token fresh = token("ES256");
        assertThat(fresh.keyId()).isNotEqualTo(old.keyId());
        assertThat(application.status("/api/profile", fresh)).isEqualTo(200);
        assertThat(application.status("/api/profile", old)).isEqualTo(200);
    }

    private static Token token(String algorithm) {
        Map<String, String> grant = Map.of(
                "grant_type", "client_credentials",
                "client_id", "robot",
                "client_secret", "secret",
                "scope", "board:read",
                "resource", "https://api.example/" + algorithm);
        return new Token(
                Http.form(issuer + "/token", grant).path("access_token").asString());
    }
}
