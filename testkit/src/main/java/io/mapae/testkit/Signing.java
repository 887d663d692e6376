package io.mapae.testkit;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature algorithms of RFC 7518 §3, RFC 8037 §3.1 and RFC 9864, as the JDK calls them. */
final class Signing {
    private Signing() {}

    static byte[] sign(String algorithm, PrivateKey key, byte[] input) throws GeneralSecurityException {
        Signature engine = engine(algorithm);
        engine.initSign(key);
        engine.update(input);
        return engine.sign();
    }

    static byte[] mac(String algorithm, byte[] secret, byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA" + bits(algorithm));
        mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
        return mac.doFinal(input);
    }

    static boolean isMac(String algorithm) {
        return algorithm.equals("HS256") || algorithm.equals("HS384") || algorithm.equals("HS512");
    }

    private static Signature engine(String algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case "RS256", "RS384", "RS512" -> Signature.getInstance("SHA" + bits(algorithm) + "withRSA");
            case "PS256", "PS384", "PS512" -> pss(Integer.parseInt(bits(algorithm)));
            case "ES256", "ES384", "ES512" -> Signature.getInstance("SHA" + bits(algorithm) + "withECDSAinP1363Format");
            case "EdDSA", "Ed25519" -> Signature.getInstance("Ed25519");
            default -> throw new IllegalArgumentException("cannot sign with algorithm " + algorithm);
        };
    }

    /** RFC 7518 §3.5: MGF1 with the same hash, a salt as long as the hash. */
    private static Signature pss(int bits) throws GeneralSecurityException {
        String hash = "SHA-" + bits;
        Signature engine = Signature.getInstance("RSASSA-PSS");
        engine.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), bits / 8, 1));
        return engine;
    }

    private static String bits(String algorithm) {
        return algorithm.substring(2);
    }
}
