package io.mapae.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.containers.Keycloak.Realm;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A realm gets another signing key, and loses the one that it had, while the application runs. */
@Timeout(120)
class KeycloakRotationIT {
    private static final int MANY = 300;

    @Test
    void noValidTokenIsRefusedMeanwhile() throws Exception {
        Realm realm = Keycloak.realm("rotating");
        String oldKey = realm.clientToken().keyId();
        try (Application application = Application.with(realm.settings());
                Load load = new Load(realm::clientToken, token -> application.status("/api/profile", token))) {
            load.awaitMore(oldKey, MANY);
            realm.rotate();
            String newKey = realm.clientToken().keyId();
            assertThat(newKey).isNotEqualTo(oldKey);
            load.awaitMore(newKey, MANY);
            load.awaitMore(oldKey, MANY);
            assertThat(load.refusals()).isEmpty();
        }
    }

    @Test
    void aWithdrawnKeysTokensAreRefusedAfterTheNextRefresh() throws Exception {
        Realm realm = Keycloak.realm("withdrawing");
        Map<String, String> settings = new HashMap<>(realm.settings());
        settings.put("jwks.refresh-after", "PT1S");
        try (Application application = Application.with(settings)) {
            Token old = realm.clientToken();
            assertThat(application.status("/api/profile", old)).isEqualTo(200);
            realm.rotate();
            realm.withdraw(old.keyId());
            while (application.status("/api/profile", old) != 401) {
                ServerProcess.pause(); // no token of the new key makes it look for keys: it is time that does
            }
            assertThat(application.status("/api/profile", realm.clientToken())).isEqualTo(200);
        }
    }
}
