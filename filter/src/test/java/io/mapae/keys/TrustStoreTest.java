package io.mapae.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mapae.keys.JwksEndpoint.Limits;
import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a file makes trusted, by handshakes with servers whose certificates an authority of our own has signed. */
@Timeout(120)
class TrustStoreTest {
    private static final TestKey KEY = TestKey.ec("P-256");
    private static final String PASSWORD = "s3cret";
    private static final String ABOUT = """
            Bag Attributes
                friendlyName: our-ca
                localKeyID: F7 69 44 FD
            subject=CN = ca
            """;

    @TempDir
    private static Path directory;

    private static final Map<String, HttpsServer> SERVERS = new HashMap<>();

    private final CapturedLog log = new CapturedLog("io.mapae.keys");

    @AfterEach
    void letTheLogGo() {
        log.close();
    }

    /** Two authorities of one name, each in a store of its own; the keys of servers are beside the one that vouches. */
    @BeforeAll
    static void begin() throws Exception {
        keytool("authority", "-alias ca -dname CN=ca -ext bc:c");
        keytool("stranger", "-alias ca -dname CN=ca -ext bc:c");
        for (String names : List.of("dns:localhost,ip:127.0.0.1", "dns:localhost", "dns:idp.example,ip:127.0.0.2")) {
            keytool("authority", "-alias " + names + " -dname CN=server -signer ca -ext san=" + names);
            SERVERS.put(names, server(names));
        }
    }

    @AfterAll
    static void end() {
        SERVERS.values().forEach(server -> server.stop(0));
    }

