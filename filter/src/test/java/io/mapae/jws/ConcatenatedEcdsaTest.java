package io.mapae.jws;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.testkit.TestKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcatenatedEcdsaTest {
    private static final byte[] INPUT = "header.payload".getBytes(StandardCharsets.US_ASCII);
    private static final int HALF = 32;

    private final TestKey key = TestKey.ec("P-256");
    private final byte[] good = key.sign("ES256", INPUT);
    private final ConcatenatedEcdsa ecdsa =
            new ConcatenatedEcdsa(new EcdsaUsingShaAlgorithm.EcdsaP256UsingSha256(), 256);

    /** By the JDK, which takes the two numbers as they are, and by whoever is registered, which takes DER. */
    private boolean verifies(byte[] signature, Optional<String> provider) throws Exception {
        ProviderContext context = new ProviderContext();
        provider.ifPresent(context.getSuppliedKeyProviderContext()::setSignatureProvider);
        return ecdsa.verifySignature(signature, key.publicKey(), INPUT, context);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "r, s, true",
        "s, r, false",
        "r, 0, false",
        "0, s, false",
        "0, 0, false",
        "r, 1, false",
        "1, s, false",
        "r, n, false",
        "n, s, false",
        "n, n, false",
        "r, n-1, false",
        "n-1, s, false",
        "r, ones, false",
        "ones, s, false",
    })
    void bothWaysAgree(String left, String right, boolean expected) throws Exception {
        byte[] pair = new byte[2 * HALF];
        System.arraycopy(half(left), 0, pair, 0, HALF);
        System.arraycopy(half(right), 0, pair, HALF, HALF);
        for (Optional<String> provider : List.of(Optional.of("SunEC"), Optional.<String>empty())) {
            assertThat(verifies(pair, provider)).as("%s", provider).isEqualTo(expected);
        }
    }

    private byte[] half(String name) {
        BigInteger n = EllipticCurve.order(256);
        BigInteger value =
                switch (name) {
                    case "r" -> new BigInteger(1, good, 0, HALF);
                    case "s" -> new BigInteger(1, good, HALF, HALF);
                    case "n" -> n;
                    case "n-1" -> n.subtract(BigInteger.ONE);
                    case "ones" -> BigInteger.ONE.shiftLeft(8 * HALF).subtract(BigInteger.ONE);
                    default -> new BigInteger(name);
                };
        byte[] digits = value.toByteArray();
        byte[] half = new byte[HALF];
        int count = Math.min(HALF, digits.length);
        System.arraycopy(digits, digits.length - count, half, HALF - count, count);
        return half;
    }
}
