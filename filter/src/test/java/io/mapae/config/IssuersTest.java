package io.mapae.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.config.Assembly.Trusted;
import io.mapae.config.Setting.Scope;
import io.mapae.identity.ClaimPath;
import io.mapae.jws.Algorithm;
import io.mapae.jws.Header;
import io.mapae.testkit.TestKey;
import io.mapae.verify.Policy;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several issuers: which settings are whose. */
class IssuersTest {
    private static final String SECRET = TestKey.hmac(32).secretText();

    /** Two issuers with all that they need, changed by {@code name=value; …}; an empty value takes one away. */
    static Place two(String changes) {
        Place place = Place.empty()
                .and("issuers", "a, b")
                .and("audience", "x")
                .and("issuer.a.uri", "https://a.example")
                .and("issuer.a.public-key", TestKey.rsa().publicJwk())
                .and("issuer.b.uri", "https://b.example")
                .and("issuer.b.public-key", TestKey.otherRsa().publicJwk());
        return change(place, changes);
    }

    static Place change(Place place, String changes) {
        for (String change : changes.split(" ?; ?", 0)) {
            String[] pair = change.replace("SECRET", SECRET)
                    .replace("RSA", TestKey.rsa().publicJwk())
                    .split("=", 2);
            if (pair.length == 2) {
                place.and(pair[0], pair[1]);
            }
        }
        return place;
    }

    private static List<Policy> policies(Place place) {
        return place.read().issuers().stream()
                .map(trusted -> trusted.issuer().policy())
                .toList();
    }

    // whose a value is

    private static Stream<Setting<?>> ofIssuers() {
        return Settings.all().stream().filter(setting -> setting.scope() != Scope.APPLICATION && !setting.isFamily());
    }

    /** The weakest source says it of the issuer, the strongest of the application. */
    @ParameterizedTest
    @MethodSource("ofIssuers")
    void anIssuersOwnValueIsStrongerThanTheApplications(Setting<?> setting) {
        String own = "issuer.a." + setting.name();
        Values values = new Values(Settings.all());
        values.add(Source.programmatic(Map.of(setting.name(), "application's")));
        values.add(Source.microProfile(Map.of("mapae." + own, "own"), List.of()));
        assertThat(values.of(Optional.of("a")).name(setting)).isEqualTo(own);
        assertThat(values.of(Optional.of("a")).isOwn(setting)).isTrue();
        assertThat(values.of(Optional.of("b")).isSet(setting)).isEqualTo(setting.scope() == Scope.ISSUER);
        assertThat(values.of(Optional.of("b")).isOwn(setting)).isFalse();
    }

    @Test
    void onlyWhatSaysWhoSomebodyIsHasNoDefault() {
        assertThat(ofIssuers().filter(setting -> setting.scope() != Scope.ISSUER))
                .extracting(Setting::name)
                .containsExactlyInAnyOrder("uri", "tenants", "public-key", "secret");
    }

    @Test
    void eachIssuerHasItsOwnPolicy() {
        Place place = two("issuer.a.audience=y; clock-skew=PT1S; issuer.b.clock-skew=PT2S; issuer.b.algorithms=RS256;"
                + "principal-claim=p; issuer.a.token-types=JWT; issuer.b.max-token-age=PT1H; max-token-length=300");
        assertThat(policies(place))
                .satisfiesExactly(
                        a -> {
                            assertThat(a.issuer()).isEqualTo("https://a.example");
                            assertThat(a.audience().accepted()).containsExactly("y");
                            assertThat(a.times().clockSkew()).hasSeconds(1);
                            assertThat(a.times().maxAge()).isEmpty();
                            assertThat(a.algorithms()).isEqualTo(Policy.ASYMMETRIC);
                            assertThat(a.types()).isEqualTo(new Policy.Types(Set.of("jwt"), false));
                            assertThat(a.nameClaims()).containsExactly("p");
                            assertThat(a.maxLength()).isEqualTo(300);
                        },
                        b -> {
                            assertThat(b.issuer()).isEqualTo("https://b.example");
                            assertThat(b.audience().accepted()).containsExactly("x");
                            assertThat(b.times().clockSkew()).hasSeconds(2);
                            assertThat(b.times().maxAge()).isPresent();
                            assertThat(b.algorithms()).containsExactly(Algorithm.RS256);
                            assertThat(b.types()).isEqualTo(new Policy.Types(Set.of("jwt", "at+jwt"), true));
                            assertThat(b.nameClaims()).containsExactly("p");
                            assertThat(b.maxLength()).isEqualTo(300);
                        });
    }

