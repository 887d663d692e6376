package io.mapae.keys;

import io.mapae.jws.Algorithm;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import javax.crypto.SecretKey;

/** Lets a key in, or says what is wrong with it. */
final class Admission {
    static final String PRIVATE_KEY = "a private key where a public one belongs";

    private Admission() {}

    /** What {@code key} may verify, at least one algorithm. */
    static Set<Algorithm> algorithms(Key key) throws InvalidKeyException {
        Set<Algorithm> fitting = Algorithm.fitting(key);
        if (fitting.isEmpty()) {
            throw new InvalidKeyException(fault(key));
        }
        return fitting;
    }

    private static String fault(Key key) {
        if (key instanceof RSAPublicKey rsa) {
            return fault(rsa);
        }
        if (key instanceof SecretKey secret) {
            return "an HMAC secret of " + secret.getEncoded().length + " bytes, 32 at least";
        }
        return key instanceof ECPublicKey
                ? "an EC key on an unknown curve, or not a point of its curve (P-256, P-384 and P-521 are known)"
                : "a key that verifies none of the algorithms " + Algorithm.names();
    }

    private static String fault(RSAPublicKey rsa) {
        int bits = rsa.getModulus().bitLength();
        if (bits < Algorithm.MIN_RSA_BITS) {
            return "an RSA key of " + bits + " bits, " + Algorithm.MIN_RSA_BITS + " at least";
        }
        return bits > Algorithm.MAX_RSA_BITS
                ? "an RSA key of " + bits + " bits, " + Algorithm.MAX_RSA_BITS + " at most"
                : "an RSA key whose exponent is even or less than 3";
    }
}
