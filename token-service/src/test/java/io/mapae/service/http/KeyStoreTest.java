package io.mapae.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.config.ConfigurationException;
import io.mapae.config.LocalService;
import io.mapae.config.Surroundings;
import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenReader;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import io.mapae.service.Keytool;
import io.mapae.service.TokenService;
import io.mapae.service.http.Service.Answer;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service with keys that somebody else has made. */
@Timeout(120)
class KeyStoreTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeFiles() throws Exception {
        Keytool.add(folder.resolve("keys.p12"), "a", "EC", Instant.parse("2026-01-01T00:00:00Z"));
        Files.writeString(folder.resolve("password"), Keytool.PASSWORD + "\n");
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        try (OutputStream out = Files.newOutputStream(folder.resolve("empty.p12"))) {
            empty.store(out, Keytool.PASSWORD.toCharArray());
        }
    }

    @Test
    void tokensAreVerifiedByThePublishedSet() throws Exception {
        try (Service service = new Service(Map.of(
                "service.key-store",
                folder.resolve("keys.p12").toString(),
                "service.key-store-password",
                "file:" + folder.resolve("password")))) {
            Answer login = service.login("alice", "refresh_transport=body");
            assertThat(published(service, login)).isEqualTo(certified());
            assertThat(service.get("/who", Service.bearer(login)).body()).isEqualTo("alicetrue");
            assertThat(service.post("/auth/refresh", "refresh_token=" + login.member("refresh_token"))
                            .status())
                    .isEqualTo(200);
        }
    }

    /** The key in the published set that the token is signed with. */
    private static Key published(Service service, Answer login) throws Exception {
        KeySource keys = KeyLocation.open(
                service.get("/auth/jwks.json").body(),
                KeyFormat.JWK_SET,
                KeyStoreTest.class.getClassLoader(),
                InstantSource.system());
        SignedToken token = new TokenReader().read(login.member("access_token")).fold(read -> read, (flaw, member) -> {
            throw new AssertionError(flaw);
        });
        return keys.candidates(token.header()).stream()
                .filter(token::isSignedBy)
                .findFirst()
                .orElseThrow()
                .key();
    }

    private static Key certified() throws Exception {
        return KeyStore.getInstance(folder.resolve("keys.p12").toFile(), Keytool.PASSWORD.toCharArray())
                .getCertificate("a")
                .getPublicKey();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            keys.p12  | wrong        | ES256 | the password does not open the PKCS#12 file
            none.p12  | correct keys | ES256 | the PKCS#12 file cannot be read
            empty.p12 | correct keys | ES256 | no private key with its certificate is in the PKCS#12 file
            password  | correct keys | ES256 | no PKCS#12 file that this JDK can read
            keys.p12  | correct keys | RS256 | the key with the latest certificate in the PKCS#12 file is for ES256, not RS256
            keys.p12  | correct keys | HS256 | the key with the latest certificate in the PKCS#12 file is for ES256, not HS256
            """)
    void doesNotStartWithoutAKeyThatFits(String name, String password, String algorithm, String problem) {
        String file = folder.resolve(name).toString();
        refused(
                Map.of(
                        "service.key-store", file,
                        "service.key-store-password", password,
                        "service.algorithm", algorithm),
                "service.key-store (programmatic setting service.key-store = " + file + "): " + problem);
    }

    @Test
    void settingsThatDoNotGoTogetherAreRefused() {
        refused(Map.of("service.key-store", "keys.p12"), "service.key-store-password: required");
        refused(Map.of("service.key-store-password", "x"), "service.key-store: required");
        refused(
                Map.of(
                        "service.key-store", "keys.p12",
                        "service.key-store-password", "x",
                        "service.key-rotation", "P30D"),
                "service.key-rotation (programmatic setting service.key-rotation = P30D): not with service.key-store,"
                        + " where certificates tell the time");
    }

    private static void refused(Map<String, String> more, String problem) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "service.issuer",
                "https://app.example/auth",
                "service.audience",
                "https://api.example",
                "service.key-secret",
                Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]),
                "service.datasource",
                "jdbc:h2:mem:" + UUID.randomUUID()));
        settings.putAll(more);
        Surroundings around = Surroundings.of(settings, Map.of(), Map.of(), KeyStoreTest.class.getClassLoader());
        assertThatThrownBy(() -> TokenService.start("", around, new LocalService(), InstantSource.system()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Mapae cannot start:\n  " + problem);
    }
}
