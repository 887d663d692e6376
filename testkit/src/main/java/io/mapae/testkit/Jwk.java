package io.mapae.testkit;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The key members of a JWK (RFC 7518 §6, RFC 8037 §2), each value ready to be written as JSON. */
final class Jwk {
    private static final int ED25519_BYTES = 32;

    private Jwk() {}

    static Map<String, Object> publicMembers(TestKey.Kind kind, KeyPair pair) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (pair.getPublic() instanceof RSAPublicKey key) {
            members.put("n", unsigned(key.getModulus()));
            members.put("e", unsigned(key.getPublicExponent()));
        } else if (pair.getPublic() instanceof ECPublicKey key) {
            members.put("crv", kind.title());
            members.put("x", fixed(key.getW().getAffineX(), coordinateBytes(key)));
            members.put("y", fixed(key.getW().getAffineY(), coordinateBytes(key)));
        } else {
            // RFC 8410 §4: a SubjectPublicKeyInfo of Ed25519 ends with the 32 bytes of the key
            byte[] encoded = pair.getPublic().getEncoded();
            members.put("crv", kind.title());
            members.put(
                    "x", Base64Url.encode(Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length)));
        }
        return members;
    }

    static Map<String, Object> privateMembers(KeyPair pair) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (pair.getPrivate() instanceof RSAPrivateCrtKey key) {
            members.put("d", unsigned(key.getPrivateExponent()));
            members.put("p", unsigned(key.getPrimeP()));
            members.put("q", unsigned(key.getPrimeQ()));
            members.put("dp", unsigned(key.getPrimeExponentP()));
            members.put("dq", unsigned(key.getPrimeExponentQ()));
            members.put("qi", unsigned(key.getCrtCoefficient()));
        } else if (pair.getPrivate() instanceof ECPrivateKey key && pair.getPublic() instanceof ECPublicKey open) {
            members.put("d", fixed(key.getS(), coordinateBytes(open)));
        } else if (pair.getPrivate() instanceof EdECPrivateKey key) {
            members.put("d", Base64Url.encode(key.getBytes().orElseThrow()));
        }
        return members;
    }

    private static int coordinateBytes(ECPublicKey key) {
        return (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
    }

    private static String unsigned(BigInteger value) {
        return fixed(value, (value.bitLength() + 7) / 8);
    }

    /** Big-endian in exactly {@code size} bytes, without the sign byte of {@link BigInteger#toByteArray()}. */
    private static String fixed(BigInteger value, int size) {
        byte[] signed = value.toByteArray();
        byte[] bytes = new byte[size];
        int count = Math.min(size, signed.length);
        System.arraycopy(signed, signed.length - count, bytes, size - count, count);
        return Base64Url.encode(bytes);
    }
}