    @ParameterizedTest(name = "{0} -> {1} and {2}")
    @CsvSource(delimiter = '|', textBlock = """
            issuer.a.preset=keycloak                                      | realm_access/roles resource_access/{audience}/roles | groups
            issuer.a.preset=keycloak; issuer.b.preset=entra               | realm_access/roles resource_access/{audience}/roles | roles
            preset=keycloak; issuer.b.preset=entra                        | realm_access/roles resource_access/{audience}/roles | roles
            issuer.a.preset=keycloak; roles-claims=r                      | r                                                   | r
            preset=keycloak; issuer.a.roles-claims=r                      | r                                                   | realm_access/roles resource_access/{audience}/roles
            issuer.a.preset=entra; roles-claims=r; issuer.a.roles-claims=s | s                                                  | r
            """)
    void aPresetIsWeakerThanEveryExplicitSetting(String settings, String ofA, String ofB) {
        assertThat(two(settings).read().issuers())
                .extracting(trusted ->
                        trusted.mapping().roles().stream().map(ClaimPath::text).collect(Collectors.joining(" ")))
                .containsExactly(ofA, ofB);
    }

    @Test
    void aPresetDemandsOfItsIssuersTokensAlone() {
        assertThat(policies(two("issuer.b.preset=cognito")))
                .extracting(Policy::demandedValues)
                .containsExactly(Map.of(), Map.of("token_use", "access"));
    }

    // where the keys are

    @ParameterizedTest(name = "{0}: a has {1}, b has {2}")
    @CsvSource(delimiter = '|', textBlock = """
            realm=r                                                | rsa     | other
            jwks-uri=https://k.example/k                           | rsa     | other
            discovery-uri=https://k.example/d                      | rsa     | other
            issuer.a.public-key=; issuer.a.secret=SECRET           | HS256   | other
            jwks-uri=https://k.example/k; issuer.a.public-key=; issuer.a.secret=SECRET | HS256 | other
            jwks-uri=https://k.example/k; issuer.a.public-key=     | network | other
            issuer.a.public-key=                                   | network | other
            jwks-uri=https://k.example/k; issuer.a.public-key=; issuer.a.discovery-uri=https://k.example/d | network | other
            discovery-uri=https://k.example/d; issuer.a.public-key=; issuer.a.jwks-uri=classpath:set.json  | hmm | other
            """)
    void anOwnPlaceOfKeysIsStrongerThanTheApplications(String settings, String ofA, String ofB) {
        Place place =
                two(settings).resource("set.json", TestKey.jwks(TestKey.rsa().withKeyId("hmm")));
        assertThat(place.read().issuers())
                .extracting(IssuersTest::keysOf)
                .containsExactly(ofA, ofB.equals("other") ? TestKey.otherRsa().keyId() : ofB);
    }

    private static String keysOf(Trusted trusted) {
        Algorithm algorithm =
                trusted.issuer().policy().algorithms().contains(Algorithm.RS256) ? Algorithm.RS256 : Algorithm.HS256;
        try {
            return trusted
                    .issuer()
                    .keys()
                    .candidates(new Header(algorithm, Optional.empty(), Optional.empty()))
                    .stream()
                    .map(key -> key.id().orElse(algorithm.toString()))
                    .collect(Collectors.joining());
        } catch (IOException notFetched) {
            return "network";
        }
    }

