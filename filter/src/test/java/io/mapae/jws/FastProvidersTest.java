package io.mapae.jws;

import static io.mapae.jws.Parts.good;
import static io.mapae.jws.Parts.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mapae.http.LogLines;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.math.BigInteger;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Amazon's and Google's, through all that signatures may be. */
class FastProvidersTest {
    private static final byte[] INPUT = utf8("header.payload");
    /** RFC 8032 §5.1: the order of Ed25519's group. */
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    static Stream<Arguments> all() {
        return Stream.of(Fast.values())
                .flatMap(fast -> Stream.of(Algorithm.values()).map(algorithm -> arguments(fast, algorithm)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("all")
    void sayWhatTheJdkSays(Fast fast, Algorithm algorithm) {
        Engines engines = fast.engines();
        TestKey signing = Keys.fitting(algorithm.toString());
        VerificationKey key = key(algorithm, Keys.verifying(signing));
        byte[] good = signing.sign(algorithm.toString(), INPUT);

        assertThat(engines.verifies(algorithm, good, key, INPUT)).isTrue();
        int refused = 0;
        for (byte[] signature : variants(algorithm, good, key.key())) {
            boolean verdict = algorithm.verifies(signature, key.key(), INPUT);
            assertThat(engines.verifies(algorithm, signature, key, INPUT))
                    .as("%s", new BigInteger(1, signature).toString(16))
                    .isEqualTo(verdict);
            refused += verdict ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(good.length);
        assertThat(engines.verifies(algorithm, good, key, utf8("header.payloae")))
                .isFalse();
        assertThat(engines.verifies(algorithm, good, key, new byte[0])).isFalse();
        assertThat(engines.verifies(algorithm, good, key, INPUT))
                .as("after all that")
                .isTrue();
        assertThat(engines).as("and not dropped").hasToString(fast.all());
    }

    private static VerificationKey key(Algorithm algorithm, Key key) {
        return new VerificationKey(Optional.empty(), Set.of(algorithm), key);
    }

    private static List<byte[]> variants(Algorithm algorithm, byte[] good, Key key) {
        List<byte[]> variants = new ArrayList<>(List.of(new byte[0], new byte[good.length]));
        for (int i = 0; i < good.length; i++) {
            byte[] flipped = good.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            variants.add(flipped);
        }
        byte[] ones = new byte[good.length];
        Arrays.fill(ones, (byte) 0xFF);
        variants.add(ones);
        for (int length : new int[] {1, good.length - 1, good.length + 1, 2 * good.length}) {
            variants.add(Arrays.copyOf(good, length));
        }
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            byte[] noise = new byte[good.length];
            random.nextBytes(noise);
            variants.add(noise);
        }
        if (key instanceof ECPublicKey elliptic) {
            variants.addAll(pairs(good, elliptic.getParams().getOrder()));
        } else if (algorithm == Algorithm.ED25519) {
            variants.add(withScalarPlusL(good));
        }
        return variants;
    }

    /** r and s at the bounds of what they may be, and the good ones the other way round, negated and beyond n. */
    private static List<byte[]> pairs(byte[] good, BigInteger n) {
        int half = good.length / 2;
        BigInteger r = new BigInteger(1, good, 0, half);
        BigInteger s = new BigInteger(1, good, half, half);
        List<byte[]> pairs = new ArrayList<>();
        List<BigInteger> bounds =
                List.of(BigInteger.ZERO, BigInteger.ONE, n.subtract(BigInteger.ONE), n, n.add(BigInteger.ONE), r, s);
        for (BigInteger left : bounds) {
            bounds.forEach(right -> pairs.add(pair(left, right, half)));
        }
        pairs.add(pair(r, n.subtract(s), half));
        pairs.add(pair(n.subtract(r), s, half));
        if (r.add(n).bitLength() <= half * 8) {
            pairs.add(pair(r.add(n), s, half));
        }
        return pairs;
    }

    private static byte[] pair(BigInteger r, BigInteger s, int half) {
        byte[] pair = new byte[2 * half];
        put(r, pair, half);
        put(s, pair, 2 * half);
        return pair;
    }

    private static void put(BigInteger number, byte[] bytes, int end) {
        byte[] digits = number.toByteArray();
        int count = Math.min(bytes.length / 2, digits.length);
        System.arraycopy(digits, digits.length - count, bytes, end - count, count);
    }

    private static byte[] withScalarPlusL(byte[] good) {
        byte[] scalar = reversed(Arrays.copyOfRange(good, 32, 64));
        byte[] more = new BigInteger(1, scalar).add(L).toByteArray();
        byte[] altered = Arrays.copyOf(good, 64);
        byte[] little = Arrays.copyOf(reversed(more), 32);
        System.arraycopy(little, 0, altered, 32, 32);
        return altered;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    // keys

    static Stream<Arguments> oddKeys() {
        return Stream.of(Fast.values())
                .flatMap(fast -> Stream.of(
                        arguments(fast, 2049, BigInteger.valueOf(65537)),
                        arguments(fast, 3072, BigInteger.valueOf(3)),
                        arguments(fast, 4096, BigInteger.valueOf(65537)),
                        arguments(fast, 2048, BigInteger.ONE.shiftLeft(32).add(BigInteger.ONE)),
                        arguments(fast, 2048, BigInteger.ONE.shiftLeft(63).add(BigInteger.valueOf(29)))));
    }

    /** A provider that cannot do with such a key leaves it to the JDK, one way or the other. */
    @ParameterizedTest(name = "{0}: RSA of {1} bits, exponent {2}")
    @MethodSource("oddKeys")
    void doWithOddKeys(Fast fast, int bits, BigInteger exponent) throws Exception {
        Engines engines = fast.engines();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(bits, exponent));
        KeyPair pair = generator.generateKeyPair();
        TestKey signing = TestKey.of(pair, "odd");
        VerificationKey key = key(Algorithm.RS256, pair.getPublic());
        byte[] good = signing.sign("RS256", INPUT);
        assertThat(engines.verifies(Algorithm.RS256, good, key, INPUT)).isTrue();
        good[100]++;
        assertThat(engines.verifies(Algorithm.RS256, good, key, INPUT)).isFalse();
    }

    /** As they come out of the JDK's classes where a server has registered the provider before the JDK's own. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("all")
    void haveKeysThatTheJdkTakes(Fast fast, Algorithm algorithm) throws Exception {
        Provider provider = fast.load();
        TestKey signing = Keys.fitting(algorithm.toString());
        byte[] good = signing.sign(algorithm.toString(), INPUT);
        byte[] bad = good.clone();
        bad[bad.length - 1] ^= 1;
        Security.insertProviderAt(provider, 1);
        try {
            Key key = algorithm.isSymmetric() ? Keys.verifying(signing) : made(signing.publicKey(), algorithm);
            for (Engines engines : List.of(Engines.jdk(), fast.engines())) {
                VerificationKey verifying = key(algorithm, key);
                assertThat(engines.verifies(algorithm, good, verifying, INPUT)).isTrue();
                assertThat(engines.verifies(algorithm, bad, verifying, INPUT)).isFalse();
            }
        } finally {
            Security.removeProvider(provider.getName());
        }
    }

    /** Else the JDK would refuse the known answer, and there would be nothing to compare with. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("withPublicKeys")
    void areMeasuredAgainstTheJdkWhereTheyComeFirst(Fast fast, Algorithm algorithm) {
        Provider provider = fast.load();
        Security.insertProviderAt(provider, 1);
        try {
            KnownAnswer known =
                    KnownAnswer.of(Set.of(algorithm)).values().iterator().next();
            assertThat(algorithm.verifies(known.signature(), known.key(), known.input()))
                    .isTrue();
            FakeProvider slow = new FakeProvider();
            assertThat(new Trial(algorithm, known, slow::tick).fastest(List.of()))
                    .isEmpty();
        } finally {
            Security.removeProvider(provider.getName());
        }
    }

    private static PublicKey made(PublicKey key, Algorithm algorithm) throws Exception {
        if (algorithm == Algorithm.ED25519) {
            return key; // Conscrypt's are of another type: keys of Ed25519 are always made by the JDK
        }
        return KeyFactory.getInstance(algorithm.keyType()).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    }

    // all together

    @ParameterizedTest
    @EnumSource
    void areFoundByThemselves(Algorithm algorithm) {
        Fast.assumed();
        try (LogLines log = LogLines.of("io.mapae.jws")) {
            Engines engines = Engines.choose(
                    Providers.named("auto", FastProvidersTest.class.getClassLoader()), Set.of(algorithm));
            TestKey signing = Keys.fitting(algorithm.toString());
            String text = TokenBuilder.signedBy(signing)
                    .algorithm(algorithm.toString())
                    .text();
            VerificationKey key = key(algorithm, Keys.verifying(signing));
            assertThat(good(new TokenReader().read(text)).isSignedBy(key, engines))
                    .isTrue();
            SignedToken altered = good(new TokenReader().read(text.replace(".ey", ".ez")));
            assertThat(altered.isSignedBy(key, engines)).isFalse();
            assertThat(log.lines()).hasSize(algorithm.isSymmetric() ? 0 : 1);
        }
    }

    // signing

    static Stream<Arguments> withPublicKeys() {
        return all().filter(arguments -> !((Algorithm) arguments.get()[1]).isSymmetric());
    }

    @ParameterizedTest
    @EnumSource
    void leaveKeyedHashesToTheJdk(Fast fast) {
        Engines engines = fast.engines();
        Signer jdk = input -> new byte[0];
        for (Algorithm algorithm : List.of(Algorithm.HS256, Algorithm.HS384, Algorithm.HS512)) {
            VerificationKey key = key(algorithm, Keys.verifying(Keys.fitting(algorithm.toString())));
            assertThat(engines.signer(algorithm, TestKey.rsa().privateKey(), key, jdk))
                    .isSameAs(jdk);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("withPublicKeys")
    void sign(Fast fast, Algorithm algorithm) throws Exception {
        Engines engines = fast.engines();
        TestKey signing = Keys.fitting(algorithm.toString());
        VerificationKey key = key(algorithm, signing.publicKey());
        Signer signer = engines.signer(algorithm, signing.privateKey(), key, input -> {
            throw new AssertionError("left to the JDK");
        });
        for (int i = 0; i < 50; i++) {
            byte[] input = {(byte) i};
            assertThat(algorithm.verifies(signer.sign(input), key.key(), input)).isTrue();
        }
        assertThat(engines).hasToString(fast.all());
    }
}