    private static void keytool(String store, String options) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Path log = directory.resolve("keytool.log");
        List<String> command = new ArrayList<>(List.of(tool.toString(), "-genkeypair"));
        command.addAll(List.of("-keystore", directory.resolve(store).toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of(options.split(" ", 0)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s", Files.readString(log)).isZero();
    }

    /** Serves the key set. */
    private static HttpsServer server(String alias) throws Exception {
        KeyStore all = keys("authority");
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                "server",
                all.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                all.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        byte[] set = TestKey.jwks(KEY).getBytes(StandardCharsets.UTF_8);
        server.createContext("/jwks.json", exchange -> {
            exchange.sendResponseHeaders(200, set.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(set);
            }
        });
        server.start();
        return server;
    }

    private static KeyStore keys(String store) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(directory.resolve(store).toFile(), PASSWORD.toCharArray());
    }

    // trust stores

    private static String pem(String store, String alias) throws Exception {
        return Texts.pem("CERTIFICATE", keys(store).getCertificate(alias).getEncoded());
    }

    private static String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "trust", ""), text)
                .toString();
    }

    /** A store of this type, with the certificate of an authority. */
    private static String store(String type, String authority) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setCertificateEntry("ca", keys(authority).getCertificate("ca"));
        return write(store);
    }

    private static String write(KeyStore store) throws IOException, GeneralSecurityException {
        Path file = Files.createTempFile(directory, "trust", "");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file.toString();
    }

    private static Optional<SSLContext> trust(String format, String authority) throws Exception {
        String pem = pem(authority, "ca");
        return switch (format) {
            case "none" -> Optional.empty();
            case "PEM" -> Optional.of(TrustStore.read(file(pem), Optional.empty()));
            case "PEM with text" -> Optional.of(TrustStore.read(file(ABOUT + pem), Optional.empty()));
            case "PEM of two" ->
                Optional.of(TrustStore.read(file(pem("stranger", "ca") + ABOUT + pem), Optional.empty()));
            default -> Optional.of(TrustStore.read(store(format, authority), Optional.of(PASSWORD)));
        };
    }

    // what comes of a fetch

    /** {@code keys}, or why there are none; without the alert, which newer JDKs name. */
    private static String fetch(Optional<SSLContext> trust, URI address) throws IOException {
        Transport transport = new Transport(trust, Optional.of(HttpClient.Builder.NO_PROXY), false);
        Limits limits = new Limits(
                Optional.empty(),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                1,
                1 << 20);
        try (JwksEndpoints endpoints = new JwksEndpoints(transport, InstantSource.system())) {
            KeySource keys = endpoints.add(
                    new JwksEndpoint("https://idp.example", Optional.of(address), List.of(), Map.of(), limits));
            endpoints.start("/tls");
            List<String> problems = endpoints.firstProblems();
            return problems.isEmpty() && Texts.verifies(keys, KEY)
                    ? "keys"
                    : problems.toString()
                            .replace("[keys of issuer https://idp.example: " + address + ": ", "")
                            .replaceFirst("^SSLHandshakeException: \\([a-z_]+\\)", "SSLHandshakeException:");
        }
    }

    private static URI at(String names, String host) {
        return URI.create("https://" + host + ":"
                + Objects.requireNonNull(SERVERS.get(names)).getAddress().getPort() + "/jwks.json");
    }

    @ParameterizedTest(name = "{0} of {1}, server {2}, asked as {3} -> {4}")
    @CsvSource(delimiter = '|', textBlock = """
            PEM           | authority | dns:localhost,ip:127.0.0.1    | localhost | keys
            PEM           | authority | dns:localhost,ip:127.0.0.1    | 127.0.0.1 | keys
            PEM with text | authority | dns:localhost,ip:127.0.0.1    | localhost | keys
            PEM of two    | authority | dns:localhost,ip:127.0.0.1    | localhost | keys
            PKCS12        | authority | dns:localhost,ip:127.0.0.1    | localhost | keys
            JKS           | authority | dns:localhost,ip:127.0.0.1    | localhost | keys
            PEM           | authority | dns:localhost                 | localhost | keys
            none          | authority | dns:localhost,ip:127.0.0.1    | localhost | SSLHandshakeException: PKIX path
            PEM           | stranger  | dns:localhost,ip:127.0.0.1    | localhost | SSLHandshakeException: PKIX path
            PEM with text | stranger  | dns:localhost,ip:127.0.0.1    | localhost | SSLHandshakeException: PKIX path
            PKCS12        | stranger  | dns:localhost,ip:127.0.0.1    | localhost | SSLHandshakeException: PKIX path
            JKS           | stranger  | dns:localhost,ip:127.0.0.1    | localhost | SSLHandshakeException: PKIX path
            PEM           | authority | dns:localhost                 | 127.0.0.1 | SSLHandshakeException: No subject alternative
            PEM           | authority | dns:idp.example,ip:127.0.0.2  | localhost | SSLHandshakeException: No subject alternative
            PEM with text | authority | dns:idp.example,ip:127.0.0.2  | 127.0.0.1 | SSLHandshakeException: No subject alternative
            PKCS12        | authority | dns:idp.example,ip:127.0.0.2  | localhost | SSLHandshakeException: No subject alternative
            JKS           | authority | dns:idp.example,ip:127.0.0.2  | localhost | SSLHandshakeException: No subject alternative
            """)
    void trustsWhomTheFileHoldsUnderTheNamesOfTheirCertificates(
            String format, String authority, String names, String host, String outcome) throws Exception {
        assertThat(fetch(trust(format, authority), at(names, host))).startsWith(outcome);
    }

    @Test
    void trustsAServersOwnCertificateAlone() throws Exception {
        String names = "dns:localhost";
        SSLContext trust = TrustStore.read(file(pem("authority", names)), Optional.empty());
        assertThat(fetch(Optional.of(trust), at(names, "localhost"))).isEqualTo("keys");
        assertThat(fetch(Optional.of(trust), at("dns:localhost,ip:127.0.0.1", "localhost")))
                .startsWith("SSLHandshakeException: PKIX path");
    }

    // passwords

    @ParameterizedTest(name = "{0}, password {1} -> {2}")
    @CsvSource(
            nullValues = "none",
            value = {
                "PKCS12, s3cret, read",
                "PKCS12, wr0ng, IOException: keystore password was incorrect",
                "PKCS12, none, KeyStoreException: no certificate",
                "JKS, s3cret, read",
                "JKS, wr0ng, 'IOException: Keystore was tampered with, or password was incorrect'",
                "JKS, none, read", // its certificates are not encrypted, the password only guards them against change
            })
    void opensAStoreWithItsPassword(String type, @Nullable String password, String outcome) throws Exception {
        assertThat(outcome(store(type, "authority"), password)).isEqualTo(outcome);
    }

    @Test
    void refusesAStoreThatMakesNobodyTrusted() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        assertThat(outcome(write(store), PASSWORD)).isEqualTo("KeyStoreException: no certificate");
        store.setEntry(
                "secret",
                new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[32], "AES")),
                new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        assertThat(outcome(write(store), PASSWORD)).isEqualTo("KeyStoreException: no certificate");
    }

    private static String outcome(String file, @Nullable String password) {
        try {
            TrustStore.read(file, Optional.ofNullable(password));
            return "read";
        } catch (IOException | GeneralSecurityException refused) {
            return refused.getClass().getSimpleName() + ": " + refused.getMessage();
        }
    }
}
