package io.mapae.benchmarks;

import io.mapae.testkit.TestKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A signature algorithm with a key, and the JDK's bare check of it: the floor of what a verification can cost. */
public enum Scheme {
    RS256(TestKey.rsa(), "SHA256withRSA"),
    ES256(TestKey.ec("P-256"), "SHA256withECDSAinP1363Format"),
    EDDSA(TestKey.ed25519(), "Ed25519"),
    HS256(TestKey.hmac(32), "HmacSHA256") {
        private final SecretKeySpec secret = new SecretKeySpec(key().secret(), "HmacSHA256");

        @Override
        boolean verify(byte[] signature, byte[] input) throws GeneralSecurityException {
            Mac mac = Mac.getInstance(engine());
            mac.init(secret);
            return MessageDigest.isEqual(mac.doFinal(input), signature);
        }

        @Override
        byte[] sign(byte[] input) throws GeneralSecurityException {
            Mac mac = Mac.getInstance(engine());
            mac.init(secret);
            return mac.doFinal(input);
        }

        @Override
        public String jwk() {
            return key().privateJwk();
        }
    };

    private final TestKey key;
    private final String engine;

    Scheme(TestKey key, String engine) {
        this.key = key;
        this.engine = engine;
    }

    /** What its tokens are signed with. */
    public TestKey key() {
        return key;
    }

    /** What the JDK calls it. */
    public String engine() {
        return engine;
    }

    /** What a verifier is configured with. */
    public String jwk() {
        return key.publicJwk();
    }

    /** A new engine each time, as none that ever threw can be trusted with the next token. */
    boolean verify(byte[] signature, byte[] input) throws GeneralSecurityException {
        Signature check = Signature.getInstance(engine);
        check.initVerify(key.publicKey());
        check.update(input);
        return check.verify(signature);
    }

    /** By an engine of its own, too. */
    byte[] sign(byte[] input) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(engine);
        signature.initSign(key.privateKey());
        signature.update(input);
        return signature.sign();
    }

    /** The {@code alg} value. */
    @Override
    public String toString() {
        return key.algorithm();
    }
}
