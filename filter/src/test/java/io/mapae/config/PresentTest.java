package io.mapae.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether anybody wants anything of us: an application where nobody does is left alone, any other one never. */
class PresentTest {
    @TempDir
    private Path directory;

    private static boolean isPresent(Place place) {
        return Configuration.isPresent(place.surroundings());
    }

    @Test
    void withNothingThereIsNothing() {
        assertThat(isPresent(Place.empty())).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1} = {2} -> {3}")
    @CsvSource({
        "programmatic, issuer,              https://a, true",
        "programmatic, auto,                false,     true",
        "programmatic, isuer,               https://a, true",
        "init-param,   realm,               r,         true",
        "init-param,   reelm,               r,         true",
        "JAX-RS,       mapae.issuer,        https://a, true",
        "JAX-RS,       mapae.isuer,         https://a, true",
        "JAX-RS,       mapae.issuer.a.uri,  https://a, true",
        "JAX-RS,       issuer,              https://a, false",
        "JAX-RS,       jersey.config.trace, ALL,       false",
        "context,      mapae.issuer,        https://a, true",
        "context,      mapae.isuer,         https://a, true",
        "context,      mapae.unannotated,   deny,      true",
        "context,      issuer,              https://a, false",
        "context,      somebody.elses,      x,         false",
        "file,         issuer,              https://a, true",
        "file,         mapae.issuer,        https://a, true",
        "file,         isuer,               https://a, true",
        "property,     mapae.issuer,        https://a, true",
        "property,     mapae.issuers,       a,         true",
        "property,     mapae.config,        /nowhere,  true",
        "property,     mapae.isuer,         https://a, false",
        "property,     java.home,           x,         false",
        "environment,  MAPAE_ISSUER,        https://a, true",
        "environment,  MAPAE_ISSUERS,       a,         true",
        "environment,  MAPAE_CONFIG,        /nowhere,  true",
        "environment,  MAPAE_RULES,         nonsense,  true",
        "environment,  MAPAE_ISSUER,        '  ',      false",
        "environment,  MAPAE_PORT,          tcp://x,   false",
        "environment,  MAPAE_SERVICE_HOST,  10.0.0.1,  false",
        "environment,  mapae.issuer,        https://a, false",
        "environment,  PATH,                x,         false",
        "default,      issuer,              https://a, false",
        "default,      rules,               /** permit, false"
    })
    void whereSomebodySaysAnythingToUs(String source, String name, String value, boolean present) {
        Place place = Place.empty();
        switch (source) {
            case "programmatic" -> place.programmatic.put(name, value);
            case "init-param" -> place.initParams.put(name, value);
            case "JAX-RS" -> place.jaxrsProperties.put(name, value);
            case "context" -> place.contextParams.put(name, value);
            case "file" -> place.resource("mapae.properties", name + " = " + value);
            case "property" -> place.properties.put(name, value);
            case "environment" -> place.environment.put(name, value);
            default -> place.defaults.put(name, value);
        }
        assertThat(isPresent(place)).isEqualTo(present);
    }

    @Test
    void anEmptyFileSaysNothing() {
        assertThat(isPresent(Place.empty().resource("mapae.properties", "# nothing\n")))
                .isFalse();
    }

    /** Silence would leave open what somebody wanted to be closed; read() says what is wrong. */
    @Test
    void aFileThatCannotBeReadSaysSomething() {
        assertThat(isPresent(Place.empty().resource("mapae.properties", "issuer = \\u00zz")))
                .isTrue();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "mapae.issuer = https://a,    true",
        "mapae.issuer = ${nowhere},   true",
        "mapae.issuer.a.uri = x,      false",
        "mapae.isuer = https://a,     false",
        "mapae.issuer =,              false",
        "another = x,                 false"
    })
    void microProfileConfigIsASourceToo(String text, boolean present) throws IOException {
        Path file = directory.resolve("META-INF/microprofile-config.properties");
        Files.createDirectories(directory.resolve("META-INF"));
        Files.writeString(file, text);
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            Map<String, String> none = new HashMap<>();
            Surroundings around = new Surroundings(none, none, none, none, none, none, classes, none);
            assertThat(Configuration.isPresent(around)).isEqualTo(present);
        }
    }
}
