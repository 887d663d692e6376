package io.mapae.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of other modules. */
class DeclaredTest {
    static final Setting<Duration> LIFETIME = Setting.of(
            "service.lifetime", "PT10M", Syntaxes.duration(Duration.ofSeconds(1), Duration.ofHours(1)), "how long");
    static final Setting<Set<String>> AUDIENCE = Setting.of("service.audience", "", Syntaxes.set(), "for whom");
    static final Setting<String> SECRET = Setting.concealed("service.secret", Syntaxes.printable(), "hidden");

    /** Found by name. */
    public static final class Service implements Declaration {
        @Override
        public List<Setting<?>> settings() {
            return List.of(LIFETIME, AUDIENCE, SECRET);
        }
    }

    /** Takes names of others, and for itself what only an issuer can have. */
    public static final class Intruder implements Declaration {
        @Override
        public List<Setting<?>> settings() {
            return List.of(
                    Setting.of("realm", "", Syntaxes.printable(), "ours"),
                    new Setting<>("service.x", "", false, Setting.Scope.ISSUER, Syntaxes.printable(), "an issuer's"));
        }
    }

    private static Place with(Class<?> declaration) {
        return with(declaration, new Place());
    }

    private static Place with(Class<?> declaration, Place place) {
        place.classes = new ClassLoader(DeclaredTest.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.equals("META-INF/services/" + Declaration.class.getName())
                        ? Collections.enumeration(List.of(text(declaration.getName())))
                        : super.getResources(name);
            }
        };
        return place;
    }

    private static URL text(String text) throws MalformedURLException {
        return new URL(null, "text:", new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new URLConnection(url) {
                    @Override
                    public void connect() {}

                    @Override
                    public ByteArrayInputStream getInputStream() {
                        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                    }
                };
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"programmatic", "init-param", "context-param", "file", "JAX-RS", "property", "environment"})
    void areKnownToEverySourceAndReadFromIt(String source) {
        Place place = with(Service.class);
        put(place, source, "service.lifetime", "PT5M");
        assertThat(place.problems()).isEmpty();
        assertThat(place.read().warnings()).isEmpty();
        assertThat(Declared.read(place.surroundings()).get(LIFETIME)).contains(Duration.ofMinutes(5));
        assertThat(Declared.read(place.surroundings()).isSet(LIFETIME)).isTrue();
        Place nothingElse = with(Service.class, Place.empty());
        assertThat(Configuration.isPresent(nothingElse.surroundings())).isFalse();
        put(nothingElse, source, "service.lifetime", "PT5M");
        assertThat(Configuration.isPresent(nothingElse.surroundings())).isTrue();
    }

    private static void put(Place place, String source, String name, String value) {
        switch (source) {
            case "programmatic" -> place.programmatic.put(name, value);
            case "init-param" -> place.initParams.put(name, value);
            case "context-param" -> place.contextParams.put("mapae." + name, value);
            case "file" -> place.resource("mapae.properties", "mapae." + name + " = " + value);
            case "JAX-RS" -> place.jaxrsProperties.put("mapae." + name, value);
            case "property" -> place.properties.put("mapae." + name, value);
            default ->
                place.environment.put(
                        Source.environment(place.environment).key().apply(name), value);
        }
    }

    @Test
    void fallBackToTheirDefaults() {
        Declared declared = Declared.read(with(Service.class).surroundings());
        assertThat(declared.must(LIFETIME)).isEqualTo(Duration.ofMinutes(10));
        assertThat(declared.get(AUDIENCE)).isEmpty();
        assertThat(declared.isSet(LIFETIME)).isFalse();
        declared.throwIfAnyProblem();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "programmatic  | service.lifetim | programmatic setting service.lifetim: unknown, did you mean service.lifetime?",
                "init-param    | service.other-one | filter init-param service.other-one: unknown",
                "context-param | servise.secret  | context-param mapae.servise.secret: unknown, did you mean mapae.service.secret?"
            })
    void areAmongWhatMayHaveBeenMeant(String source, String name, String problem) {
        Place place = with(Service.class);
        put(place, source, name, "x");
        assertThat(place.problems()).isEqualTo(problem);
    }

    @Test
    void haveTheirProblemsToldAllAtOnce() {
        Place place = with(Service.class).and("service.lifetime", "5").and("service.secret", "hidden\u00fc");
        place.contextParams.put("mapae.nonsense-at-all", "x");
        Declared declared = Declared.read(place.surroundings());
        assertThat(declared.get(LIFETIME)).isEmpty();
        assertThat(declared.get(SECRET)).isEmpty();
        declared.require(AUDIENCE);
        declared.problem(SECRET, "too short");
        assertThatThrownBy(declared::throwIfAnyProblem)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        Mapae cannot start:
                          context-param mapae.nonsense-at-all: unknown
                          service.lifetime (filter init-param service.lifetime = 5):\
                         expected an ISO 8601 duration from PT1S to PT1H, such as PT30S
                          service.secret (filter init-param service.secret): expected printable ASCII
                          service.audience: required
                          service.secret (filter init-param service.secret): too short""");
    }

    /** So that whoever starts first tells of everything. */
    @Test
    void haveTheirProblemsToldByTheFilterToo() {
        assertThat(with(Service.class)
                        .and("service.lifetime", "5")
                        .and("realm", "\u00fc")
                        .problems())
                .contains("service.lifetime (", "realm (");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "init-param    | service.path | filter init-param service.path: unknown, needs mapae-token-service",
                "context-param | service.path | context-param mapae.service.path: unknown, needs mapae-token-service",
                "file          | service.path | mapae.properties, service.path: unknown, needs mapae-token-service",
                "init-param    | servicepath  | filter init-param servicepath: unknown"
            })
    void needTheirModule(String source, String name, String problem) {
        Place place = new Place();
        put(place, source, name, "/auth");
        assertThat(place.problems()).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({"environment, environment variable MAPAE_SERVICE_PATH", "property, system property mapae.service.path"})
    void areAWarningWithoutTheirModuleWhereOthersWriteToo(String source, String place) {
        Place given = new Place();
        put(given, source, "service.path", "/auth");
        assertThat(given.read().warnings())
                .containsExactly(
                        "Unknown, and ignored: " + place + " (a setting of that name needs mapae-token-service)");
    }

    @Test
    void takeNoNameOfOurs() {
        assertThat(with(Intruder.class).problems())
                .isEqualTo("realm: cannot be declared by " + Intruder.class.getName()
                        + "\nservice.x: cannot be declared by " + Intruder.class.getName());
    }

    @Test
    void cannotBeKnownWhereTheirListCannotBeLoaded() {
        assertThat(with(DeclaredTest.class).problems())
                .isEqualTo("a service io.mapae.config.Declaration cannot be loaded");
    }
}
