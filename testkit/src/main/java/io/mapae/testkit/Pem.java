package io.mapae.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** Writes keys and certificates as PEM (RFC 7468). */
final class Pem {
    private static final byte[] SHA256_WITH_RSA = Der.hex("300d06092a864886f70d01010b0500");
    private static final byte[] ECDSA_WITH_SHA256 = Der.hex("300a06082a8648ce3d040302");
    private static final byte[] ED25519 = Der.hex("300506032b6570");
    private static final byte[] COMMON_NAME = Der.hex("0603550403");
    private static final byte[] VERSION_3 = Der.hex("a003020102");

    private Pem() {}

    static String of(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /** RFC 8017 appendix A.1.1: modulus and exponent, without the algorithm around them. */
    static byte[] pkcs1(RSAPublicKey key) {
        return Der.sequence(Der.integer(key.getModulus()), Der.integer(key.getPublicExponent()));
    }

    /** RFC 5280 §4.1, signed by the key it certifies, valid from 2020 to the last second of 2049. */
    static byte[] certificate(KeyPair pair, String commonName) throws GeneralSecurityException {
        byte[] algorithm =
                switch (pair.getPrivate().getAlgorithm()) {
                    case "RSA" -> SHA256_WITH_RSA;
                    case "EC" -> ECDSA_WITH_SHA256;
                    default -> ED25519;
                };
        byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8(commonName))));
        byte[] validity = Der.sequence(Der.utcTime("200101000000Z"), Der.utcTime("491231235959Z"));
        byte[] certified = Der.sequence(
                VERSION_3,
                Der.integer(BigInteger.ONE),
                algorithm,
                name,
                validity,
                name,
                pair.getPublic().getEncoded());
        return Der.sequence(certified, algorithm, Der.bitString(signature(pair, certified)));
    }

    private static byte[] signature(KeyPair pair, byte[] certified) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(
                switch (pair.getPrivate().getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "Ed25519";
                });
        engine.initSign(pair.getPrivate());
        engine.update(certified);
        return engine.sign();
    }
}
