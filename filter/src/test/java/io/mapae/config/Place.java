package io.mapae.config;

import io.mapae.identity.CallerMapping;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.Policy;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Surroundings to put settings into; they hold what is required, unless told otherwise. */
final class Place {
    final Map<String, String> programmatic = new HashMap<>();
    final Map<String, String> properties = new HashMap<>();
    final Map<String, String> environment = new HashMap<>();
    final Map<String, String> initParams = new HashMap<>(Map.of(
            "issuer", TokenBuilder.ISSUER,
            "audience", TokenBuilder.AUDIENCE,
            "public-key", TestKey.rsa().publicJwk()));
    final Map<String, String> contextParams = new HashMap<>();
    final Map<String, String> jaxrsProperties = new HashMap<>();
    final Map<String, String> defaults = new HashMap<>();
    ClassLoader classes = Place.class.getClassLoader();
    private final Map<String, String> resources = new HashMap<>();

    static Place empty() {
        Place place = new Place();
        place.initParams.clear();
        return place;
    }

    /** The required settings and this one; an empty text takes a required one away. */
    static Place with(String name, String value) {
        return new Place().and(name, value);
    }

    Place and(String name, String value) {
        initParams.put(name, value);
        return this;
    }

    Place resource(String name, String text) {
        resources.put(name, text);
        return this;
    }

    Surroundings surroundings() {
        ClassLoader withResources = new ClassLoader(classes) {
            @Override
            public @Nullable InputStream getResourceAsStream(String name) {
                String text = resources.get(name);
                return text == null
                        ? super.getResourceAsStream(name)
                        : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            }
        };
        return new Surroundings(
                        programmatic,
                        properties,
                        environment,
                        initParams,
                        Map.of(),
                        contextParams,
                        withResources,
                        Map.of())
                .of(jaxrsProperties, defaults);
    }

    Assembly read() {
        return Configuration.read(surroundings(), InstantSource.system());
    }

    /** Of the only issuer. */
    Policy policy() {
        return read().issuers().get(0).issuer().policy();
    }

    /** Of the only issuer. */
    CallerMapping mapping() {
        return read().issuers().get(0).mapping();
    }

    /** What start-up says: the problems, a line each; empty where there is none. */
    String problems() {
        try {
            read();
            return "";
        } catch (ConfigurationException e) {
            return String.valueOf(e.getMessage())
                    .replace("Mapae cannot start:\n  ", "")
                    .replace("\n  ", "\n");
        }
    }
}
