package io.mapae.jws;

import static io.mapae.jws.Algorithm.ED25519;
import static io.mapae.jws.Algorithm.ES256;
import static io.mapae.jws.Algorithm.ES384;
import static io.mapae.jws.Algorithm.ES512;
import static io.mapae.jws.Algorithm.HS256;
import static io.mapae.jws.Algorithm.HS384;
import static io.mapae.jws.Algorithm.HS512;
import static io.mapae.jws.Algorithm.PS256;
import static io.mapae.jws.Algorithm.PS384;
import static io.mapae.jws.Algorithm.PS512;
import static io.mapae.jws.Algorithm.RS256;
import static io.mapae.jws.Algorithm.RS384;
import static io.mapae.jws.Algorithm.RS512;
import static io.mapae.jws.Parts.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mapae.testkit.TestKey;
import java.math.BigInteger;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlgorithmTest {
    private static final Set<Algorithm> RSA = Set.of(RS256, RS384, RS512, PS256, PS384, PS512);
    private static final byte[] INPUT = utf8("header.payload");

    // names

    @Test
    void hasTheseNames() {
        assertThat(Algorithm.names())
                .containsExactly(
                        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
                        "Ed25519", "HS256", "HS384", "HS512");
        assertThatThrownBy(() -> Algorithm.names().remove("RS256")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void hasTwoNamesForEd25519() {
        assertThat(Algorithm.named("EdDSA")).hasValue(ED25519);
        assertThat(Algorithm.named("Ed25519")).hasValue(ED25519);
        assertThat(ED25519).hasToString("EdDSA");
        assertThat(RS256).hasToString("RS256");
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "",
                "none",
                "None",
                "NONE",
                "rs256",
                "Rs256",
                "RS256 ",
                " RS256",
                "RS256\0",
                "RS1",
                "RS255",
                "ES256K",
                "EDDSA",
                "eddsa",
                "ED25519",
                "ed25519",
                "Ed448",
                "HS1",
                "hs256",
                "SHA256withRSA",
                "RSA-OAEP",
                "dir"
            })
    void knowsNoOtherName(String name) {
        assertThat(Algorithm.named(name)).isEmpty();
    }

    @Test
    void isSymmetricForHmacOnly() {
        assertThat(Arrays.stream(Algorithm.values()).filter(Algorithm::isSymmetric))
                .containsExactly(HS256, HS384, HS512);
    }

    // which keys fit

    @ParameterizedTest(name = "{0} bits, exponent {1} -> {2}")
    @CsvSource({
        "2047, 65537, false",
        "2048, 65537, true",
        "2049, 65537, true",
        "1024, 65537, false",
        "2048, -3, false",
        "2048, 0, false",
        "2048, 1, false",
        "2048, 2, false",
        "2048, 3, true",
        "2048, 4, false",
        "2048, 65536, false",
        "16384, 65537, true",
        "16385, 65537, false"
    })
    void wantsRsaOf2048BitsAndAnOddExponent(int bits, long exponent, boolean fits) {
        assertThat(Algorithm.fitting(Keys.Rsa.of(bits, exponent))).isEqualTo(fits ? RSA : Set.of());
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource
    void wantsSecretsAsLongAsTheHash(int bytes, Set<Algorithm> fitting) {
        assertThat(Algorithm.fitting(new SecretKeySpec(new byte[bytes], "HMAC")))
                .isEqualTo(fitting);
    }

    static Stream<Arguments> wantsSecretsAsLongAsTheHash() {
        return Stream.of(
                arguments(1, Set.of()),
                arguments(31, Set.of()),
                arguments(32, Set.of(HS256)),
                arguments(33, Set.of(HS256)),
                arguments(47, Set.of(HS256)),
                arguments(48, Set.of(HS256, HS384)),
                arguments(63, Set.of(HS256, HS384)),
                arguments(64, Set.of(HS256, HS384, HS512)),
                arguments(65, Set.of(HS256, HS384, HS512)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void bindsTheCurveToTheAlgorithm(String kind, Key key, Set<Algorithm> fitting) {
        assertThat(Algorithm.fitting(key)).isEqualTo(fitting);
    }

    static Stream<Arguments> bindsTheCurveToTheAlgorithm() throws Exception {
        return Stream.of(
                arguments("P-256", TestKey.ec("P-256").publicKey(), Set.of(ES256)),
                arguments("P-384", TestKey.ec("P-384").publicKey(), Set.of(ES384)),
                arguments("P-521", TestKey.ec("P-521").publicKey(), Set.of(ES512)),
                arguments("Ed25519", TestKey.ed25519().publicKey(), Set.of(ED25519)),
                arguments("Ed448", generated("Ed448"), Set.of()),
                arguments("X25519", generated("X25519"), Set.of()),
                arguments("DH", generated("DH"), Set.of()),
                arguments("private RSA", TestKey.rsa().privateKey(), Set.of()),
                arguments("private EC", TestKey.ec("P-256").privateKey(), Set.of()),
                arguments("private Ed25519", TestKey.ed25519().privateKey(), Set.of()));
    }

    private static Key generated(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @MethodSource
    void wantsAPointOfTheVeryCurve(String what, Key key, boolean fits) {
        assertThat(Algorithm.fitting(key)).isEqualTo(fits ? Set.of(ES256) : Set.of());
    }

    static Stream<Arguments> wantsAPointOfTheVeryCurve() {
        ECPublicKey good = (ECPublicKey) TestKey.ec("P-256").publicKey();
        ECParameterSpec p256 = good.getParams();
        ECParameterSpec p384 = ((ECPublicKey) TestKey.ec("P-384").publicKey()).getParams();
        java.security.spec.EllipticCurve curve = p256.getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = good.getW().getAffineX();
        BigInteger y = good.getW().getAffineY();
        // y² = b: the point above zero, where the bounds of a coordinate show
        BigInteger root = curve.getB().modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        return Stream.of(
                arguments("the key", point(x, y, p256), true),
                arguments("the other y", point(x, p.subtract(y), p256), true),
                arguments("the generator", new Keys.Ec(p256.getGenerator(), p256), true),
                arguments("x of 0", point(BigInteger.ZERO, root, p256), true),
                arguments("x of p", point(p, root, p256), false),
                arguments("x beyond p", point(x.add(p), y, p256), false),
                arguments("x below 0", point(x.subtract(p), y, p256), false),
                arguments("y beyond p", point(x, y.add(p), p256), false),
                arguments("y below 0", point(x, y.negate(), p256), false),
                arguments("x + 1", point(x.add(BigInteger.ONE), y, p256), false),
                arguments("y + 1", point(x, y.add(BigInteger.ONE), p256), false),
                arguments("x and y exchanged", point(y, x, p256), false),
                arguments("0, 0", point(BigInteger.ZERO, BigInteger.ZERO, p256), false),
                arguments("infinity", new Keys.Ec(ECPoint.POINT_INFINITY, p256), false),
                arguments("a point of P-384", new Keys.Ec(p384.getGenerator(), p256), false),
                arguments("another order", point(x, y, curve(curve, p256.getGenerator(), p384.getOrder())), false),
                arguments("another generator", point(x, y, curve(curve, good.getW(), p256.getOrder())), false),
                arguments("another a", point(x, y, curve(p256, curve.getA().add(BigInteger.ONE), curve.getB())), false),
                arguments(
                        "another b",
                        point(x, y, curve(p256, curve.getA(), curve.getB().add(BigInteger.ONE))),
                        false),
                arguments("secp256k1", secp256k1(), false));
    }

    private static Key point(BigInteger x, BigInteger y, ECParameterSpec curve) {
        return new Keys.Ec(new ECPoint(x, y), curve);
    }

    private static ECParameterSpec curve(java.security.spec.EllipticCurve curve, ECPoint generator, BigInteger order) {
        return new ECParameterSpec(curve, generator, order, 1);
    }

    private static ECParameterSpec curve(ECParameterSpec like, BigInteger a, BigInteger b) {
        return curve(
                new java.security.spec.EllipticCurve(like.getCurve().getField(), a, b),
                like.getGenerator(),
                like.getOrder());
    }

    /** SEC 2 §2.4.1, which JDK 17 has no name for. */
    private static Key secp256k1() {
        ECPoint generator = new ECPoint(
                new BigInteger("79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798", 16),
                new BigInteger("483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8", 16));
        java.security.spec.EllipticCurve curve = new java.security.spec.EllipticCurve(
                new ECFieldFp(new BigInteger("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F", 16)),
                BigInteger.ZERO,
                BigInteger.valueOf(7));
        BigInteger order = new BigInteger("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", 16);
        return new Keys.Ec(generator, curve(curve, generator, order));
    }

    @Test
    void givesAnUnmodifiableSet() {
        Set<Algorithm> fitting = Algorithm.fitting(TestKey.rsa().publicKey());
        assertThatThrownBy(() -> fitting.add(HS256)).isInstanceOf(UnsupportedOperationException.class);
    }

    // signatures

    static Stream<String> names() {
        return Algorithm.names().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void verifiesWhatItsKeySigned(String name) {
        Signed signed = Signed.of(name);
        assertThat(signed.verifies(signed.signature(), INPUT)).isTrue();
        assertThat(signed.verifies(signed.signature(), INPUT)).as("again").isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void refusesAnAlteredBit(String name) {
        Signed signed = Signed.of(name);
        for (int i = 0; i < signed.signature().length; i++) {
            assertThat(signed.verifies(flipped(signed.signature(), i), INPUT))
                    .as("byte %s of the signature", i)
                    .isFalse();
        }
        for (int i = 0; i < INPUT.length; i++) {
            assertThat(signed.verifies(signed.signature(), flipped(INPUT, i)))
                    .as("byte %s of the input", i)
                    .isFalse();
        }
        assertThat(signed.verifies(signed.signature(), new byte[0])).isFalse();
        assertThat(signed.verifies(signed.signature(), Arrays.copyOf(INPUT, INPUT.length + 1)))
                .isFalse();
        assertThat(signed.verifies(signed.signature(), INPUT))
                .as("the good one after all the bad ones")
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void refusesEveryOtherLength(String name) {
        Signed signed = Signed.of(name);
        byte[] good = signed.signature();
        int length = good.length;
        byte[] zeroBefore = new byte[length + 1];
        System.arraycopy(good, 0, zeroBefore, 1, length);
        byte[] halvesApart = new byte[length + 2];
        System.arraycopy(good, 0, halvesApart, 1, length / 2);
        System.arraycopy(good, length / 2, halvesApart, length / 2 + 2, length - length / 2);

        assertThat(signed.verifies(new byte[0], INPUT)).isFalse();
        assertThat(signed.verifies(new byte[length], INPUT)).isFalse();
        assertThat(signed.verifies(Arrays.copyOf(good, length - 1), INPUT)).isFalse();
        assertThat(signed.verifies(Arrays.copyOfRange(good, 1, length), INPUT)).isFalse();
        assertThat(signed.verifies(Arrays.copyOf(good, length + 1), INPUT)).isFalse();
        assertThat(signed.verifies(zeroBefore, INPUT)).isFalse();
        assertThat(signed.verifies(halvesApart, INPUT)).isFalse();
        assertThat(signed.verifies(Arrays.copyOf(good, length * 2), INPUT)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "RS256, 256",
        "PS512, 256",
        "ES256, 64",
        "ES384, 96",
        "ES512, 132",
        "EdDSA, 64",
        "HS256, 32",
        "HS384, 48",
        "HS512, 64"
    })
    void takesSignaturesOfOneLength(String name, int bytes) {
        assertThat(Signed.of(name).signature()).hasSize(bytes);
    }

    @Test
    void roundsTheLengthOfAnOddModulusUp() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2049);
        TestKey key = TestKey.of(generator.generateKeyPair(), "odd");
        byte[] signature = key.sign("RS256", INPUT);
        assertThat(signature).hasSize(257);
        assertThat(RS256.verifies(signature, key.publicKey(), INPUT)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void refusesAnotherKeyAndAnotherAlgorithm(String name) {
        Signed signed = Signed.of(name);
        for (Algorithm other : Algorithm.values()) {
            Key key = Keys.verifying(Keys.fitting(other.toString()));
            if (other != signed.algorithm()) {
                assertThat(other.verifies(signed.signature(), key, INPUT))
                        .as("%s", other)
                        .isFalse();
            }
        }
        TestKey stranger = stranger(name);
        assertThat(signed.algorithm().verifies(signed.signature(), Keys.verifying(stranger), INPUT))
                .isFalse();
    }

    private static TestKey stranger(String name) {
        return switch (name) {
            case "ES256" -> TestKey.generate("P-256", "stranger");
            case "ES384" -> TestKey.generate("P-384", "stranger");
            case "ES512" -> TestKey.generate("P-521", "stranger");
            case "EdDSA", "Ed25519" -> TestKey.generate("Ed25519", "stranger");
            case "HS256", "HS384", "HS512" -> TestKey.hmac(65);
            default -> TestKey.otherRsa();
        };
    }

    /** A proof of nothing that some verifiers take for one (CVE-2022-21449). */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ES256", "ES384", "ES512"})
    void refusesTheEllipticSignatureOfOrder(String name) {
        ECPublicKey key = (ECPublicKey) Keys.fitting(name).publicKey();
        int half = Signed.of(name).signature().length / 2;
        byte[] order = key.getParams().getOrder().toByteArray();
        byte[] signature = new byte[2 * half];
        int count = Math.min(half, order.length);
        System.arraycopy(order, order.length - count, signature, half - count, count);
        System.arraycopy(order, order.length - count, signature, 2 * half - count, count);
        assertThat(Algorithm.named(name).orElseThrow().verifies(signature, key, INPUT))
                .isFalse();
    }

    @ParameterizedTest(name = "{0} bits -> {1}")
    @CsvSource({"63, true", "64, true", "65, false", "2048, false"})
    void wantsNoLongExponent(int bits, boolean fits) {
        BigInteger exponent = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
        Key key = new Keys.Rsa(Keys.Rsa.of(2048, 3).modulus(), exponent);
        assertThat(Algorithm.fitting(key)).isEqualTo(fits ? RSA : Set.of());
    }

    @Test
    void takesAProvidersRefusalForABadSignature() throws Exception {
        EdECPoint nowhere = new EdECPoint(false, BigInteger.TWO.pow(255).subtract(BigInteger.ONE));
        Key odd = KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, nowhere));
        assertThat(Algorithm.named("EdDSA").orElseThrow().verifies(new byte[64], odd, INPUT))
                .isFalse();
    }

    private static byte[] flipped(byte[] bytes, int index) {
        byte[] flipped = bytes.clone();
        flipped[index] ^= (byte) (1 << index % 8);
        return flipped;
    }

    /** A signature of {@link #INPUT}. */
    private static final class Signed {
        private final Algorithm algorithm;
        private final Key key;
        private final byte[] signature;

        private Signed(Algorithm algorithm, TestKey key, byte[] signature) {
            this.algorithm = algorithm;
            this.key = Keys.verifying(key);
            this.signature = signature;
        }

        static Signed of(String name) {
            TestKey key = Keys.fitting(name);
            return new Signed(Algorithm.named(name).orElseThrow(), key, key.sign(name, INPUT));
        }

        Algorithm algorithm() {
            return algorithm;
        }

        byte[] signature() {
            return signature.clone();
        }

        boolean verifies(byte[] signature, byte[] input) {
            return algorithm.verifies(signature, key, input);
        }
    }
}
