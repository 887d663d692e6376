package io.mapae.jws;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.testkit.TestKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureSpi;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcatenatedEcdsaTest {
    private static final byte[] INPUT = "header.payload".getBytes(StandardCharsets.US_ASCII);
    private static final int HALF = 32;
    private static final BigInteger N = EllipticCurve.order(256);

    private final TestKey key = TestKey.ec("P-256");
    private final byte[] good = key.sign("ES256", INPUT);
    private final ConcatenatedEcdsa ecdsa = new ConcatenatedEcdsa(new EcdsaUsingShaAlgorithm.EcdsaP256UsingSha256());

    private boolean verifies(byte[] signature, ProviderContext context) throws Exception {
        return ecdsa.verifySignature(signature, key.publicKey(), INPUT, context);
    }

    private static ProviderContext named(String provider) {
        ProviderContext context = new ProviderContext();
        context.getSuppliedKeyProviderContext().setSignatureProvider(provider);
        return context;
    }

    /** By the JDK's own, which takes the two numbers as they are, and by whoever is registered, who takes DER. */
    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "r, s, true",
        "r, n-s, true", // the one other that is good
        "n-r, s, false",
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
    void bothWaysAgree(String r, String s, boolean expected) throws Exception {
        byte[] signature = pair(r, s);
        assertThat(verifies(signature, named("SunEC"))).isEqualTo(expected);
        assertThat(verifies(signature, new ProviderContext())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "1, 1, true",
        "n-1, n-1, true",
        "0, 1, false",
        "1, 0, false",
        "n, 1, false",
        "1, n, false",
        "ones, 1, false",
        "1, ones, false",
    })
    void givesNobodyNumbersOutOfTheirRange(String r, String s, boolean asked) throws Exception {
        Security.addProvider(new Gullible());
        try {
            assertThat(verifies(pair(r, s), named("Gullible"))).isEqualTo(asked);
        } finally {
            Security.removeProvider("Gullible");
        }
    }

    private byte[] pair(String r, String s) {
        byte[] pair = new byte[2 * HALF];
        put(number(r), pair, HALF);
        put(number(s), pair, 2 * HALF);
        return pair;
    }

    private BigInteger number(String name) {
        BigInteger r = new BigInteger(1, good, 0, HALF);
        BigInteger s = new BigInteger(1, good, HALF, HALF);
        return switch (name) {
            case "r" -> r;
            case "s" -> s;
            case "n" -> N;
            case "n-1" -> N.subtract(BigInteger.ONE);
            case "n-r" -> N.subtract(r);
            case "n-s" -> N.subtract(s);
            case "ones" -> BigInteger.ONE.shiftLeft(8 * HALF).subtract(BigInteger.ONE);
            default -> new BigInteger(name);
        };
    }

    private static void put(BigInteger number, byte[] bytes, int end) {
        byte[] digits = number.toByteArray();
        int count = Math.min(HALF, digits.length);
        System.arraycopy(digits, digits.length - count, bytes, end - count, count);
    }

    /** Finds every signature good, as some did with zeros (CVE-2022-21449). */
    private static final class Gullible extends Provider {
        private static final long serialVersionUID = 1L;

        Gullible() {
            super("Gullible", "1", "for tests");
            put("Signature.SHA256withECDSAinP1363Format", Accepting.class.getName());
        }
    }

    /** Made by the JVM, by its name. */
    public static final class Accepting extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) {}

        @Override
        protected void engineUpdate(byte b) {}

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {}

        @Override
        protected byte[] engineSign() {
            return new byte[0];
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return true;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {}

        @Override
        @Deprecated
        @SuppressWarnings("InlineMeSuggester")
        protected Object engineGetParameter(String name) {
            return name;
        }
    }
}
