package io.mapae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestKeyTest {
    private static final byte[] INPUT = "header.payload".getBytes(StandardCharsets.US_ASCII);

    static Stream<TestKey> pairs() {
        return Stream.of(
                TestKey.rsa(),
                TestKey.otherRsa(),
                TestKey.weakRsa(),
                TestKey.ec("P-256"),
                TestKey.ec("P-384"),
                TestKey.ec("P-521"),
                TestKey.ed25519());
    }

    static Stream<TestKey> keys() {
        return Stream.concat(pairs(), Stream.of(TestKey.hmac(32)));
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource({
        "RSA, RS256, 256, SHA256withRSA",
        "RSA, RS384, 256, SHA384withRSA",
        "RSA, RS512, 256, SHA512withRSA",
        "RSA, PS256, 256, SHA-256",
        "RSA, PS384, 256, SHA-384",
        "RSA, PS512, 256, SHA-512",
        "P-256, ES256, 64, SHA256withECDSAinP1363Format",
        "P-384, ES384, 96, SHA384withECDSAinP1363Format",
        "P-521, ES512, 132, SHA512withECDSAinP1363Format",
        "P-384, ES256, 96, SHA256withECDSAinP1363Format",
        "Ed25519, EdDSA, 64, Ed25519",
        "Ed25519, Ed25519, 64, Ed25519",
    })
    void signs(String kind, String algorithm, int length, String jdkName) throws GeneralSecurityException {
        TestKey key = key(kind);
        byte[] signature = key.sign(algorithm, INPUT);
        assertThat(signature).hasSize(length);
        assertThat(verifies(key.publicKey(), jdkName, INPUT, signature)).isTrue();
        assertThat(verifies(key.publicKey(), jdkName, new byte[1], signature)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"HS256, HmacSHA256, 32", "HS384, HmacSHA384, 48", "HS512, HmacSHA512, 64"})
    void signsByMac(String algorithm, String jdkName, int length) throws GeneralSecurityException {
        TestKey key = TestKey.hmac(64);
        Mac mac = Mac.getInstance(jdkName);
        mac.init(new SecretKeySpec(key.secret(), jdkName));
        assertThat(key.sign(algorithm, INPUT)).hasSize(length).isEqualTo(mac.doFinal(INPUT));
    }

    /** RFC 4231 §4.3. */
    @Test
    void signsTheVectorOfHmac() {
        TestKey key = TestKey.of("Jefe".getBytes(StandardCharsets.US_ASCII), "jefe");
        byte[] mac = key.sign("HS256", "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(mac))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @ParameterizedTest(name = "{0} is {1}, {2}")
    @CsvSource({
        "RSA, RS256, rsa",
        "P-256, ES256, ec-p256",
        "P-384, ES384, ec-p384",
        "P-521, ES512, ec-p521",
        "Ed25519, EdDSA, ed25519",
    })
    void named(String kind, String algorithm, String keyId) {
        TestKey key = key(kind);
        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(key.keyId()).isEqualTo(keyId);
        assertThat(key(kind)).isSameAs(key);
        TestKey fresh = TestKey.generate(kind, "fresh");
        assertThat(fresh.keyId()).isEqualTo("fresh");
        assertThat(fresh.algorithm()).isEqualTo(algorithm);
        assertThat(fresh.publicKey()).isNotEqualTo(key.publicKey());
    }

    @Test
    void rsaSizes() {
        assertThat(((RSAPublicKey) TestKey.rsa().publicKey()).getModulus().bitLength())
                .isEqualTo(2048);
        assertThat(((RSAPublicKey) TestKey.otherRsa().publicKey()).getModulus().bitLength())
                .isEqualTo(2048);
        assertThat(((RSAPublicKey) TestKey.weakRsa().publicKey()).getModulus().bitLength())
                .isEqualTo(1024);
        assertThat(TestKey.otherRsa().publicKey()).isNotEqualTo(TestKey.rsa().publicKey());
    }

    @ParameterizedTest(name = "{0} bytes -> {1}")
    @CsvSource({"1, HS256", "31, HS256", "32, HS256", "47, HS256", "48, HS384", "63, HS384", "64, HS512", "65, HS512"})
    void secretOf(int bytes, String algorithm) {
        TestKey key = TestKey.hmac(bytes);
        assertThat(key.secret()).hasSize(bytes).isEqualTo(TestKey.hmac(bytes).secret());
        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(key.keyId()).isEqualTo("hmac-" + bytes);
        assertThat(Base64.getUrlDecoder().decode(key.secretText())).isEqualTo(key.secret());
    }

    @Test
    void secretsAreCopies() {
        byte[] secret = new byte[32];
        TestKey key = TestKey.of(secret, "copy");
        secret[0] = 1;
        key.secret()[1] = 1;
        assertThat(key.secret()).isEqualTo(new byte[32]);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void pemReadsBack(TestKey key) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance(key.publicKey().getAlgorithm());
        assertThat(factory.generatePublic(new X509EncodedKeySpec(der(key.publicPem(), "PUBLIC KEY"))))
                .isEqualTo(key.publicKey());
        assertThat(factory.generatePrivate(new PKCS8EncodedKeySpec(der(key.privatePem(), "PRIVATE KEY"))))
                .isEqualTo(key.privateKey());
    }

    /** The SubjectPublicKeyInfo of RSA 2048 is 24 bytes of algorithm and then the PKCS#1 key. */
    @Test
    void pkcs1IsTheEndOfTheSubjectPublicKeyInfo() {
        byte[] pkcs1 = der(TestKey.rsa().pkcs1Pem(), "RSA PUBLIC KEY");
        assertThat(TestKey.rsa().publicKey().getEncoded()).endsWith(pkcs1).hasSize(pkcs1.length + 24);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void certificateReadsBack(TestKey key) throws GeneralSecurityException {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(key.certificatePem().getBytes(StandardCharsets.US_ASCII)));
        assertThat(certificate.getPublicKey()).isEqualTo(key.publicKey());
        certificate.verify(key.publicKey());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + key.keyId());
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(Instant.parse("2049-12-31T23:59:59Z"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void publicJwkReadsBack(TestKey key) throws GeneralSecurityException {
        Map<String, Object> jwk = json(key.publicJwk());
        assertThat(jwk)
                .containsEntry("kid", key.keyId())
                .containsEntry("alg", key.algorithm())
                .containsEntry("use", "sig");
        switch (String.valueOf(jwk.get("kty"))) {
            case "RSA" -> {
                assertThat(jwk).containsOnlyKeys("kty", "kid", "alg", "use", "n", "e");
                assertThat(KeyFactory.getInstance("RSA")
                                .generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e"))))
                        .isEqualTo(key.publicKey());
            }
            case "EC" -> {
                assertThat(jwk).containsOnlyKeys("kty", "kid", "alg", "use", "crv", "x", "y");
                ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
                assertThat(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve(jwk))))
                        .isEqualTo(key.publicKey());
            }
            default -> {
                assertThat(jwk).containsOnlyKeys("kty", "kid", "alg", "use", "crv", "x");
                assertThat(jwk).containsEntry("kty", "OKP").containsEntry("crv", "Ed25519");
                assertThat(key.publicKey().getEncoded()).hasSize(12 + 32).endsWith(bytes(jwk, "x"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void privateJwkReadsBack(TestKey key) throws GeneralSecurityException {
        Map<String, Object> jwk = json(key.privateJwk());
        assertThat(jwk).containsAllEntriesOf(json(key.publicJwk()));
        switch (String.valueOf(jwk.get("kty"))) {
            case "RSA" ->
                assertThat(KeyFactory.getInstance("RSA")
                                .generatePrivate(new RSAPrivateCrtKeySpec(
                                        number(jwk, "n"),
                                        number(jwk, "e"),
                                        number(jwk, "d"),
                                        number(jwk, "p"),
                                        number(jwk, "q"),
                                        number(jwk, "dp"),
                                        number(jwk, "dq"),
                                        number(jwk, "qi"))))
                        .isEqualTo(key.privateKey());
            case "EC" ->
                assertThat(KeyFactory.getInstance("EC")
                                .generatePrivate(new ECPrivateKeySpec(number(jwk, "d"), curve(jwk))))
                        .isEqualTo(key.privateKey());
            default ->
                assertThat(KeyFactory.getInstance("EdDSA")
                                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, bytes(jwk, "d"))))
                        .isEqualTo(key.privateKey());
        }
    }

    @Test
    void secretJwk() {
        TestKey key = TestKey.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII), "s");
        assertThat(key.privateJwk())
                .isEqualTo("{\"kty\":\"oct\",\"kid\":\"s\",\"alg\":\"HS256\",\"use\":\"sig\","
                        + "\"k\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\"}");
    }

    /** RFC 7518 §6.2.1.2: leading zeros stay. Half of all P-521 coordinates have some, so 16 keys show it. */
    @Test
    void coordinatesAreOfFullLength() {
        for (int i = 0; i < 16; i++) {
            Map<String, Object> jwk = json(TestKey.generate("P-521", "x").privateJwk());
            assertThat(bytes(jwk, "x")).hasSize(66);
            assertThat(bytes(jwk, "y")).hasSize(66);
            assertThat(bytes(jwk, "d")).hasSize(66);
        }
    }

    /** RFC 7518 §6.3.1.1: no sign byte. */
    @Test
    void modulusIsUnsigned() {
        assertThat(bytes(json(TestKey.rsa().publicJwk()), "n")).hasSize(256);
        assertThat(json(TestKey.rsa().publicJwk())).containsEntry("e", "AQAB");
    }

    @Test
    void variants() {
        TestKey key = TestKey.rsa().withAlgorithm("PS256").withKeyId("new \"id\"");
        assertThat(json(key.publicJwk())).containsEntry("alg", "PS256").containsEntry("kid", "new \"id\"");
        assertThat(key.publicKey()).isSameAs(TestKey.rsa().publicKey());
        assertThat(json(key.withoutKeyId().publicJwk()))
                .containsEntry("alg", "PS256")
                .doesNotContainKey("kid");
        assertThatIllegalStateException().isThrownBy(() -> key.withoutKeyId().keyId());
        assertThat(TestKey.rsa().algorithm()).isEqualTo("RS256");
    }

    @Test
    void sets() {
        TestKey rsa = TestKey.rsa();
        TestKey ec = TestKey.ec("P-256");
        assertThat(TestKey.jwks()).isEqualTo("{\"keys\":[]}");
        assertThat(TestKey.jwks(rsa, ec)).isEqualTo("{\"keys\":[" + rsa.publicJwk() + "," + ec.publicJwk() + "]}");
    }

    @Test
    void aSecretHasNoPair() {
        TestKey key = TestKey.hmac(32);
        assertThatIllegalStateException().isThrownBy(key::publicKey);
        assertThatIllegalStateException().isThrownBy(key::privateKey);
        assertThatIllegalStateException().isThrownBy(key::publicJwk);
        assertThatIllegalStateException().isThrownBy(key::publicPem);
        assertThatIllegalStateException().isThrownBy(key::certificatePem);
        assertThatIllegalStateException().isThrownBy(() -> TestKey.jwks(key));
        assertThatIllegalStateException().isThrownBy(() -> key.sign("RS256", INPUT));
    }

    @Test
    void aPairHasNoSecret() {
        assertThatIllegalStateException().isThrownBy(() -> TestKey.rsa().secret());
        assertThatIllegalStateException().isThrownBy(() -> TestKey.rsa().sign("HS256", INPUT));
        assertThatIllegalStateException().isThrownBy(() -> TestKey.ec("P-256").pkcs1Pem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "rs256", "RS1", "ES256", "EdDSA", ""})
    void rsaCannotSignWith(String algorithm) {
        assertThatIllegalArgumentException().isThrownBy(() -> TestKey.rsa().sign(algorithm, INPUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256k1", "P-257", "RSA", "Ed448", ""})
    void noSuchCurve(String curve) {
        assertThatIllegalArgumentException().isThrownBy(() -> TestKey.ec(curve));
    }

    @Test
    void noSuchKind() throws GeneralSecurityException {
        KeyPairGenerator ed448 = KeyPairGenerator.getInstance("Ed448");
        KeyPairGenerator x25519 = KeyPairGenerator.getInstance("X25519");
        assertThatIllegalArgumentException().isThrownBy(() -> TestKey.of(ed448.generateKeyPair(), "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> TestKey.of(x25519.generateKeyPair(), "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> TestKey.generate("Ed448", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> TestKey.hmac(0));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void toStringShowsNoKeyMaterial(TestKey key) {
        Set<String> open = Set.of("kty", "kid", "alg", "use", "crv");
        json(key.privateJwk()).forEach((name, value) -> {
            if (!open.contains(name)) {
                assertThat(key.toString()).doesNotContain((String) value);
            }
        });
        assertThat(key.toString())
                .contains(key.keyId())
                .contains(key.algorithm())
                .hasSizeLessThan(50);
        assertThat(key.withoutKeyId().toString()).contains("no key id").doesNotContain("null");
    }

    private static TestKey key(String kind) {
        return switch (kind) {
            case "RSA" -> TestKey.rsa();
            case "Ed25519" -> TestKey.ed25519();
            default -> TestKey.ec(kind);
        };
    }

    private static boolean verifies(PublicKey key, String jdkName, byte[] input, byte[] signature)
            throws GeneralSecurityException {
        Signature engine = Signature.getInstance(jdkName.startsWith("SHA-") ? "RSASSA-PSS" : jdkName);
        if (jdkName.startsWith("SHA-")) {
            int salt = Integer.parseInt(jdkName.substring(4)) / 8;
            engine.setParameter(new PSSParameterSpec(jdkName, "MGF1", new MGF1ParameterSpec(jdkName), salt, 1));
        }
        engine.initVerify(key);
        engine.update(input);
        return engine.verify(signature);
    }

    private static byte[] der(String pem, String label) {
        assertThat(pem).startsWith("-----BEGIN " + label + "-----\n").endsWith("\n-----END " + label + "-----\n");
        assertThat(pem.lines()).allMatch(line -> line.length() <= 64);
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z0-9 ]+-----", ""));
    }

    private static ECParameterSpec curve(Map<String, Object> jwk) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(String.valueOf(jwk.get("crv")).replace("P-", "secp") + "r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static Map<String, Object> json(String text) {
        return StrictJson.object(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(Map<String, Object> jwk, String member) {
        return Base64.getUrlDecoder().decode((String) jwk.get(member));
    }

    private static BigInteger number(Map<String, Object> jwk, String member) {
        return new BigInteger(1, bytes(jwk, member));
    }
}
