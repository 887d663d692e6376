package io.mapae.service.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.jws.Engines;
import io.mapae.service.Keytool;
import io.mapae.service.StoreException;
import io.mapae.testkit.TestKey;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFileTest {
    private static final Rollover ROLLOVER = Rollover.every(Duration.ofDays(30), Duration.ofMinutes(10));
    private static final Instant START = FakeClock.START;
    private static final String UNFIT =
            "expected keys of RSA with at least 2048 bits, P-256 or Ed25519 in the PKCS#12 file";
    private static final byte[] CLAIMS = "{}".getBytes(StandardCharsets.US_ASCII);

    private final FakeClock clock = new FakeClock();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"RSA, RS256, RS256", "P-256, ES256, ES256", "Ed25519, EDDSA, EdDSA"})
    void signsWithTheKeyOfTheFile(String kind, SigningAlgorithm algorithm, String name) throws Exception {
        TestKey key = TestKey.generate(kind, "any");
        SigningKeys keys = open(file(key, key), "password", algorithm);
        String token = keys.sign(CLAIMS);
        assertThat(SigningKeysTest.isGood(token, keys)).isTrue();
        assertThat(SigningKeysTest.part(token, 0)).startsWith("{\"alg\":\"" + name + "\",\"typ\":\"at+jwt\"");
        assertThat(SigningKeysTest.ids(keys)).containsExactly(SigningKeysTest.keyId(token));
    }

    @Test
    void isNotReplacedByItself() throws Exception {
        SigningKeys keys = open(keytool("only.p12", "only", "EC", START), Keytool.PASSWORD);
        String token = keys.sign(CLAIMS);
        clock.move(Duration.ofDays(3650));
        keys.tick();
        assertThat(keys.nextTakeover()).isEmpty();
        assertThat(new SigningKeysBean(keys).rotateNow())
                .isEqualTo("nothing is made here: the keys are those of service.key-store");
        assertThat(SigningKeysTest.keyId(keys.sign(CLAIMS))).isEqualTo(SigningKeysTest.keyId(token));
    }

    @Test
    void keysTakeTurnsByTheirCertificates() throws Exception {
        Path file = keytool("two.p12", "a", "EC", START);
        keytool("two.p12", "b", "RSA", START.minusSeconds(1));
        SigningKeys keys = open(file, Keytool.PASSWORD);
        List<String> ids = SigningKeysTest.ids(keys);
        assertThat(ids).hasSize(2);
        assertThat(keys.nextTakeover()).contains(START.plus(ROLLOVER.lead()));
        clock.move(ROLLOVER.lead().minusMillis(1));
        String before = keys.sign(CLAIMS);
        assertThat(SigningKeysTest.keyId(before)).isEqualTo(ids.get(0));
        clock.move(Duration.ofMillis(1));
        assertThat(SigningKeysTest.keyId(keys.sign(CLAIMS))).isEqualTo(ids.get(1));
        assertThat(SigningKeysTest.part(before, 0)).startsWith("{\"alg\":\"RS256\"");
        assertThat(SigningKeysTest.isGood(before, keys)).isTrue();
    }

    /** So that a new key can just be added: no verifier knows it yet. */
    @Test
    void aKeyThatIsAddedSignsAfterTheLeadTime() throws Exception {
        Path file = keytool("more.p12", "a", "EC", START.minusSeconds(1));
        SigningKeys keys = open(file, Keytool.PASSWORD);
        String first = SigningKeysTest.keyId(keys.sign(CLAIMS));
        keytool("more.p12", "b", "EC", START);
        keys.tick();
        assertThat(SigningKeysTest.ids(keys)).hasSize(2).startsWith(first);
        clock.move(ROLLOVER.lead().minusMillis(1));
        assertThat(SigningKeysTest.keyId(keys.sign(CLAIMS))).isEqualTo(first);
        clock.move(Duration.ofMillis(1));
        assertThat(SigningKeysTest.keyId(keys.sign(CLAIMS)))
                .isEqualTo(SigningKeysTest.ids(keys).get(1));
    }

    @Test
    void aFileThatCannotBeUsedAnyMoreLeavesTheKeysThatAreKnown() throws Exception {
        Path file = keytool("gone.p12", "a", "EC", START);
        SigningKeys keys = open(file, Keytool.PASSWORD);
        String token = keys.sign(CLAIMS);
        for (String content : List.of("", "text")) {
            Files.writeString(file, content);
            keys.tick();
            clock.move(Duration.ofDays(1));
            assertThat(SigningKeysTest.isGood(token, keys)).isTrue();
            assertThat(SigningKeysTest.keyId(keys.sign(CLAIMS))).isEqualTo(SigningKeysTest.keyId(token));
        }
        Files.delete(file);
        keys.tick();
        keytool("gone.p12", "b", "EC", START);
        keys.tick();
        assertThat(SigningKeysTest.isGood(token, keys)).isFalse();
    }

    /** One that is on its way out may be of any. */
    @Test
    void theLatestKeyHasToBeOfTheAlgorithm() throws Exception {
        Path file = keytool("kinds.p12", "a", "RSA", START);
        assertThat(open(file, Keytool.PASSWORD, SigningAlgorithm.RS256).sign(CLAIMS))
                .isNotEmpty();
        keytool("kinds.p12", "b", "EC", START.plusSeconds(1));
        assertThat(open(file, Keytool.PASSWORD).sign(CLAIMS)).isNotEmpty();
        assertThatThrownBy(() -> open(file, Keytool.PASSWORD, SigningAlgorithm.RS256))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("the key with the latest certificate in the PKCS#12 file is for ES256, not RS256");
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
    void aFileWithoutKeysIsRefused() throws Exception {
        refused(file(List.of(), List.of()), "password", "no private key with its certificate is in the PKCS#12 file");
    }

    @ParameterizedTest
    @CsvSource({"P-384", "P-521"})
    void aKeyForNoneOfTheAlgorithmsIsRefused(String curve) throws Exception {
        refused(file(TestKey.ec(curve), TestKey.ec(curve)), "password", UNFIT);
    }

    @Test
    void aKeyForPssAloneIsRefused() throws Exception {
        refused(keytool("pss.p12", "a", "RSASSA-PSS", START), Keytool.PASSWORD, UNFIT);
    }

    @Test
    void aCertificateOfAnotherKeyIsRefused() throws Exception {
        refused(
                file(TestKey.rsa(), TestKey.otherRsa()),
                "password",
                "a certificate in the PKCS#12 file is of another key");
    }

    @Test
    void whatIsNoSuchFileIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "text");
        refused(text, "password", "no PKCS#12 file that this JDK can read");
        assertThatThrownBy(() -> open(folder.resolve("missing"), "password"))
                .isInstanceOf(StoreException.class)
                .hasMessage("the PKCS#12 file cannot be read");
    }

    private void refused(Path file, String password, String message) {
        assertThatThrownBy(() -> open(file, password))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage(message);
    }

    private SigningKeys open(Path file, String password) throws StoreException, InvalidKeyException {
        return open(file, password, SigningAlgorithm.ES256);
    }

    private SigningKeys open(Path file, String password, SigningAlgorithm algorithm)
            throws StoreException, InvalidKeyException {
        return SigningKeys.inFile(file, password.toCharArray(), algorithm, ROLLOVER, Engines.jdk(), clock);
    }

    private Path keytool(String file, String alias, String kind, Instant from) throws Exception {
        return Keytool.add(folder.resolve(file), alias, kind, from);
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
