package io.mapae.jws;

import io.mapae.testkit.TestKey;
import java.math.BigInteger;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import javax.crypto.spec.SecretKeySpec;

/** Keys as no factory of the JDK would make them, and the right one for each algorithm. */
final class Keys {
    private Keys() {}

    /** A key that {@code algorithm} goes with. */
    static TestKey fitting(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "RS", "PS" -> TestKey.rsa();
            case "ES" ->
                TestKey.ec(algorithm.equals("ES512") ? "P-521" : algorithm.equals("ES384") ? "P-384" : "P-256");
            case "HS" -> TestKey.hmac(64);
            default -> TestKey.ed25519();
        };
    }

    static Key verifying(TestKey key) {
        return key.algorithm().startsWith("HS") ? new SecretKeySpec(key.secret(), "HMAC") : key.publicKey();
    }

    /** Any two numbers as an RSA key. */
    record Rsa(BigInteger modulus, BigInteger exponent) implements RSAPublicKey {
        static Rsa of(int bits, long exponent) {
            return new Rsa(BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE), BigInteger.valueOf(exponent));
        }

        @Override
        public BigInteger getModulus() {
            return modulus;
        }

        @Override
        public BigInteger getPublicExponent() {
            return exponent;
        }

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public String getFormat() {
            return "none";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }

    /** Any point with any curve as an EC key. */
    record Ec(ECPoint point, ECParameterSpec curve) implements ECPublicKey {
        @Override
        public ECPoint getW() {
            return point;
        }

        @Override
        public ECParameterSpec getParams() {
            return curve;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return "none";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }
}