    // problems

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            secret=SECRET            | secret (filter init-param secret): each of several issuers needs its own
            public-key=RSA           | public-key (filter init-param public-key): each of several issuers needs its own
            issuer=https://c.example | issuer (filter init-param issuer = https://c.example): never beside issuers: each of these has a uri
            issuer.a.uri=            | issuer.a.uri: required
            audience=                | issuer.a.audience: required & issuer.b.audience: required
            audience=; issuer.b.audience=x | issuer.a.audience: required
            issuer.a.uri=; audience= | issuer.a.uri: required & issuer.a.audience: required & issuer.b.audience: required
            issuer.a.uri=größe       | issuer.a.uri (filter init-param issuer.a.uri = größe): expected printable ASCII
            issuer.a.clock-skew=PT6M | issuer.a.clock-skew (filter init-param issuer.a.clock-skew = PT6M): expected an ISO 8601 duration from PT0S to PT5M, such as PT30S
            clock-skew=PT6M          | clock-skew (filter init-param clock-skew = PT6M): expected an ISO 8601 duration from PT0S to PT5M, such as PT30S
            issuer.b.uri=https://a.example | issuers (filter init-param issuers = a, b): two issuers have the uri https://a.example
            issuer.a.secret=SECRET   | issuer.a.secret (filter init-param issuer.a.secret): never beside issuer.a.public-key: keys come from one place
            issuer.a.jwks-uri=https://a.example/k | issuer.a.jwks-uri (filter init-param issuer.a.jwks-uri): never beside issuer.a.public-key: keys come from one place
            issuer.b.discovery-uri=https://b.example | issuer.b.discovery-uri (filter init-param issuer.b.discovery-uri): never beside issuer.b.public-key: keys come from one place
            issuer.a.public-key=; jwks-uri=https://k.example; discovery-uri=https://k.example | discovery-uri (filter init-param discovery-uri): never beside jwks-uri: keys come from one place
            issuer.a.public-key=; issuer.a.secret=SECRET; algorithms=RS256 | algorithms (filter init-param algorithms = RS256): expected some of [HS256], for which the secret is long enough
            issuer.a.nonsense=x      | filter init-param issuer.a.nonsense: unknown
            issuer.a.audiense=x      | filter init-param issuer.a.audiense: unknown, did you mean issuer.a.audience?
            issuer.c.uri=x           | filter init-param issuer.c.uri: unknown, did you mean issuer.a.uri?
            issuer.A.uri=x           | filter init-param issuer.A.uri: unknown, did you mean issuer.a.uri?
            issuer.a.realm=x         | filter init-param issuer.a.realm: unknown
            issuer.a.issuer=x        | filter init-param issuer.a.issuer: unknown
            uri=x                    | filter init-param uri: unknown
            tenants=x                | filter init-param tenants: unknown
            issuer.a.jwks.header.=x  | filter init-param issuer.a.jwks.header.: unknown
            """)
    void refuses(String settings, String problems) {
        assertThat(two(settings).problems()).isEqualTo(problems.replace(" & ", "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "-", "a-b, a-c", "z9-"})
    void takesNames(String names) {
        Place place = Place.empty().and("issuers", names).and("audience", "x");
        for (String name : names.split(", ", 0)) {
            place.and("issuer." + name + ".uri", "https://a.example/" + name);
        }
        assertThat(place.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a_b", "a.b", "a b", "ä", "a, a", "a/b", "*"})
    void refusesNames(String names) {
        assertThat(Place.empty()
                        .and("issuers", names)
                        .and("issuer.a.uri", "https://a.example")
                        .problems())
                .isEqualTo("issuers (filter init-param issuers = " + names
                        + "): expected names of small letters, digits and hyphens, each once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,,b", ",", "a,"})
    void refusesListsOfNames(String names) {
        assertThat(Place.empty().and("issuers", names).problems())
                .isEqualTo("issuers (filter init-param issuers = " + names
                        + "): expected a list with something between its commas");
    }

    @Test
    void aBlankListIsNone() {
        assertThat(Place.with("issuers", " ").problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            a, a-jwks        | issuer.a-jwks.uri and issuer.a.jwks-uri would be one environment variable
            a-jwks, a        | issuer.a-jwks.uri and issuer.a.jwks-uri would be one environment variable
            a, a-discovery   | issuer.a-discovery.uri and issuer.a.discovery-uri would be one environment variable
            a, a-jwks-header | issuer.a.jwks.header.NAME and issuer.a-jwks-header.uri would be one environment variable
            a, a-secret      |
            a, b             |
            """)
    void noTwoSettingsAreOneEnvironmentVariable(String names, String problem) {
        Place place = Place.empty().and("issuers", names).and("audience", "x");
        for (String name : names.split(", ", 0)) {
            place.and("issuer." + name + ".uri", "https://" + name + ".example");
        }
        assertThat(place.problems())
                .isEqualTo(problem == null ? "" : "issuers (filter init-param issuers = " + names + "): " + problem);
    }

    // tenants

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            issuer.a.uri=https://login.example/{tenant}/v2.0; issuer.a.tenants=t1, t2 | https://login.example/t1/v2.0 https://login.example/t2/v2.0 https://b.example
            issuer.a.uri=https://{tenant}.example/{tenant}; issuer.a.tenants=T-1._x   | https://T-1._x.example/T-1._x https://b.example
            """)
    void aTemplateIsAnIssuerForEachTenant(String settings, String issuers) {
        assertThat(policies(two(settings))).extracting(Policy::issuer).containsExactly(issuers.split(" ", 0));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            issuer.a.tenants=t1                          | issuer.a.tenants (filter init-param issuer.a.tenants = t1): needed exactly where uri has {tenant} in it
            issuer.a.uri=https://a.example/{tenant}      | issuer.a.tenants: needed exactly where uri has {tenant} in it
            issuer.a.uri=https://a.example/{Tenant}; issuer.a.tenants=t1 | issuer.a.tenants (filter init-param issuer.a.tenants = t1): needed exactly where uri has {tenant} in it
            issuer.a.uri=https://a/{tenant}; issuer.a.tenants=t1, t1 | issuer.a.tenants (filter init-param issuer.a.tenants = t1, t1): expected tenants of letters, digits, full stops, hyphens and underscores, each once
            issuer.a.uri=https://a/{tenant}; issuer.a.tenants=*      | issuer.a.tenants (filter init-param issuer.a.tenants = *): expected tenants of letters, digits, full stops, hyphens and underscores, each once
            issuer.a.uri=https://a/{tenant}; issuer.a.tenants=..     | issuer.a.tenants (filter init-param issuer.a.tenants = ..): expected tenants of letters, digits, full stops, hyphens and underscores, each once
            issuer.a.uri=https://a/{tenant}; issuer.a.tenants=x/y    | issuer.a.tenants (filter init-param issuer.a.tenants = x/y): expected tenants of letters, digits, full stops, hyphens and underscores, each once
            issuer.a.uri=https://b.{tenant}; issuer.a.tenants=example, other | issuers (filter init-param issuers = a, b): two issuers have the uri https://b.example
            """)
    void refusesTenants(String settings, String problem) {
        assertThat(two(settings).problems()).isEqualTo(problem);
    }

    @Test
    void tenantsMayHaveFilesOfTheirOwn() {
        Place place = two("issuer.a.uri=https://a.example/{tenant}; issuer.a.tenants=t1, t2; issuer.a.public-key=;"
                        + "issuer.a.jwks-uri=classpath:{tenant}.json")
                .resource("t1.json", TestKey.jwks(TestKey.rsa().withKeyId("k1")))
                .resource("t2.json", TestKey.jwks(TestKey.rsa().withKeyId("k2")));
        assertThat(place.read().issuers())
                .extracting(IssuersTest::keysOf)
                .containsExactly("k1", "k2", TestKey.otherRsa().keyId());
        assertThat(change(place, "issuer.a.tenants=t1, t3").problems())
                .isEqualTo("issuer.a.jwks-uri (filter init-param issuer.a.jwks-uri):"
                        + " classpath:t3.json: no such resource on the class path");
    }

    // sources

    /** An issuer whose audience is said there. */
    @ParameterizedTest
    @ValueSource(strings = {"programmatic", "property", "environment", "init-param", "context-param", "file"})
    void everySourceSaysSomethingOfAnIssuer(String source) {
        Place place = two("issuers=a, my-b; audience=; issuer.a.audience=x; issuer.b.uri=; issuer.b.public-key=;"
                + "issuer.my-b.public-key=RSA; issuer.my-b.audience=weaker");
        place.initParams.remove("issuer.b.uri");
        place.initParams.remove("issuer.b.public-key");
        place.initParams.remove("issuer.my-b.audience");
        Map<String, String> said = Map.of("issuer.my-b.uri", "https://b.example", "issuer.my-b.audience", source);
        said.forEach((name, value) -> {
            switch (source) {
                case "programmatic" -> place.programmatic.put(name, value);
                case "property" -> place.properties.put("mapae." + name, value);
                case "environment" ->
                    place.environment.put(
                            name.endsWith("uri") ? "MAPAE_ISSUER_MY_B_URI" : "MAPAE_ISSUER_MY_B_AUDIENCE", value);
                case "init-param" -> place.initParams.put(name, value);
                case "context-param" -> place.contextParams.put("mapae." + name, value);
                default ->
                    place.resource(
                            "mapae.properties",
                            "issuer.my-b.uri = https://b.example\nmapae.issuer.my-b.audience = file");
            }
        });
        assertThat(policies(place).get(1).audience().accepted()).containsExactly(source);
        assertThat(place.read().warnings()).isEmpty();
    }

    @Test
    void whatIsUnknownOfAnIssuerIsAProblemOnlyWhereOnlyWeWrite() {
        Place place = two("");
        place.properties.put("mapae.issuer.c.uri", "x");
        place.environment.put("MAPAE_ISSUER_C_URI", "x");
        assertThat(place.read().warnings())
                .containsExactly(
                        "Unknown, and ignored: system property mapae.issuer.c.uri (did you mean mapae.issuer.a.uri?)",
                        "Unknown, and ignored: environment variable MAPAE_ISSUER_C_URI (did you mean MAPAE_ISSUER_A_URI?)");
        place.programmatic.put("issuer.c.uri", "x");
        place.contextParams.put("mapae.issuer.a.uris", "x");
        place.resource("mapae.properties", "issuer.b.jwks-url = x");
        assertThat(place.problems()).isEqualTo("""
                programmatic setting issuer.c.uri: unknown, did you mean issuer.a.uri?
                context-param mapae.issuer.a.uris: unknown, did you mean mapae.issuer.a.uri?
                mapae.properties, issuer.b.jwks-url: unknown, did you mean issuer.b.jwks-uri?
                Unknown, and ignored: system property mapae.issuer.c.uri (did you mean mapae.issuer.a.uri?)
                Unknown, and ignored: environment variable MAPAE_ISSUER_C_URI (did you mean MAPAE_ISSUER_A_URI?)""");
    }

    @Test
    void microProfileConfigSaysSomethingOfAnIssuer(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("META-INF/microprofile-config.properties");
        Files.createDirectories(directory.resolve("META-INF"));
        Files.writeString(file, """
                mapae.issuers = a,b
                mapae.issuer.a.audience = MicroProfile
                mapae.issuer.b.audience = ${nowhere}
                """);
        Place place = two("issuers=; audience=");
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            place.classes = classes;
            assertThat(place.problems())
                    .isEqualTo("issuer.b.audience (MicroProfile Config mapae.issuer.b.audience): cannot be read\n"
                            + "issuer.b.audience: required");
            place.and("issuer.b.audience", "x");
            Files.writeString(file, "mapae.issuers = a,b\nmapae.issuer.a.audience = MicroProfile");
        }
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            place.classes = classes;
            assertThat(place.read().issuers())
                    .extracting(trusted -> trusted.issuer().policy().audience().accepted())
                    .containsExactly(Set.of("MicroProfile"), Set.of("x"));
        }
    }

    // warnings

    @Test
    void warnsOfWhatIsWideByTheNameThatWasGiven() {
        assertThat(two("issuer.b.audience=*; scope-claims=a/*").read().warnings())
                .containsExactly(
                        "scope-claims a/*: scopes that were granted for other applications count here",
                        "issuer.b.audience = *: tokens that were issued for other services are accepted here");
    }

    @Test
    void warnsOfKeysForAllOfSeveralIssuers() {
        String shared = "issuer.a.public-key=; issuer.b.public-key=; jwks-uri=https://k.example/";
        assertThat(two(shared + "k").read().warnings())
                .containsExactly("jwks-uri: its keys speak for every issuer that says nothing else of its keys");
        assertThat(two(shared + "{tenant}; issuer.a.uri=https://{tenant}.example; issuer.a.tenants=x;"
                                + " issuer.b.uri=https://b.example/{tenant}; issuer.b.tenants=y")
                        .read()
                        .warnings())
                .isEmpty();
    }

    @Test
    void showsNoSecretOfAnIssuer() {
        Place place = two("issuer.a.secret=SECRET; issuer.b.public-key=; issuer.b.secret=hidden!;"
                + "issuer.a.jwks-uri=hidden; issuer.a.jwks.header.Host=hidden");
        assertThat(place.problems())
                .contains("issuer.a.secret", "issuer.b.secret", "issuer.a.jwks-uri")
                .doesNotContain(SECRET, "hidden");
        assertThat(place.surroundings().toString()).doesNotContain(SECRET, "hidden");
    }
}
