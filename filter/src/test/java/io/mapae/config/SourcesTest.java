package io.mapae.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.http.Demand;
import io.mapae.identity.ClaimPath;
import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where settings come from, and what wins. */
class SourcesTest {
    @TempDir
    private Path directory;

    /** The sources, strongest first, each with a realm of its own name. */
    private static List<String> sources() {
        return List.of(
                "programmatic",
                "property",
                "environment",
                "init-param",
                "JAX-RS",
                "context-param",
                "file",
                "default",
                "none");
    }

    private Place from(List<String> sources) throws IOException {
        Place place = new Place();
        for (String source : sources) {
            switch (source) {
                case "programmatic" -> place.programmatic.put("realm", source);
                case "property" -> place.properties.put("mapae.realm", source);
                case "environment" -> place.environment.put("MAPAE_REALM", source);
                case "init-param" -> place.initParams.put("realm", source);
                case "JAX-RS" -> place.jaxrsProperties.put("mapae.realm", source);
                case "default" -> place.defaults.put("realm", source);
                case "context-param" -> place.contextParams.put("mapae.realm", source);
                case "file" ->
                    place.initParams.put(
                            "config",
                            Files.writeString(directory.resolve("a.properties"), "realm = file")
                                    .toString());
                default -> {}
            }
        }
        return place;
    }

    private static Stream<Arguments> strongest() {
        return IntStream.range(0, sources().size())
                .mapToObj(i -> Arguments.of(
                        sources().get(i), sources().subList(i, sources().size())));
    }

    @ParameterizedTest(name = "{0} wins in {1}")
    @MethodSource("strongest")
    void theStrongestSourceWins(String winner, List<String> among) throws IOException {
        assertThat(from(among).read().gate().realm().orElse("none")).isEqualTo(winner);
    }

    @Test
    void anEmptyValueIsNoValue() {
        Place place = new Place();
        place.programmatic.put("realm", "");
        place.environment.put("MAPAE_REALM", "  ");
        place.contextParams.put("mapae.realm", "context");
        assertThat(place.read().gate().realm()).contains("context");
    }

    @Test
    void environmentNamesAreMadeFromTheSettings() {
        Place place = new Place();
        place.environment.putAll(Map.of("MAPAE_CORS_ORIGINS", "https://a.example", "MAPAE_TOKEN_COOKIE", "t"));
        assertThat(place.read().gate().corsOrigins()).containsExactly("https://a.example");
        assertThat(place.read().gate().tokenCookie()).contains("t");
        assertThat(place.read().warnings()).isEmpty();
    }

    @Test
    void readsTheFileOnTheClassPathByEitherName() {
        Place place = new Place().resource("mapae.properties", "mapae.realm = Köln 1\nclock-skew = PT1S");
        assertThat(place.problems()).isEqualTo("realm (mapae.properties, realm = Köln 1): expected printable ASCII");
        place.resource("mapae.properties", "mapae.realm = r\nclock-skew = PT1S\ntoken-cookie = plain");
        assertThat(place.read().gate().realm()).contains("r");
        assertThat(place.policy().times().clockSkew()).hasSeconds(1);
        assertThat(place.read().gate().tokenCookie()).contains("plain");
    }

    @Test
    void aFileSaysASettingByOneNameOnly() {
        assertThat(new Place()
                        .resource("mapae.properties", "realm = a\nmapae.realm = a\nmapae.token-cookie = t")
                        .problems())
                .isEqualTo("realm (mapae.properties, realm and mapae.realm): given twice");
    }

    @Test
    void theNamedFileReplacesTheOneOnTheClassPath() throws IOException {
        Place place = from(List.of("file")).resource("mapae.properties", "token-cookie = t");
        assertThat(place.read().gate().realm()).contains("file");
        assertThat(place.read().gate().tokenCookie()).isEmpty();
    }

    @Test
    void aNamedFileMustBeThere() {
        assertThat(Place.with("config", "/nowhere/a.properties").problems())
                .isEqualTo("config (filter init-param config = /nowhere/a.properties):"
                        + " no readable properties file (NoSuchFileException)");
        assertThat(new Place().resource("mapae.properties", "realm = \\u00zz").problems())
                .isEqualTo("config: mapae.properties is no readable properties file (IOException)");
    }

