package io.mapae.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.containers.Keycloak.Realm;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Keycloak's address, the audience and the preset are all that the application is told. */
class KeycloakIT {
    private static final Realm REALM = Keycloak.realm("mapae");
    private static final Application APPLICATION = Application.with(REALM.settings());

    @AfterAll
    static void stop() throws Exception {
        APPLICATION.close();
    }

    @Test
    void itsKeySetIsMixed() {
        assertThat(REALM.published())
                .extracting(key ->
                        key.path("use").asString() + " " + key.path("alg").asString())
                .containsExactlyInAnyOrder("sig RS256", "enc RSA-OAEP");
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        "alice, /api/profile, 200", "alice, /api/admin, 200",
        "bob, /api/profile, 200", "bob, /api/admin, 403"
    })
    void rolesOfUsersOpenPages(String user, String path, int status) {
        assertThat(APPLICATION.status(path, REALM.userToken(user))).isEqualTo(status);
    }

    @Test
    void theUserHasNameAndRolesOfRealmAndClient() {
        JsonNode profile = APPLICATION.profile(REALM.userToken("alice"));
        assertThat(profile.path("name").asString()).isEqualTo("alice");
        assertThat(profile.path("issuer").asString()).isEqualTo(REALM.issuer());
        assertThat(profile.path("roles")).extracting(JsonNode::asString).contains("admin", "editor");
    }

    @Test
    void aClientsOwnTokenIsTaken() {
        Token token = REALM.clientToken();
        assertThat(APPLICATION.status("/api/profile", token)).isEqualTo(200);
        assertThat(APPLICATION.status("/api/admin", token)).isEqualTo(403);
        assertThat(APPLICATION.profile(token).path("name").asString()).isEqualTo("service-account-shop");
    }

    /** The ID token has our audience too: only what it is for tells it apart. */
    @ParameterizedTest
    @ValueSource(strings = {"id_token", "refresh_token"})
    void whatIsNoAccessTokenIsRefused(String kind) {
        Token token = new Token(REALM.login("alice").path(kind).asString());
        assertThat(APPLICATION.status("/api/profile", token)).isEqualTo(401);
    }

    @Test
    void theIdTokenHasOurAudience() {
        Token token = new Token(REALM.login("alice").path("id_token").asString());
        assertThat(token.claims().path("aud")).extracting(JsonNode::asString).contains("mapae-api");
        assertThat(token.claims().path("typ").asString()).isEqualTo("ID");
    }

    @Test
    void aForgeryIsRefused() {
        String keyId = REALM.clientToken().keyId();
        TokenBuilder forged = TokenBuilder.signedBy(TestKey.rsa().withKeyId(keyId))
                .issuer(REALM.issuer())
                .audience("mapae-api");
        assertThat(APPLICATION.status("/api/profile", new Token(forged.text()))).isEqualTo(401);
    }

    @Test
    void tokensOfAnotherRealmAreRefused() {
        assertThat(APPLICATION.status("/api/profile", Keycloak.realm("other").userToken("alice")))
                .isEqualTo(401);
    }
}
