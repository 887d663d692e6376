package io.mapae.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.config.ConfigurationException;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.FeatureContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the feature has its settings from, and what it registers, in an application without servlets. */
class MapaeFeatureTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "issuer", TokenBuilder.ISSUER,
            "audience", TokenBuilder.AUDIENCE,
            "public-key", TestKey.rsa().publicJwk());

    @Test
    void withoutSettingsItDoesNothingAndSaysSo() {
        Application application = new Application();
        application.properties.put("jersey.config.server.tracing.type", "ALL");
        assertThat(application.logOf(() ->
                        assertThat(application.configure(new MapaeFeature())).isFalse()))
                .containsExactly(
                        "Mapae has no settings here, and does nothing: it enforces no annotation, and methods with"
                                + " @Scopes answer 503");
        assertThat(application.registered).hasExactlyElementsOfTypes(Unconfigured.class);
    }

    @Test
    void withPropertiesItRegisters() {
        Application application = new Application();
        SETTINGS.forEach((name, value) -> application.properties.put("mapae." + name, value));
        assertThat(application.logOf(() ->
                        assertThat(application.configure(new MapaeFeature())).isTrue()))
                .isEmpty();
        assertThat(application.registered)
                .hasExactlyElementsOfTypes(
                        BearerTokenRequestFilter.class,
                        CorsFilter.class,
                        DemandFilter.class,
                        EarlyReader.class,
                        ClaimTypeMapper.class);
    }

    /** Else a rule for /admin would miss /app/admin, and whatever comes after it would count. */
    @Test
    void rulesByPathNeedAKnownApplication() {
        Map<String, String> byPath = new HashMap<>(SETTINGS);
        byPath.put("rules", "/admin/** role admin; /** permit");
        assertThatThrownBy(() -> new Application().configure(new MapaeFeature(byPath)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rules: by path");
        byPath.put("rules", "POST /** role admin; /** permit");
        assertThat(new Application().configure(new MapaeFeature(byPath))).isTrue();
    }

    @Test
    void withSettingsOfItsOwnItRegisters() {
        Application application = new Application();
        assertThat(application.configure(new MapaeFeature(SETTINGS))).isTrue();
        assertThat(application.registered).hasSize(5);
    }

    @Test
    void itsOwnSettingsAreStronger() {
        Application application = new Application();
        application.properties.put("mapae.clock-skew", "a while");
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("clock-skew", "PT1S");
        assertThat(application.configure(new MapaeFeature(settings))).isTrue();
    }

    @Test
    void propertiesNeedNotBeText() {
        Application application = new Application();
        application.properties.put("mapae.fail-fast", true);
        application.properties.put("mapae.max-token-length", 4096);
        assertThat(application.configure(new MapaeFeature(SETTINGS))).isTrue();
    }

    @Test
    void misspeltPropertiesStopTheStart() {
        Application application = new Application();
        application.properties.put("mapae.isuer", TokenBuilder.ISSUER);
        assertThatThrownBy(() -> application.configure(new MapaeFeature(SETTINGS)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("JAX-RS property mapae.isuer: unknown, did you mean mapae.issuer?");
        assertThat(application.registered).isEmpty();
    }

    /** Silence would leave the application open to everybody. */
    @ParameterizedTest
    @ValueSource(strings = {"mapae.isuer", "mapae.realm"})
    void oneSettingIsEnoughToBeMeant(String name) {
        Application application = new Application();
        application.properties.put(name, "x");
        assertThatThrownBy(() -> application.configure(new MapaeFeature()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("issuer");
    }

    @Test
    void theSecondOneDoesNothing() {
        Application application = new Application();
        assertThat(application.configure(new MapaeFeature(SETTINGS))).isTrue();
        List<Object> first = List.copyOf(application.registered);
        assertThat(application.logOf(() ->
                        assertThat(application.configure(new MapaeFeature())).isFalse()))
                .isEmpty();
        assertThat(application.registered).isEqualTo(first);
    }

    /** A JAX-RS application, as its features see it. */
    static final class Application {
        private final Map<String, Object> properties = new HashMap<>();
        final List<Object> registered = new ArrayList<>();
        private final FeatureContext context = Fake.of(FeatureContext.class, this);

        boolean configure(MapaeFeature feature) {
            return feature.configure(context);
        }

        /** What the feature says meanwhile. */
        List<String> logOf(Runnable work) {
            try (Log log = new Log("io.mapae.jaxrs")) {
                work.run();
                return log.lines;
            }
        }

        Configuration getConfiguration() {
            return Fake.of(Configuration.class, this);
        }

        Map<String, Object> getProperties() {
            return properties;
        }

        boolean isRegistered(Class<?> type) {
            return registered.stream().anyMatch(type::isInstance);
        }

        FeatureContext register(Object component) {
            registered.add(component);
            return context;
        }
    }
}