    @Test
    void unknownNamesAreProblemsWhereOnlyWeWrite() {
        Place place = new Place().resource("mapae.properties", "reelm = x");
        place.programmatic.put("clok-skew", "PT1S");
        place.initParams.put("isuer", "x");
        place.contextParams.put("mapae.audiense", "x");
        place.contextParams.put("mapae.quite-another-thing", "x");
        place.contextParams.put("somebody.elses", "x");
        assertThat(place.problems()).isEqualTo("""
                        programmatic setting clok-skew: unknown, did you mean clock-skew?
                        filter init-param isuer: unknown, did you mean issuer?
                        context-param mapae.audiense: unknown, did you mean mapae.audience?
                        context-param mapae.quite-another-thing: unknown
                        mapae.properties, reelm: unknown, did you mean realm?""");
    }

    @Test
    void unknownNamesAreAWarningWhereOthersWriteToo() {
        Place place = new Place();
        place.environment.putAll(Map.of("MAPAE_PORT", "tcp://10.0.0.1:80", "MAPAE_SERVICE_HOST", "x", "PATH", "x"));
        place.properties.putAll(Map.of("mapae.isuer", "x", "java.home", "x"));
        assertThat(place.read().warnings())
                .containsExactly(
                        "Unknown, and ignored: system property mapae.isuer (did you mean mapae.issuer?)",
                        "Unknown, and ignored: environment variable MAPAE_PORT, MAPAE_SERVICE_HOST");
    }

    @Test
    void allProblemsAreReportedTogether() {
        Place place = Place.empty().and("clock-skew", "1h").and("isuer", "x").and("rules", "nonsense");
        assertThat(place.problems().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("filter init-param isuer: unknown"),
                        line -> assertThat(line).startsWith("rules (filter init-param rules = nonsense): expected"),
                        line -> assertThat(line).startsWith("clock-skew (filter init-param clock-skew = 1h): expected"),
                        line -> assertThat(line).isEqualTo("issuer: required"),
                        line -> assertThat(line).isEqualTo("audience: required"));
    }

