package io.mapae.keys;

import static io.mapae.keys.KeyFormat.JWK_SET;
import static io.mapae.keys.KeyFormat.PUBLIC_KEY;
import static io.mapae.keys.KeyFormat.SECRET;
import static io.mapae.keys.Texts.octJwk;
import static io.mapae.keys.Texts.outcome;
import static io.mapae.keys.Texts.pem;
import static io.mapae.keys.Texts.set;
import static io.mapae.keys.Texts.verifies;
import static io.mapae.keys.Texts.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Fast;
import io.mapae.testkit.TestKey;
import java.security.InvalidKeyException;
import java.security.Security;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormatTest {
    private static final TestKey RSA = TestKey.rsa();
    private static final TestKey EC = TestKey.ec("P-256");
    private static final TestKey ED = TestKey.ed25519();
    private static final TestKey HMAC = TestKey.hmac(64);

    private static final String PRIVATE = "a private key where a public one belongs";
    private static final String MALFORMED_JWK = "a JWK that is malformed or of an unknown kty or crv";
    private static final String MALFORMED_PEM = "a PEM public key that is malformed or none of [RSA, EC, EdDSA]";
    private static final String OFF_CURVE =
            "an EC key on an unknown curve, or not a point of its curve (P-256, P-384 and P-521 are known)";
    private static final String NO_ALGORITHM = "a key that verifies none of the algorithms " + Algorithm.names();
    private static final String CUT = "a PEM block that is cut off or mislabelled";
    private static final String NEITHER = "neither PEM nor a JSON object";

    /** As {@code openssl pkcs12} writes it. */
    private static final String BAG = """
            Bag Attributes
                friendlyName: my-ca
                localKeyID: F7 69 44 FD A2 6A E8 2A 98 CB 7E C0 FF 0B A6 FD D9 17 E8 45\s
            subject=CN = Test - CA
            issuer=CN = Test - CA
            """;

    /** As {@code openssl x509 -text} writes it, shortened. */
    private static final String X509_TEXT = """
            Certificate:
                Data:
                    Version: 3 (0x2)
                    Signature Algorithm: ecdsa-with-SHA256
                    Subject Public Key Info:
                        Public Key Algorithm: id-ecPublicKey
                            Public-Key: (256 bit)
                            pub:
                                04:e5:5a:76:c3:c9:05:6d:0a:90:bc:7c:24:58:40
                    X509v3 extensions:
                        X509v3 Basic Constraints: critical
                            CA:TRUE
            """;

    private static final String OTHER_PURPOSE =
            "no key that verifies signatures: [a JWK meant for something else than verifying]";

    private static String bare(TestKey key) {
        return key.publicPem().replaceAll("-----.*-----\n", "");
    }

    // what is read

    static Stream<Arguments> good() {
        return Stream.of(
                arguments("SPKI of RSA", PUBLIC_KEY, RSA.publicPem(), RSA),
                arguments("SPKI of P-256", PUBLIC_KEY, EC.publicPem(), EC),
                arguments("SPKI of P-384", PUBLIC_KEY, TestKey.ec("P-384").publicPem(), TestKey.ec("P-384")),
                arguments("SPKI of P-521", PUBLIC_KEY, TestKey.ec("P-521").publicPem(), TestKey.ec("P-521")),
                arguments("SPKI of Ed25519", PUBLIC_KEY, ED.publicPem(), ED),
                arguments("PKCS#1", PUBLIC_KEY, RSA.pkcs1Pem(), RSA),
                arguments("a certificate of RSA", PUBLIC_KEY, RSA.certificatePem(), RSA),
                arguments("a certificate of EC", PUBLIC_KEY, EC.certificatePem(), EC),
                arguments("a certificate of Ed25519", PUBLIC_KEY, ED.certificatePem(), ED),
                arguments("written line breaks", PUBLIC_KEY, RSA.publicPem().replace("\n", "\\n"), RSA),
                arguments("one line", PUBLIC_KEY, RSA.publicPem().replace("\n", ""), RSA),
                arguments("spaces for line breaks", PUBLIC_KEY, RSA.publicPem().replace("\n", " "), RSA),
                arguments("CRLF", PUBLIC_KEY, RSA.publicPem().replace("\n", "\r\n"), RSA),
                arguments("no PEM around, RSA", PUBLIC_KEY, bare(RSA), RSA),
                arguments("no PEM around, P-256", PUBLIC_KEY, bare(EC), EC),
                arguments("no PEM around, Ed25519", PUBLIC_KEY, bare(ED), ED),
                arguments("no PEM around, one line", PUBLIC_KEY, bare(RSA).replace("\n", ""), RSA),
                arguments(
                        "no PEM around, written line breaks",
                        PUBLIC_KEY,
                        bare(RSA).strip().replace("\n", "\\n"),
                        RSA),
                arguments("blanks around", PUBLIC_KEY, " \n" + RSA.publicPem() + "\n ", RSA),
                arguments("text after a block", PUBLIC_KEY, RSA.publicPem() + "so much for that", RSA),
                arguments("a certificate after what it says", PUBLIC_KEY, X509_TEXT + RSA.certificatePem(), RSA),
                arguments("a certificate out of PKCS#12", PUBLIC_KEY, BAG + EC.certificatePem(), EC),
                arguments(
                        "text between blocks", PUBLIC_KEY, BAG + EC.certificatePem() + BAG + RSA.certificatePem(), RSA),
                arguments("text before a key", PUBLIC_KEY, "our key - of 2026, \u00e4\n" + RSA.publicPem(), RSA),
                arguments("text before PKCS#1", PUBLIC_KEY, "----- RSA -----\n" + RSA.pkcs1Pem(), RSA),
                arguments("text of CRLF before", PUBLIC_KEY, (BAG + EC.publicPem()).replace("\n", "\r\n"), EC),
                arguments("text of CR before", PUBLIC_KEY, (BAG + EC.publicPem()).replace("\n", "\r"), EC),
                arguments("text, written line breaks", PUBLIC_KEY, (BAG + EC.publicPem()).replace("\n", "\\n"), EC),
                arguments("the first block", PUBLIC_KEY, RSA.publicPem() + EC.certificatePem(), RSA),
                arguments("the second block", PUBLIC_KEY, RSA.publicPem() + EC.certificatePem(), EC),
                arguments("JWK of RSA", PUBLIC_KEY, RSA.publicJwk(), RSA),
                arguments("JWK of P-256", PUBLIC_KEY, EC.publicJwk(), EC),
                arguments("JWK of P-384", PUBLIC_KEY, TestKey.ec("P-384").publicJwk(), TestKey.ec("P-384")),
                arguments("JWK of P-521", PUBLIC_KEY, TestKey.ec("P-521").publicJwk(), TestKey.ec("P-521")),
                arguments("JWK of Ed25519", PUBLIC_KEY, ED.publicJwk(), ED),
                arguments("JWK without alg", PUBLIC_KEY, with(RSA.publicJwk(), "alg", ""), RSA),
                arguments("JWK without use", PUBLIC_KEY, with(RSA.publicJwk(), "use", ""), RSA),
                arguments("JWK without kid", PUBLIC_KEY, RSA.withoutKeyId().publicJwk(), RSA),
                arguments("JWK of RFC 9864's name", PUBLIC_KEY, with(ED.publicJwk(), "alg", "\"Ed25519\""), ED),
                arguments("JWK with a certificate", PUBLIC_KEY, with(RSA.publicJwk(), "x5c", "[1]"), RSA),
                arguments("JWK with key_ops", PUBLIC_KEY, with(RSA.publicJwk(), "key_ops", "[\"verify\"]"), RSA),
                arguments(
                        "JWK with several key_ops",
                        PUBLIC_KEY,
                        with(RSA.publicJwk(), "key_ops", "[\"sign\",\"verify\"]"),
                        RSA),
                arguments("JWK set", PUBLIC_KEY, TestKey.jwks(RSA, EC), EC),
                arguments("published JWK set", JWK_SET, TestKey.jwks(RSA, EC), EC),
                arguments("published JWK", JWK_SET, RSA.publicJwk(), RSA),
                arguments("secret", SECRET, HMAC.secretText(), HMAC),
                arguments("secret with a line feed", SECRET, HMAC.secretText() + "\n", HMAC),
                arguments("secret as JWK", SECRET, HMAC.privateJwk(), HMAC),
                arguments("secret as JWK without alg", SECRET, octJwk(HMAC), HMAC),
                arguments("secrets as JWK set", SECRET, set(TestKey.hmac(32).privateJwk(), HMAC.privateJwk()), HMAC));
    }

    /** As a server may have it registered: its factories make the keys, but for Ed25519. */
    @ParameterizedTest
    @EnumSource
    void readsTheSameWhereAFastProviderComesFirst(Fast fast) throws Exception {
        Security.insertProviderAt(fast.load(), 1);
        try {
            for (Arguments known : good().toList()) {
                Object[] row = known.get();
                KeySet keys = ((KeyFormat) row[1]).read((String) row[2]);
                assertThat(verifies(keys, (TestKey) row[3])).as("%s", row[0]).isTrue();
            }
        } finally {
            Security.removeProvider(fast.toString());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void reads(String what, KeyFormat format, String text, TestKey key) throws Exception {
        KeySet keys = format.read(text);
        assertThat(keys.skipped()).isEmpty();
        assertThat(verifies(keys, key)).isTrue();
        assertThat(verifies(keys, TestKey.otherRsa())).isFalse();
    }

    // which algorithms a key is read for

    static Stream<Arguments> algorithms() {
        return Stream.of(
                arguments(PUBLIC_KEY, RSA.publicPem(), "[PS256, PS384, PS512, RS256, RS384, RS512]"),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "alg", ""), "[PS256, PS384, PS512, RS256, RS384, RS512]"),
                arguments(PUBLIC_KEY, RSA.publicJwk(), "[RS256]"),
                arguments(PUBLIC_KEY, RSA.withAlgorithm("PS384").publicJwk(), "[PS384]"),
                arguments(PUBLIC_KEY, EC.certificatePem(), "[ES256]"),
                arguments(PUBLIC_KEY, ED.publicPem(), "[EdDSA]"),
                arguments(SECRET, TestKey.hmac(32).secretText(), "[HS256]"),
                arguments(SECRET, TestKey.hmac(47).secretText(), "[HS256]"),
                arguments(SECRET, TestKey.hmac(48).secretText(), "[HS256, HS384]"),
                arguments(SECRET, TestKey.hmac(63).secretText(), "[HS256, HS384]"),
                arguments(SECRET, TestKey.hmac(64).secretText(), "[HS256, HS384, HS512]"),
                arguments(SECRET, octJwk(TestKey.hmac(48)), "[HS256, HS384]"),
                arguments(SECRET, HMAC.withAlgorithm("HS256").privateJwk(), "[HS256]"));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void readsAKeyForItsOwnAlgorithmElseForAllThatFit(KeyFormat format, String text, String algorithms)
            throws Exception {
        for (Algorithm algorithm : Algorithm.values()) {
            boolean candidate =
                    !format.read(text).candidates(Texts.header(algorithm, null)).isEmpty();
            assertThat(candidate).as("%s", algorithm).isEqualTo(algorithms.matches(".*\\b" + algorithm + "\\b.*"));
        }
    }

    // what is refused

    static Stream<Arguments> bad() throws Exception {
        String weak = TestKey.weakRsa().publicPem();
        String unfinished = RSA.publicPem().replace("-----END PUBLIC KEY-----", "");
        return Stream.of(
                arguments(PUBLIC_KEY, "", "nothing there"),
                arguments(PUBLIC_KEY, " \n\t", "nothing there"),
                arguments(SECRET, "", "nothing there"),
                arguments(JWK_SET, " ", "nothing there"),
                // PEM
                arguments(PUBLIC_KEY, weak, "an RSA key of 1024 bits, 2048 at least"),
                arguments(PUBLIC_KEY, TestKey.weakRsa().certificatePem(), "an RSA key of 1024 bits, 2048 at least"),
                arguments(PUBLIC_KEY, RSA.publicPem() + weak, "an RSA key of 1024 bits, 2048 at least"),
                arguments(PUBLIC_KEY, RSA.privatePem(), PRIVATE),
                arguments(PUBLIC_KEY, RSA.publicPem() + RSA.privatePem(), PRIVATE),
                arguments(PUBLIC_KEY, pem("RSA PRIVATE KEY", new byte[] {1}), PRIVATE),
                arguments(PUBLIC_KEY, pem("EC PRIVATE KEY", new byte[] {1}), PRIVATE),
                arguments(PUBLIC_KEY, pem("ENCRYPTED PRIVATE KEY", new byte[] {1}), PRIVATE),
                arguments(PUBLIC_KEY, pem("OPENSSH PRIVATE KEY", new byte[] {1}), PRIVATE),
                arguments(
                        PUBLIC_KEY,
                        pem("CERTIFICATE REQUEST", new byte[] {1}),
                        "a PEM block that is no public key: CERTIFICATE REQUEST"),
                arguments(
                        PUBLIC_KEY,
                        pem("EC PARAMETERS", new byte[] {1}),
                        "a PEM block that is no public key: EC PARAMETERS"),
                arguments(PUBLIC_KEY, RSA.publicPem().replace("M", "!"), "a PEM block that is not base64"),
                arguments(PUBLIC_KEY, unfinished + RSA.publicPem(), "a PEM block that is not base64"),
                arguments(PUBLIC_KEY, unfinished, CUT),
                arguments(PUBLIC_KEY, RSA.publicPem() + unfinished, CUT),
                arguments(
                        PUBLIC_KEY,
                        RSA.publicPem() + pem("public key", EC.publicKey().getEncoded()),
                        CUT),
                arguments(PUBLIC_KEY, RSA.publicPem().replace("END PUBLIC", "END RSA PUBLIC"), CUT),
                arguments(PUBLIC_KEY, RSA.publicPem().replace("-----BEGIN PUBLIC KEY-----\n", ""), NEITHER),
                // text before the first block
                arguments(PUBLIC_KEY, BAG, NEITHER),
                arguments(PUBLIC_KEY, X509_TEXT, NEITHER),
                arguments(PUBLIC_KEY, BAG + RSA.privatePem(), PRIVATE),
                arguments(PUBLIC_KEY, BAG + RSA.privatePem() + BAG + RSA.certificatePem(), PRIVATE),
                arguments(PUBLIC_KEY, "key: " + RSA.privatePem() + RSA.publicPem(), NEITHER),
                arguments(PUBLIC_KEY, "Private-Key: (256 bit)\npriv:\n    a7:5a\n" + EC.publicPem(), PRIVATE),
                arguments(PUBLIC_KEY, "RSA Private-Key: (2048 bit, 2 primes)\n" + RSA.publicPem(), PRIVATE),
                arguments(PUBLIC_KEY, EC.publicPem() + "Private-Key: (256 bit)\npriv:\n    a7:5a\n", PRIVATE),
                arguments(PUBLIC_KEY, RSA.privateJwk() + "\n" + RSA.publicPem(), NEITHER),
                arguments(PUBLIC_KEY, "{\"kid\":\"\n" + RSA.publicPem() + "\"}", NEITHER),
                arguments(PUBLIC_KEY, "{\"kid\":\"" + RSA.publicPem().replace("\n", "\\n") + "\"}", MALFORMED_JWK),
                arguments(PUBLIC_KEY, "[\n" + RSA.publicPem() + "]", NEITHER),
                arguments(PUBLIC_KEY, "<!DOCTYPE html><pre>\n" + RSA.publicPem() + "</pre>", NEITHER),
                arguments(PUBLIC_KEY, "\n <html>\r\n" + RSA.publicPem(), NEITHER),
                arguments(PUBLIC_KEY, "see -----BEGIN PUBLIC KEY-----", NEITHER),
                arguments(PUBLIC_KEY, BAG.replace("\n", " ") + RSA.publicPem(), NEITHER),
                arguments(PUBLIC_KEY, BAG + "----BEGIN PUBLIC KEY----", NEITHER),
                arguments(PUBLIC_KEY, BAG + "-----BEGIN PUBLIC KEY-----", CUT),
                arguments(PUBLIC_KEY, BAG + unfinished, CUT),
                arguments(PUBLIC_KEY, "-----BEGIN PUBLIC KEY---\n" + RSA.publicPem(), CUT),
                arguments(PUBLIC_KEY, "x-----BEGIN PUBLIC KEY-----\n" + RSA.publicPem(), NEITHER),
                arguments(PUBLIC_KEY, unfinished + BAG + RSA.publicPem(), "a PEM block that is not base64"),
                arguments(PUBLIC_KEY, "AQAB\n-----END PRIVATE KEY-----\n" + RSA.publicPem(), NEITHER),
                arguments(PUBLIC_KEY, "AQAB\n-----END PRIVATE KEY-----", NEITHER),
                arguments(PUBLIC_KEY, RSA.publicPem() + "AQAB\n-----END PRIVATE KEY-----", CUT),
                arguments(PUBLIC_KEY, BAG + weak, "an RSA key of 1024 bits, 2048 at least"),
                arguments(JWK_SET, BAG + RSA.publicPem(), NEITHER),
                arguments(SECRET, BAG + RSA.publicPem(), "not base64url without padding"),
                arguments(PUBLIC_KEY, pem("PUBLIC KEY", new byte[0]), MALFORMED_PEM),
                arguments(PUBLIC_KEY, pem("PUBLIC KEY", new byte[] {1}), MALFORMED_PEM),
                arguments(PUBLIC_KEY, pem("RSA PUBLIC KEY", new byte[] {1}), MALFORMED_PEM),
                arguments(PUBLIC_KEY, pem("RSA PUBLIC KEY", RSA.publicKey().getEncoded()), MALFORMED_PEM),
                arguments(PUBLIC_KEY, pem("RSA PUBLIC KEY", new byte[70_000]), MALFORMED_PEM),
                arguments(PUBLIC_KEY, pem("PUBLIC KEY", RSA.privateKey().getEncoded()), MALFORMED_PEM),
                arguments(PUBLIC_KEY, Texts.foreignPem("X25519"), MALFORMED_PEM),
                arguments(PUBLIC_KEY, Texts.foreignPem("RSASSA-PSS"), MALFORMED_PEM),
                arguments(PUBLIC_KEY, Texts.foreignPem("Ed448"), NO_ALGORITHM),
                arguments(PUBLIC_KEY, pem("CERTIFICATE", new byte[] {1}), "a malformed certificate"),
                arguments(PUBLIC_KEY, pem("CERTIFICATE", RSA.publicKey().getEncoded()), "a malformed certificate"),
                // JSON
                arguments(PUBLIC_KEY, "x", NEITHER),
                arguments(PUBLIC_KEY, "[]", NEITHER),
                arguments(PUBLIC_KEY, "[" + RSA.publicJwk() + "]", NEITHER),
                arguments(PUBLIC_KEY, RSA.publicJwk() + RSA.publicJwk(), NEITHER),
                arguments(PUBLIC_KEY, "x" + RSA.publicPem(), NEITHER),
                arguments(PUBLIC_KEY, HMAC.secretText(), NEITHER),
                arguments(JWK_SET, RSA.publicPem(), NEITHER),
                arguments(JWK_SET, "<html></html>", NEITHER),
                arguments(JWK_SET, "{\"keys\":null}", "a JWK set whose keys are not an array"),
                arguments(PUBLIC_KEY, "{\"keys\":{}}", "a JWK set whose keys are not an array"),
                arguments(PUBLIC_KEY, "{\"keys\":[]}", "no key that verifies signatures"),
                arguments(JWK_SET, "{\"keys\":[]}", "no key that verifies signatures"),
                arguments(PUBLIC_KEY, "{\"keys\":[null]}", "an entry that is no JWK"),
                arguments(PUBLIC_KEY, "{\"keys\":[\"x\"]}", "an entry that is no JWK"),
                arguments(JWK_SET, "{\"keys\":[1]}", "no key that verifies signatures: [an entry that is no JWK]"),
                // JWK
                arguments(PUBLIC_KEY, "{}", MALFORMED_JWK),
                arguments(PUBLIC_KEY, "{\"kty\":\"RSA\"}", MALFORMED_JWK),
                arguments(PUBLIC_KEY, "{\"kty\":\"xyz\",\"x\":\"AQAB\"}", MALFORMED_JWK),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "kty", ""), MALFORMED_JWK),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "kty", "\"rsa\""), MALFORMED_JWK),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "kty", "\"EC\""), MALFORMED_JWK),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "n", ""), MALFORMED_JWK),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "n", "5"), MALFORMED_JWK),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "n", "null"), MALFORMED_JWK),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "e", ""), MALFORMED_JWK),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "e", "\"AQ\""), MALFORMED_JWK),
                arguments(
                        PUBLIC_KEY,
                        with(RSA.publicJwk(), "e", "\"BA\""),
                        "an RSA key whose exponent is even or less than 3"),
                arguments(PUBLIC_KEY, TestKey.weakRsa().publicJwk(), "an RSA key of 1024 bits, 2048 at least"),
                arguments(PUBLIC_KEY, TestKey.weakRsa().pkcs1Pem(), "an RSA key of 1024 bits, 2048 at least"),
                arguments(
                        PUBLIC_KEY,
                        with(RSA.publicJwk(), "e", "\"AQAB=\""),
                        "a JWK whose e is not base64url without padding"),
                arguments(
                        PUBLIC_KEY,
                        with(RSA.publicJwk(), "n", "\"!AQAB\""),
                        "a JWK whose n is not base64url without padding"),
                arguments(PUBLIC_KEY, with(ED.publicJwk(), "x", "\"AQABAQAB\""), "an Ed25519 key of 6 bytes, not 32"),
                arguments(PUBLIC_KEY, with(EC.publicJwk(), "crv", "\"P-384\""), OFF_CURVE),
                arguments(PUBLIC_KEY, with(EC.publicJwk(), "crv", "\"P-257\""), MALFORMED_JWK),
                arguments(PUBLIC_KEY, with(EC.publicJwk(), "x", "\"AQAB\""), OFF_CURVE),
                arguments(PUBLIC_KEY, with(EC.publicJwk(), "y", ""), MALFORMED_JWK),
                arguments(
                        PUBLIC_KEY,
                        "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g\","
                                + "\"y\":\"SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg\"}",
                        OFF_CURVE),
                arguments(
                        PUBLIC_KEY,
                        "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08\"}",
                        NO_ALGORITHM),
                arguments(
                        PUBLIC_KEY,
                        "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"X9dEm1m0Yf0s54fsYWrUah2hNCSFpw4fig6nXYDpZ3jt8SR2m0bHBhvWeD3x"
                                + "5Q9s0foavq_oJWGA\"}",
                        NO_ALGORITHM),
                arguments(PUBLIC_KEY, RSA.privateJwk(), PRIVATE),
                arguments(PUBLIC_KEY, EC.privateJwk(), PRIVATE),
                arguments(PUBLIC_KEY, ED.privateJwk(), PRIVATE),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "d", "null"), PRIVATE),
                arguments(PUBLIC_KEY, set(RSA.publicJwk(), EC.privateJwk()), PRIVATE),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "kty", "1"), "a JWK whose kty is not a string"),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "kid", "1"), "a JWK whose kid is not a string"),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "kid", "null"), "a JWK whose kid is not a string"),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "alg", "[]"), "a JWK whose alg is not a string"),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "use", "true"), "a JWK whose use is not a string"),
                // another purpose
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "use", "\"enc\""), OTHER_PURPOSE),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "use", "\"SIG\""), OTHER_PURPOSE),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "use", "\"\""), OTHER_PURPOSE),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "key_ops", "[\"sign\"]"), OTHER_PURPOSE),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "key_ops", "[]"), OTHER_PURPOSE),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "key_ops", "\"verify\""), OTHER_PURPOSE),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "key_ops", "null"), OTHER_PURPOSE),
                arguments(
                        PUBLIC_KEY, with(RSA.publicJwk(), "use", "\"enc\"", "key_ops", "[\"verify\"]"), OTHER_PURPOSE),
                arguments(
                        PUBLIC_KEY,
                        with(RSA.publicJwk(), "alg", "\"ES256\""),
                        "a JWK that does not fit its own alg, ES256"),
                arguments(
                        PUBLIC_KEY,
                        with(RSA.publicJwk(), "alg", "\"HS256\""),
                        "a JWK that does not fit its own alg, HS256"),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "alg", "\"RSA-OAEP\""), OTHER_PURPOSE),
                arguments(PUBLIC_KEY, with(RSA.publicJwk(), "alg", "\"rs256\""), OTHER_PURPOSE),
                arguments(
                        PUBLIC_KEY,
                        with(EC.publicJwk(), "alg", "\"ES384\""),
                        "a JWK that does not fit its own alg, ES384"),
                arguments(
                        SECRET,
                        TestKey.hmac(32).withAlgorithm("HS512").privateJwk(),
                        "a JWK that does not fit its own alg, HS512"),
                // secrets
                arguments(SECRET, TestKey.hmac(31).secretText(), "an HMAC secret of 31 bytes, 32 at least"),
                arguments(SECRET, TestKey.hmac(1).secretText(), "an HMAC secret of 1 bytes, 32 at least"),
                arguments(SECRET, TestKey.hmac(31).privateJwk(), "an HMAC secret of 31 bytes, 32 at least"),
                arguments(SECRET, HMAC.secretText() + "=", "not base64url without padding"),
                arguments(SECRET, HMAC.secretText() + "!", "not base64url without padding"),
                arguments(SECRET, Base64.getEncoder().encodeToString(new byte[32]), "not base64url without padding"),
                arguments(SECRET, "correct horse battery staple", "not base64url without padding"),
                arguments(SECRET, "{\"kty\":\"oct\"}", MALFORMED_JWK),
                arguments(SECRET, "{\"kty\":\"oct\",\"k\":\"\"}", MALFORMED_JWK),
                arguments(SECRET, "{\"kty\":\"oct\",\"k\":5}", MALFORMED_JWK),
                arguments(SECRET, "{", NEITHER),
                // the wrong kind
                arguments(PUBLIC_KEY, HMAC.privateJwk(), "an HMAC secret where public keys belong"),
                arguments(
                        JWK_SET,
                        set(HMAC.privateJwk()),
                        "no key that verifies signatures: [an HMAC secret, which is none once it is published]"),
                arguments(SECRET, RSA.publicJwk(), "a public key where an HMAC secret belongs"),
                arguments(SECRET, TestKey.jwks(RSA), "a public key where an HMAC secret belongs"),
                arguments(SECRET, RSA.publicPem(), "not base64url without padding"),
                arguments(SECRET, RSA.privateJwk(), PRIVATE));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses(KeyFormat format, String text, String message) {
        assertThat(outcome(format, text)).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void neverQuotesAKey(KeyFormat format, String text, String message) {
        String said = outcome(format, text);
        for (Matcher word = Pattern.compile("[A-Za-z0-9_+/-]{12,}").matcher(text); word.find(); ) {
            String quoted = word.group().substring(0, 12);
            assertThat(said).doesNotContain(quoted);
        }
        try {
            format.read(text);
        } catch (InvalidKeyException refusal) {
            assertThat(refusal).hasNoCause().hasNoSuppressedExceptions();
        }
    }

    /** Whatever a provider makes of broken DER, the caller sees a refusal, or a key that a byte makes another one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void refusesBrokenDerAsAnInvalidKey(String label, byte[] der) {
        for (int i = 0; i < der.length; i++) {
            for (int mask : List.of(0x01, 0x80, 0xFF)) {
                byte[] broken = der.clone();
                broken[i] ^= (byte) mask;
                assertThat(outcome(PUBLIC_KEY, pem(label, broken))).isNotEmpty();
            }
            assertThat(outcome(PUBLIC_KEY, pem(label, java.util.Arrays.copyOf(der, i))))
                    .isNotEqualTo("read");
        }
    }

    static Stream<Arguments> blocks() {
        return Stream.of(
                arguments("PUBLIC KEY", EC.publicKey().getEncoded()),
                arguments("PUBLIC KEY", ED.publicKey().getEncoded()),
                arguments("PUBLIC KEY", RSA.publicKey().getEncoded()),
                arguments("RSA PUBLIC KEY", der(RSA.pkcs1Pem())),
                arguments("CERTIFICATE", der(EC.certificatePem())));
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----.*?-----", ""));
    }

    // sets

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "null",
                "1",
                "[]",
                "{}",
                "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AAAA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-224\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"kid\":1}",
                "{\"kty\":\"RSA\",\"d\":\"AQAB\"}",
                "{\"kty\":\"oct\",\"k\":\"AQAB\"}"
            })
    void skipsWhatItCannotReadInAPublishedSetOnly(String entry) throws Exception {
        for (String text : List.of(
                set(entry, RSA.publicJwk(), EC.publicJwk()),
                set(RSA.publicJwk(), entry, EC.publicJwk()),
                set(RSA.publicJwk(), EC.publicJwk(), entry))) {
            KeySet keys = JWK_SET.read(text);
            assertThat(keys.skipped()).hasSize(1);
            assertThat(verifies(keys, RSA)).isTrue();
            assertThat(verifies(keys, EC)).isTrue();
            assertThat(outcome(PUBLIC_KEY, text)).isNotEqualTo("read");
        }
    }

    @Test
    void skipsKeysOfAnotherPurposeInEverySet() throws Exception {
        String encryption = with(EC.publicJwk(), "use", "\"enc\"");
        for (KeyFormat format : List.of(PUBLIC_KEY, JWK_SET)) {
            KeySet keys = format.read(set(encryption, RSA.publicJwk()));
            assertThat(keys.skipped()).containsExactly("a JWK meant for something else than verifying");
            assertThat(verifies(keys, RSA)).isTrue();
            assertThat(verifies(keys, EC)).isFalse();
        }
    }

    @ParameterizedTest(name = "{0}, {1} -> {2}")
    @CsvSource({
        "RS256, RS256, false",
        "RS256, PS256, true",
        "RS256, '', false",
        "'', '', false",
    })
    void refusesOneIdForTwoKeysOfOneAlgorithm(String first, String second, boolean read) {
        String text = set(named(RSA, first), named(TestKey.otherRsa(), second));
        assertThat(outcome(PUBLIC_KEY, text)).isEqualTo(read ? "read" : "two keys with the same kid");
        assertThat(outcome(JWK_SET, text)).isEqualTo("read");
    }

    private static String named(TestKey key, String algorithm) {
        return with(key.withKeyId("same").publicJwk(), "alg", algorithm.isEmpty() ? "" : "\"" + algorithm + "\"");
    }

    @Test
    void takesOneIdForKeysOfTwoKindsAndNoIdForSeveral() throws Exception {
        assertThat(outcome(JWK_SET, TestKey.jwks(RSA.withKeyId("same"), EC.withKeyId("same"))))
                .isEqualTo("read");
        KeySet keys =
                JWK_SET.read(TestKey.jwks(RSA.withoutKeyId(), TestKey.otherRsa().withoutKeyId()));
        assertThat(verifies(keys, RSA)).isTrue();
        assertThat(verifies(keys, TestKey.otherRsa())).isTrue();
    }

    @Test
    void refusesSecretsBesidePublicKeys() {
        for (KeyFormat format : List.of(PUBLIC_KEY, SECRET)) {
            assertThat(outcome(format, set(HMAC.privateJwk(), RSA.publicJwk())))
                    .isEqualTo("an HMAC secret beside public keys");
            assertThat(outcome(format, set(RSA.publicJwk(), EC.publicJwk(), octJwk(HMAC))))
                    .isEqualTo("an HMAC secret beside public keys");
        }
    }

    @Test
    void triesEachOfSeveralPublishedKeysWithOneId() throws Exception {
        KeySet keys = JWK_SET.read(
                TestKey.jwks(RSA.withKeyId("same"), TestKey.otherRsa().withKeyId("same")));
        assertThat(verifies(keys, RSA.withKeyId("same"))).isTrue();
        assertThat(verifies(keys, TestKey.otherRsa().withKeyId("same"))).isTrue();
    }

    @Test
    void skipsSecretsAmongPublishedKeys() throws Exception {
        KeySet keys = JWK_SET.read(set(HMAC.privateJwk(), RSA.publicJwk()));
        assertThat(keys.skipped()).containsExactly("an HMAC secret, which is none once it is published");
        assertThat(verifies(keys, RSA)).isTrue();
        assertThat(verifies(keys, HMAC)).isFalse();
    }
}
