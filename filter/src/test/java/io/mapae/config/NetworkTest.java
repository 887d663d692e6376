package io.mapae.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.keys.JwksEndpoints;
import io.mapae.testkit.JwksServer;
import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where keys are fetched from, and how. */
class NetworkTest {
    private static final Pattern ADDRESS = Pattern.compile("http://[^ ]+(?=: )");
    private static final String UNSAFE =
            "expected an address of https, or of http to this machine (insecure-http=true allows http to others)";
    private static final String UNDISCOVERABLE = "no address where keys can be discovered (https, or http to this"
            + " machine; insecure-http=true allows http to others): set jwks-uri, discovery-uri, public-key or secret";

    @TempDir
    private Path directory;

    private static Place discovering(String issuer) {
        return Place.with("issuer", issuer).and("public-key", "");
    }

    private static Place fetching(String address) {
        return Place.with("jwks-uri", address).and("public-key", "");
    }

    // where

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example",
                "https://a.example/",
                "https://a.example:8443/realms/a",
                "HTTPS://a.example",
                "http://localhost:8080",
                "http://LOCALHOST",
                "http://127.0.0.1",
                "http://127.255.255.255/a",
                "http://[::1]:8080/"
            })
    void anIssuersNameIsWhereItsKeysAreDiscovered(String issuer) {
        assertThat(discovering(issuer).problems()).isEmpty();
        assertThat(discovering(issuer).read().warnings()).isEmpty();
        assertThat(IssuersTest.two("issuer.a.public-key=; issuer.a.uri=" + issuer)
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.example",
                "http://127.0.0.1.a.example",
                "http://localhost.a.example",
                "http://128.0.0.1",
                "http://10.0.0.1",
                "http://0.0.0.0",
                "http://[::2]",
                "http://a.example#@localhost",
                "a.example",
                "accounts.google.com",
                "urn:issuer",
                "joe",
                "ftp://a.example",
                "https:a.example",
                "https:///a",
                "https://",
                "https://a b",
                "https://a.example?b=c",
                "https://a.example?",
                "https://a.example#b"
            })
    void aNameThatIsNoSafeAddressNeedsAPlaceOfKeys(String issuer) {
        String place = "filter init-param issuer = " + issuer;
        assertThat(discovering(issuer).problems()).isEqualTo("issuer (" + place + "): " + UNDISCOVERABLE);
        assertThat(IssuersTest.two("issuer.a.public-key=")
                        .and("issuer.a.uri", issuer)
                        .problems())
                .contains("issuer.a.uri (filter init-param issuer.a.uri = " + issuer + "): " + UNDISCOVERABLE);
        for (String other : List.of("jwks-uri", "discovery-uri")) {
            assertThat(discovering(issuer).and(other, "https://k.example/k").problems())
                    .isEmpty();
        }
    }

    @Test
    void insecureHttpAllowsHttpAndWarns() {
        for (Place place : List.of(
                discovering("http://a.example"),
                fetching("http://a.example/k"),
                discovering("joe").and("discovery-uri", "http://a.example/d"))) {
            assertThat(place.problems()).contains("insecure-http=true");
            assertThat(place.and("insecure-http", "true").problems()).isEmpty();
            assertThat(place.read().warnings())
                    .containsExactly("insecure-http = true: whoever is on the way to an issuer can forge its tokens");
            assertThat(place.and("issuer", "ftp://a")
                            .and("jwks-uri", "")
                            .and("discovery-uri", "")
                            .problems())
                    .contains("no address where keys can be discovered");
        }
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            jwks-uri      | https://k.example/{tenant} | {0} (filter init-param {0}): {1}
            jwks-uri      | https:k.example            | {0} (filter init-param {0}): {1}
            jwks-uri      | http://k.example           | {0} (filter init-param {0}): {1}
            jwks-uri      | https://k ey               | {0} (filter init-param {0}): {1}
            discovery-uri | https://joe:s@k.example    | {0} (filter init-param {0}): {1}
            discovery-uri | http://k.example           | {0} (filter init-param {0}): {1}
            discovery-uri | https://k.example/{tenant} | {0} (filter init-param {0}): {1}
            discovery-uri | file:/k                    | {0} (filter init-param {0}): {1}
            discovery-uri | k.example                  | {0} (filter init-param {0}): {1}
            """)
    void refusesAddresses(String name, String address, String problem) {
        assertThat(Place.with(name, address).and("public-key", "").problems())
                .isEqualTo(problem.replace("{0}", name).replace("{1}", UNSAFE));
    }

    /** Nobody listens at port 1, so that every address is tried. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            uri=HOST                        | HOST/.well-known/openid-configuration HOST/.well-known/oauth-authorization-server
            uri=HOST/                       | HOST/.well-known/openid-configuration HOST/.well-known/oauth-authorization-server
            uri=HOST/a/b                    | HOST/a/b/.well-known/openid-configuration HOST/.well-known/oauth-authorization-server/a/b
            uri=HOST/a/                     | HOST/a/.well-known/openid-configuration HOST/.well-known/oauth-authorization-server/a
            uri=HOST//b.example             | HOST//b.example/.well-known/openid-configuration HOST/.well-known/oauth-authorization-server//b.example
            uri=HOST/%2Fa                   | HOST/%2Fa/.well-known/openid-configuration HOST/.well-known/oauth-authorization-server/%2Fa
            uri=HOST/{tenant}; issuer.a.tenants=t1,t2 | HOST/t1/.well-known/openid-configuration HOST/.well-known/oauth-authorization-server/t1 HOST/t2/.well-known/openid-configuration HOST/.well-known/oauth-authorization-server/t2
            uri=x; issuer.a.discovery-uri=HOST/d | HOST/d
            uri=x/{tenant}; issuer.a.tenants=t1,t2; issuer.a.discovery-uri=HOST/{tenant}/d | HOST/t1/d HOST/t2/d
            uri=x/{tenant}; issuer.a.tenants=t1,t2; issuer.a.jwks-uri=HOST/k?{tenant}/{tenant} | HOST/k HOST/k
            uri=x/{tenant}; issuer.a.tenants=t1,t2; jwks-uri=HOST/{tenant}/k | HOST/t1/k HOST/t2/k
            uri=x; jwks-uri=HOST/k          | HOST/k
            uri=HOST; jwks-uri=HOST/k; issuer.a.discovery-uri=HOST/d | HOST/d
            """)
    void asksThere(String settings, String addresses) {
        String host = "http://127.0.0.1:1";
        Place place = IssuersTest.two("issuer.a.public-key=; issuer.a." + settings.replace("HOST", host));
        try (JwksEndpoints endpoints = place.read().endpoints()) {
            endpoints.start("asksThere");
            assertThat(endpoints.firstProblems())
                    .flatMap(problem -> ADDRESS.matcher(problem.replaceFirst("keys of issuer [^ ]*: ", ""))
                            .results()
                            .map(MatchResult::group)
                            .toList())
                    .containsExactly(addresses.replace("HOST", host).split(" ", 0));
        }
    }

    // with which headers

    @ParameterizedTest
    @ValueSource(strings = {"programmatic", "property", "environment", "init-param", "context-param", "file"})
    void everySourceHasHeaders(String source) {
        try (JwksServer server = JwksServer.start(TestKey.rsa())) {
            Place place = fetching(server.jwksUri().toString());
            switch (source) {
                case "programmatic" -> place.programmatic.put("jwks.header.X-Api-Key", "s3cret");
                case "property" -> place.properties.put("mapae.jwks.header.X-Api-Key", "s3cret");
                case "environment" -> place.environment.put("MAPAE_JWKS_HEADER_X_API_KEY", "s3cret");
                case "init-param" -> place.initParams.put("jwks.header.x_api_key", "s3cret");
                case "context-param" -> place.contextParams.put("mapae.jwks.header.X-API-Key", "s3cret");
                default -> place.resource("mapae.properties", "mapae.jwks.header.X-Api-Key = s3cret");
            }
            assertThat(sent(place, server)).isEqualTo("s3cret");
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            jwks.header.X-Api-Key=all                                               | all
            jwks.header.X-Api-Key=all; issuer.a.jwks.header.x-api-key=own           | own
            issuer.a.jwks.header.X-Api-Key=own; issuer.b.jwks.header.X-Api-Key=b    | own
            issuer.b.jwks.header.X-Api-Key=b                                        |
            issuer.a.jwks.header.X-Other=own; jwks.header.X-Api-Key=all             | all
            issuer.a.jwks.header.X-Api-Key=; jwks.header.X-Api-Key=all              | all
            """)
    void anIssuersOwnHeaderIsStronger(String settings, String header) {
        try (JwksServer server = JwksServer.start(TestKey.rsa())) {
            Place place =
                    IssuersTest.two("issuer.a.public-key=; issuer.a.jwks-uri=" + server.jwksUri() + ";" + settings);
            assertThat(sent(place, server)).isEqualTo(header == null ? "" : header);
        }
    }

    @Test
    void warnsOfAHeaderForAllOfSeveralIssuers() {
        assertThat(IssuersTest.two("jwks.header.X-Api-Key=s3cret").read().warnings())
                .containsExactly("jwks.header.X-Api-Key: sent to every issuer that has none of its own");
    }

    private static String sent(Place place, JwksServer server) {
        Assembly assembly = place.read();
        try (JwksEndpoints endpoints = assembly.endpoints()) {
            endpoints.start("sent");
            assertThat(endpoints.firstProblems()).isEmpty();
            assertThat(assembly.toString() + assembly.warnings()).doesNotContain("s3cret");
            return String.join(" && ", server.lastHeaders().getOrDefault("x-api-key", List.of()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Host, s3cret",
        "Connection, s3cret",
        "content-length, 5",
        "Upgrade, s3cret",
        "a b, s3cret",
        "a:b, s3cret",
        "X-Api-Key, 's3cret\u0007x'",
        "X-Api-Key, 's3cret\r\nHost: x'",
        "X-Api-Key, s3cret\u20ac"
    })
    void refusesHeaders(String name, String value) {
        String problem = "jwks.header." + name + " (filter init-param jwks.header." + name
                + "): no header that may be set, or no value of one";
        assertThat(fetching("https://k.example/k")
                        .and("jwks.header." + name, value)
                        .problems())
                .isEqualTo(problem);
        assertThat(IssuersTest.two("issuer.a.public-key=")
                        .and("issuer.a.jwks.header." + name, value)
                        .problems())
                .isEqualTo(problem.replace("jwks.", "issuer.a.jwks."));
    }

    @Test
    void saysWhichSourceHasTheHeader() {
        Place place = fetching("https://k.example/k");
        place.environment.put("MAPAE_JWKS_HEADER_HOST", "s3cret");
        assertThat(place.problems())
                .isEqualTo("jwks.header.HOST (environment variable MAPAE_JWKS_HEADER_HOST):"
                        + " no header that may be set, or no value of one");
        assertThat(fetching("https://k.example/k").and("jwks.header.", "x").problems())
                .isEqualTo("filter init-param jwks.header.: unknown");
    }

    // by whom

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private String store(String type, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        try (var pem = Files.newInputStream(Path.of(file("c.pem", TestKey.rsa().certificatePem())))) {
            store.setCertificateEntry(
                    "c", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        Path file = directory.resolve("store");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file.toString();
    }

    @Test
    void trustsCertificatesOfAFile() throws IOException {
        String pem = TestKey.rsa().certificatePem();
        String about = "Bag Attributes\n    friendlyName: my-ca\nsubject=CN = Test - CA\u00e4\n";
        for (String text :
                List.of(pem, pem + pem, "\n" + pem, about + pem, about + pem + about + pem, "0 s:CN = a\r\n" + pem)) {
            String file = file("trust.pem", text);
            assertThat(Place.with("trust-store", file).problems()).isEmpty();
            assertThat(Place.with("trust-store", "file:" + file).problems()).isEmpty();
        }
    }

    /** The certificates of a JKS file are not encrypted. */
    @ParameterizedTest(name = "{0}, password {1} -> {2}")
    @CsvSource({
        "PKCS12, s3cret, ''",
        "PKCS12, wr0ng, IOException",
        "PKCS12, '', KeyStoreException",
        "JKS, s3cret, ''",
        "JKS, wr0ng, IOException",
        "JKS, '', ''"
    })
    void opensAStoreWithItsPassword(String type, String password, String failure)
            throws IOException, GeneralSecurityException {
        String file = store(type, "s3cret");
        assertThat(Place.with("trust-store", file)
                        .and("trust-store-password", password)
                        .problems())
                .matches(failure.isEmpty() ? "" : unreadable(file, failure + ": .+"));
    }

    @ParameterizedTest(name = "a file of {0}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                   | KeyStoreException
            nonsense                                             | KeyStoreException
            -----BEGIN CERTIFICATE-----                          | CertificateException
            KEY                                                  | CertificateException
            Bag Attributes                                       | KeyStoreException
            Bag Attributes;KEY                                   | CertificateException
            Bag Attributes;PRIVATE;CERTIFICATE                   | CertificateParsingException
            Bag Attributes;CERTIFICATE;PRIVATE                   | CertificateParsingException
            Bag Attributes;-----BEGIN CERTIFICATE-----           | CertificateException
            Bag Attributes;-----BEGIN CERTIFICATE-----;CERTIFICATE | CertificateException
            Bag Attributes;CERTIFICATE;-----BEGIN CERTIFICATE----- | CertificateException
            AQAB;-----END CERTIFICATE-----;CERTIFICATE           | KeyStoreException
            x CERTIFICATE                                        | KeyStoreException
            <html>;CERTIFICATE                                   | KeyStoreException
            {";CERTIFICATE"}                                     | KeyStoreException
            """)
    void refusesATrustStore(String text, String failure) throws IOException {
        String file = file(
                "trust",
                text.replace(';', '\n')
                        .replace("KEY", TestKey.rsa().publicPem())
                        .replace("PRIVATE", TestKey.rsa().privatePem())
                        .replaceAll(
                                "(?<!(BEGIN|END) )CERTIFICATE", TestKey.rsa().certificatePem()));
        assertThat(Place.with("trust-store", file).problems()).matches(unreadable(file, failure + ": .+"));
    }

    @Test
    void refusesATrustStoreThatIsNotThere() {
        assertThat(Place.with("trust-store", "/nowhere/c.pem").problems())
                .matches(unreadable("/nowhere/c.pem", "NoSuchFileException"));
        assertThat(Place.with("trust-store", directory.toString()).problems())
                .matches(unreadable(directory.toString(), "IOException: .+"));
    }

    private static String unreadable(String file, String failure) {
        return Pattern.quote("trust-store (filter init-param trust-store = " + file + "): no readable trust store (")
                + failure + "\\)";
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "proxy.example:3128", "10.0.0.1:1", "p:65535", "[::1]:3128"})
    void takesAProxy(String proxy) {
        assertThat(Place.with("proxy", proxy).problems()).isEmpty();
    }

    /** There may be a password in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example",
                "proxy.example:0",
                "p:65536",
                "p:",
                ":1",
                "NONE",
                "p:1x",
                "http://p:1",
                "http://u:s3cret@p:1",
                "p:1,q:1"
            })
    void refusesAProxy(String proxy) {
        assertThat(Place.with("proxy", proxy).problems())
                .isEqualTo("proxy (filter init-param proxy): expected host:port, such as proxy.example:3128, or none");
    }

    @Test
    void goesByTheProxy() {
        try (JwksServer proxy = JwksServer.start(TestKey.rsa())) {
            String port = ":" + proxy.jwksUri().getPort();
            Place place = fetching("http://k.example" + proxy.jwksUri().getPath())
                    .and("insecure-http", "true")
                    .and("proxy", "127.0.0.1" + port)
                    .and("jwks.header.X-Api-Key", "x");
            assertThat(sent(place, proxy)).isEqualTo("x");
        }
    }
}