    /** What is read where the class path has this as its MicroProfile Config. */
    private Assembly readWithMicroProfile(Place place, String text) throws IOException {
        Path file = directory.resolve("META-INF/microprofile-config.properties");
        Files.createDirectories(directory.resolve("META-INF"));
        Files.writeString(file, text);
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            return Configuration.read(
                    new Surroundings(
                            Map.of(),
                            Map.of(),
                            Map.of(),
                            place.initParams,
                            Map.of(),
                            Map.of(),
                            classes,
                            place.defaults),
                    InstantSource.system());
        }
    }

    @Test
    void microProfileConfigIsWeakerThanAllButTheAdaptersDefaults() throws IOException {
        Place place = Place.with("realm", "init-param");
        place.defaults.putAll(Map.of("realm", "default", "token-cookie", "default", "clock-skew", "PT7S"));
        Assembly assembly = readWithMicroProfile(place, "mapae.realm = MicroProfile\nmapae.token-cookie = t");
        assertThat(assembly.gate().realm()).contains("init-param");
        assertThat(assembly.gate().tokenCookie()).contains("t");
        assertThat(assembly.issuers().get(0).issuer().policy().times().clockSkew())
                .hasSeconds(7);
    }

    /** A default of the adapter is stronger than that of the table, and an empty value does not hide it. */
    @Test
    void theAdaptersDefaultCountsWhereNobodySaysAnything() {
        Place place = new Place();
        place.defaults.put("unannotated", "deny");
        place.jaxrsProperties.put("mapae.unannotated", " ");
        assertThat(place.read().unannotated()).isEqualTo(Demand.DENY);
        place.contextParams.put("mapae.unannotated", "permit");
        assertThat(place.read().unannotated()).isEqualTo(Demand.PERMIT);
    }

    @Test
    void unknownJaxRsPropertiesAreProblems() {
        Place place = new Place();
        place.jaxrsProperties.putAll(Map.of(
                "mapae.clok-skew", "PT1S",
                "mapae.quite-another-thing", "x",
                "mapae.", "x",
                "realm", "another's",
                "MAPAE.realm", "another's",
                "mapaé.realm", "another's",
                "jersey.config.server.tracing.type", "ALL"));
        assertThat(place.problems()).isEqualTo("""
                        JAX-RS property mapae.: unknown
                        JAX-RS property mapae.clok-skew: unknown, did you mean mapae.clock-skew?
                        JAX-RS property mapae.quite-another-thing: unknown""");
        assertThat(from(place.jaxrsProperties, "mapae.realm").read().gate().realm())
                .contains("x");
    }

    private static Place from(Map<String, String> others, String name) {
        Place place = new Place();
        place.jaxrsProperties.putAll(others);
        place.jaxrsProperties.keySet().removeIf(key -> key.startsWith("mapae."));
        place.jaxrsProperties.put(name, "x");
        return place;
    }

    @Test
    void saysWhichJaxRsPropertyIsWrong() {
        Place place = new Place();
        place.jaxrsProperties.put("mapae.clock-skew", "1h");
        place.jaxrsProperties.put("mapae.unannotated", "denied");
        assertThat(place.problems()).isEqualTo("""
                        unannotated (JAX-RS property mapae.unannotated = denied): expected one of authenticated, permit, deny
                        clock-skew (JAX-RS property mapae.clock-skew = 1h): expected an ISO 8601 duration from PT0S to PT5M, such as PT30S""");
    }

    @Test
    void aSecretAmongJaxRsPropertiesIsNotShown() {
        Place place = Place.with("public-key", "");
        place.jaxrsProperties.put("mapae.secret", "hidden-1");
        place.jaxrsProperties.put("mapae.trust-store-password", "hidden-2");
        place.defaults.put("jwks-uri", "hidden-3");
        assertThat(place.problems()).contains("JAX-RS property mapae.secret").doesNotContain("hidden");
        assertThat(place.surroundings().toString()).doesNotContain("hidden");
        assertThat(List.of(Source.properties(place.jaxrsProperties), Source.defaults(place.defaults)))
                .noneMatch(source -> source.toString().contains("hidden"));
    }

    @ParameterizedTest
    @CsvSource({
        "'',            AUTHENTICATED",
        "authenticated, AUTHENTICATED",
        "permit,        PERMIT",
        "deny,          DENY",
        "' deny ',      DENY"
    })
    void whatIsDemandedWhereAnnotationsSayNothing(String text, Demand.Kind kind) {
        assertThat(Place.with("unannotated", text).read().unannotated()).isEqualTo(new Demand(kind, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PERMIT ALL", "permitAll", "true", "none", "role user", "deny;"})
    void whatElseIsDemandedIsRefused(String text) {
        assertThat(Place.with("unannotated", text).problems())
                .isEqualTo("unannotated (filter init-param unannotated = " + text
                        + "): expected one of authenticated, permit, deny");
    }

    @Test
    void whatMicroProfileConfigCannotReadIsNotTakenForUnset() {
        assertThatThrownBy(() -> readWithMicroProfile(
                        Place.with("audience", ""),
                        "mapae.realm = ${nowhere}\nmapae.audience = a\nmapae.clock-skew = 1"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Mapae cannot start:"
                        + "\n  realm (MicroProfile Config mapae.realm): cannot be read"
                        + "\n  clock-skew (MicroProfile Config mapae.clock-skew = 1):"
                        + " expected an ISO 8601 duration from PT0S to PT5M, such as PT30S");
    }

    @Test
    void microProfileConfigMayBeAbsent() {
        ClassLoader without = ClassLoader.getPlatformClassLoader();
        assertThat(new Surroundings(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), without, Map.of())
                        .microProfile(Settings.all()))
                .isEqualTo(Source.microProfile(Map.of(), List.of()));
    }

    @Test
    void showsNoValueAsText() {
        Map<String, String> programmatic = Map.of("secret", "hidden-1");
        Map<String, String> environment = Map.of("MAPAE_SECRET", "hidden-2", "mapae.secret", "hidden-3");
        Map<String, String> params = Map.of("secret", "hidden-4");
        Map<String, String> context = Map.of("mapae.secret", "hidden-5");
        Surroundings around = new Surroundings(
                programmatic,
                environment,
                environment,
                params,
                context,
                context,
                ClassLoader.getPlatformClassLoader(),
                Map.of());
        assertThat(around).hasToString("Surroundings[[secret], [secret], [mapae.secret]]");
        assertThat(Source.environment(environment)).hasToString("Source[environment variable]");
        assertThat(List.of(
                        Source.programmatic(programmatic),
                        Source.systemProperties(environment),
                        Source.initParams(params),
                        Source.contextParams(context),
                        Source.file("a", params),
                        Source.microProfile(context, List.of())))
                .noneMatch(source -> source.toString().contains("hidden"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "xx,",
        "rlm,",
        "atuo,",
        "ato, auto",
        "autoo, auto",
        "origgns, origins",
        "orisins1, origins",
        "clock-skew123, clock-skew",
        "clock-skew1234,"
    })
    void suggestsANameForAThirdOfTyposAndThreeAtMost(String entry, String suggestion) {
        assertThat(Place.with(entry, "x").problems())
                .isEqualTo("filter init-param " + entry + ": unknown"
                        + (suggestion == null ? "" : ", did you mean " + suggestion + "?"));
    }

    private static Stream<Arguments> presets() {
        return Stream.of(
                Arguments.of(
                        "keycloak",
                        List.of("realm_access/roles", "resource_access/{audience}/roles"),
                        List.of("scope", "scp"),
                        "aud",
                        Map.of()),
                Arguments.of("entra", List.of("roles"), List.of("scp"), "aud", Map.of()),
                Arguments.of("auth0", List.of("groups"), List.of("scope", "permissions"), "aud", Map.of()),
                Arguments.of("okta", List.of("groups"), List.of("scp"), "aud", Map.of()),
                Arguments.of(
                        "cognito",
                        List.of("cognito:groups"),
                        List.of("scope", "scp"),
                        "client_id",
                        Map.of("token_use", "access")));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void aPresetFillsTheClaimSettings(
            String preset,
            List<String> roles,
            List<String> scopes,
            String audienceClaim,
            Map<String, String> demanded) {
        Place place = Place.with("preset", preset);
        assertThat(place.mapping().roles()).extracting(ClaimPath::text).isEqualTo(roles);
        assertThat(place.mapping().scopes()).extracting(ClaimPath::text).isEqualTo(scopes);
        assertThat(place.policy().audience().claim()).isEqualTo(audienceClaim);
        assertThat(place.policy().demandedValues()).isEqualTo(demanded);
    }

    @Test
    void anExplicitSettingWinsOverThePreset() {
        Place place = Place.with("preset", "keycloak").and("roles-claims", "r");
        assertThat(place.mapping().roles()).extracting(ClaimPath::text).containsExactly("r");
        assertThat(place.mapping().audiences()).isEqualTo(Set.of("https://api.example"));
    }

    @Test
    void autoIsReadWithoutTheRest() {
        Place place = Place.empty();
        assertThat(Configuration.isAutomatic(place.surroundings())).isFalse();
        place.contextParams.put("mapae.auto", "true");
        assertThat(Configuration.isAutomatic(place.surroundings())).isTrue();
        place.contextParams.put("mapae.auto", "ture");
        assertThatThrownBy(() -> Configuration.isAutomatic(place.surroundings()))
                .hasMessageContaining("auto (context-param mapae.auto = ture): expected true or false");
    }

    @Test
    void aMistypedAutoIsNotTakenForSilence() {
        Place place = Place.empty();
        place.contextParams.put("mapae.atuo", "true");
        assertThatThrownBy(() -> Configuration.isAutomatic(place.surroundings()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("context-param mapae.atuo: unknown, did you mean mapae.auto?");
    }

    /** Whoever misspells what is required learns of it by what is missing. */
    @Test
    void whatIsIgnoredIsToldWithTheProblems() {
        Place place = Place.empty();
        place.environment.putAll(Map.of("MAPAE_ISUER", "x", "MAPAE_AUDIENCE", "x", "MAPAE_PORT", "80"));
        assertThat(place.problems()).isEqualTo("""
                        issuer: required
                        Unknown, and ignored: environment variable MAPAE_ISUER (did you mean MAPAE_ISSUER?), MAPAE_PORT""");
        place.environment.remove("MAPAE_AUDIENCE");
        assertThat(Configuration.isPresent(place.surroundings())).isFalse();
        assertThat(Configuration.ignored(place.surroundings()))
                .containsExactly("Unknown, and ignored: environment variable MAPAE_ISUER (did you mean MAPAE_ISSUER?),"
                        + " MAPAE_PORT");
    }

    @Test
    void keysOfAFileAreOpened() throws IOException {
        Path file =
                Files.writeString(directory.resolve("key.pem"), TestKey.rsa().publicPem());
        assertThat(Place.with("public-key", file.toUri().toString()).problems()).isEmpty();
        assertThat(Place.with("public-key", "file:" + file).problems()).isEmpty();
    }
}
