package io.mapae.service.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.testkit.TestKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFileTest {
    private static final Rollover ROLLOVER = Rollover.every(Duration.ofDays(30), Duration.ofMinutes(10));
    private static final byte[] CLAIMS = "{}".getBytes(StandardCharsets.US_ASCII);

    private final FakeClock clock = new FakeClock();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"RSA, RS256", "P-256, ES256", "Ed25519, EdDSA"})
    void signsWithTheOneKeyOfTheFile(String kind, String algorithm) throws Exception {
        TestKey key = TestKey.generate(kind, "any");
        SigningKeys keys = open(file(key, key), "password");
        String token = keys.sign(CLAIMS);
        assertThat(SigningKeysTest.isGood(token, keys)).isTrue();
        assertThat(SigningKeysTest.part(token, 0)).startsWith("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\"");
        assertThat(keys.published().jwkSet()).contains("\"kid\":\"" + SigningKeysTest.keyId(token) + "\"");
    }

    @Test
    void isNeverReplaced() throws Exception {
        TestKey key = TestKey.ec("P-256");
        SigningKeys keys = open(file(key, key), "password");
        String token = keys.sign(CLAIMS);
        clock.move(Duration.ofDays(3650));
        keys.tick();
        assertThat(keys.rotate()).isEmpty();
        assertThat(SigningKeysTest.keyId(keys.sign(CLAIMS))).isEqualTo(SigningKeysTest.keyId(token));
    }

    @Test
    void theSameKeyHasTheSameIdAtEachNode() throws Exception {
        TestKey key = TestKey.ec("P-256");
        assertThat(open(file(key, key), "password").published())
                .isEqualTo(open(file(key, key), "password").published());
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        Path file = file(TestKey.rsa(), TestKey.rsa());
        refused(file, "wrong", "the password does not open the PKCS#12 file");
    }

    @Test
    void aFileWithoutOrWithTwoKeysIsRefused() throws Exception {
        refused(file(List.of(), List.of()), "password", count(0));
        List<TestKey> two = List.of(TestKey.rsa(), TestKey.ec("P-256"));
        refused(file(two, two), "password", count(2));
    }

    @ParameterizedTest
    @CsvSource({"P-384", "P-521"})
    void aKeyForNoneOfTheAlgorithmsIsRefused(String curve) throws Exception {
        refused(
                file(TestKey.ec(curve), TestKey.ec(curve)),
                "password",
                "expected a key of RSA with at least 2048 bits, P-256 or Ed25519 in the PKCS#12 file");
    }

    @Test
    void aCertificateOfAnotherKeyIsRefused() throws Exception {
        refused(
                file(TestKey.rsa(), TestKey.otherRsa()),
                "password",
                "the certificate in the PKCS#12 file is of another key");
    }

    @Test
    void whatIsNoSuchFileIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "text");
        assertThatThrownBy(() -> open(file, "password")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> open(folder.resolve("missing"), "password")).isInstanceOf(NoSuchFileException.class);
    }

    private static String count(int keys) {
        return "expected one private key with its certificate in the PKCS#12 file, found " + keys;
    }

    private void refused(Path file, String password, String message) {
        assertThatThrownBy(() -> open(file, password))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage(message);
    }

    private SigningKeys open(Path file, String password) throws IOException, InvalidKeyException {
        return SigningKeys.inFile(file, password.toCharArray(), ROLLOVER, clock);
    }

    private Path file(TestKey key, TestKey certified) throws Exception {
        return file(List.of(key), List.of(certified));
    }

    private Path file(List<TestKey> keys, List<TestKey> certified) throws Exception {
        char[] password = "password".toCharArray();
        KeyStore entries = KeyStore.getInstance("PKCS12");
        entries.load(null, password);
        for (int i = 0; i < keys.size(); i++) {
            entries.setKeyEntry(
                    "key" + i, keys.get(i).privateKey(), password, new Certificate[] {certificate(certified.get(i))});
        }
        Path file = Files.createTempFile(folder, "keys", ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            entries.store(out, password);
        }
        return file;
    }

    private static Certificate certificate(TestKey key) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(key.certificatePem().getBytes(StandardCharsets.US_ASCII)));
    }
}
