package io.mapae.service.key;

import io.mapae.jws.Algorithm;
import io.mapae.jws.JdkKeys;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What the service can sign with (RFC 7518 §3, RFC 8037). */
public enum SigningAlgorithm {
    /** RSA of 2048 bits. */
    RS256(
            Algorithm.RS256,
            "RSA",
            "SHA256withRSA",
            new RSAKeyGenParameterSpec(Algorithm.MIN_RSA_BITS, RSAKeyGenParameterSpec.F4)),
    /** The curve P-256; signatures are r and s side by side, as RFC 7518 §3.4 wants them. */
    ES256(Algorithm.ES256, "EC", "SHA256withECDSAinP1363Format", new ECGenParameterSpec("secp256r1")),
    /** Ed25519, by the name that verifiers know longest. */
    EDDSA(Algorithm.ED25519, "EdDSA", "Ed25519", NamedParameterSpec.ED25519),
    /** A secret, for applications in the same process alone: it is never published. */
    HS256(Algorithm.HS256, "HmacSHA256", "HmacSHA256", null);

    private static final int SECRET_BYTES = 32;

    private final Algorithm verified;
    private final String keyType;
    private final String jdkName;
    private final @Nullable AlgorithmParameterSpec parameters;

    SigningAlgorithm(Algorithm verified, String keyType, String jdkName, @Nullable AlgorithmParameterSpec parameters) {
        this.verified = verified;
        this.keyType = keyType;
        this.jdkName = jdkName;
        this.parameters = parameters;
    }

    /** The algorithm of that {@code alg} value, with its case. */
    public static Optional<SigningAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.toString().equals(name))
                .findFirst();
    }

    /** What verifiers check the signatures of all of these with. */
    public static Set<Algorithm> allVerified() {
        return Arrays.stream(values()).map(SigningAlgorithm::verified).collect(Collectors.toSet());
    }

    /** What verifiers check its signatures with. */
    Algorithm verified() {
        return verified;
    }

    /** Whether the key is a secret, which has no public half. */
    boolean isSecret() {
        return verified.isSymmetric();
    }

    /** A new key. */
    KeyMaterial generate() throws GeneralSecurityException {
        if (isSecret()) {
            byte[] secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            return KeyMaterial.of(new SecretKeySpec(secret, keyType));
        }
        KeyPairGenerator generator = JdkKeys.generator(keyType);
        generator.initialize(parameters);
        return KeyMaterial.of(generator.generateKeyPair());
    }

    /** The key of this algorithm that {@link Key#getEncoded} gave. */
    Key decode(byte[] encoded) throws GeneralSecurityException {
        return isSecret()
                ? new SecretKeySpec(encoded, keyType)
                : JdkKeys.factory(keyType).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** Engines are made anew each time: that costs little beside a signature, and one that failed stays broken. */
    byte[] sign(Key key, byte[] input) throws GeneralSecurityException {
        if (isSecret()) {
            Mac mac = Mac.getInstance(jdkName);
            mac.init(key);
            return mac.doFinal(input);
        }
        Signature signature = Signature.getInstance(jdkName);
        signature.initSign((PrivateKey) key);
        signature.update(input);
        return signature.sign();
    }

    /** The {@code alg} value. */
    @Override
    public String toString() {
        return verified.toString();
    }
}
