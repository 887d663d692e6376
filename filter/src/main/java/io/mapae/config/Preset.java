package io.mapae.config;

import java.util.Map;

/** What an identity provider's tokens look like: settings weaker than every other, and what else its tokens must say. */
enum Preset {
    KEYCLOAK(Map.of("roles-claims", "realm_access/roles, resource_access/{audience}/roles")),
    ENTRA(Map.of("roles-claims", "roles", "scope-claims", "scp")),
    AUTH0(Map.of("scope-claims", "scope, permissions")),
    OKTA(Map.of("roles-claims", "groups", "scope-claims", "scp")),
    /** Its ID tokens differ from its access tokens by {@code token_use} alone, and its access tokens have no {@code aud}. */
    COGNITO(Map.of("audience-claim", "client_id", "roles-claims", "cognito:groups"), Map.of("token_use", "access"));

    private final Map<String, String> settings;
    private final Map<String, String> demandedValues;

    Preset(Map<String, String> settings) {
        this(settings, Map.of());
    }

    Preset(Map<String, String> settings, Map<String, String> demandedValues) {
        this.settings = settings;
        this.demandedValues = demandedValues;
    }

    Map<String, String> settings() {
        return settings;
    }

    Map<String, String> demandedValues() {
        return demandedValues;
    }
}
