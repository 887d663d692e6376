package io.mapae.jws;

import java.math.BigInteger;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jose4j.jws.EdDsaAlgorithm;
import org.jose4j.jws.HmacUsingShaAlgorithm;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.jws.RsaUsingShaAlgorithm;
import org.jose4j.lang.JoseException;

/**
 * The signature algorithms that a token may name (RFC 7518 §3, RFC 8037, RFC 9864). {@code none} is not among them,
 * and names are matched with their case.
 */
public enum Algorithm {
    RS256(Family.RSA, 256, new RsaUsingShaAlgorithm.RsaSha256()),
    RS384(Family.RSA, 384, new RsaUsingShaAlgorithm.RsaSha384()),
    RS512(Family.RSA, 512, new RsaUsingShaAlgorithm.RsaSha512()),
    PS256(Family.RSA, 256, new RsaUsingShaAlgorithm.RsaPssSha256()),
    PS384(Family.RSA, 384, new RsaUsingShaAlgorithm.RsaPssSha384()),
    PS512(Family.RSA, 512, new RsaUsingShaAlgorithm.RsaPssSha512()),
    ES256(Family.EC, 256, new ConcatenatedEcdsa(new EcdsaUsingShaAlgorithm.EcdsaP256UsingSha256())),
    ES384(Family.EC, 384, new ConcatenatedEcdsa(new EcdsaUsingShaAlgorithm.EcdsaP384UsingSha384())),
    ES512(Family.EC, 521, new ConcatenatedEcdsa(new EcdsaUsingShaAlgorithm.EcdsaP521UsingSha512())),
    /** {@code EdDSA} and, since RFC 9864, {@code Ed25519}: two names of the one algorithm; Ed448 is not supported. */
    ED25519(Family.ED25519, 256, new EdDsaAlgorithm(), "EdDSA", "Ed25519"),
    HS256(Family.HMAC, 256, new HmacUsingShaAlgorithm.HmacSha256()),
    HS384(Family.HMAC, 384, new HmacUsingShaAlgorithm.HmacSha384()),
    HS512(Family.HMAC, 512, new HmacUsingShaAlgorithm.HmacSha512());

    private enum Family {
        RSA("RSA", "SunRsaSign", "Signature", "SHA256withRSA"),
        EC("EC", "SunEC", "Signature", "SHA256withECDSAinP1363Format"),
        ED25519("Ed25519", "SunEC", "Signature", "Ed25519"),
        HMAC("HMAC", "SunJCE", "Mac", "HmacSHA256");

        private final String keyType;
        private final ProviderContext jdk = new ProviderContext();

        /**
         * What other applications of the server have registered before the JDK's own must make no difference here, and a provider
         * that was dropped must not come back by its registration. Where the JDK's was taken out, as in FIPS modes, the JVM's
         * order counts.
         */
        Family(String keyType, String provider, String service, String sample) {
            this.keyType = keyType;
            Provider own = Security.getProvider(provider);
            if (own != null && own.getService(service, sample) != null) {
                jdk.getSuppliedKeyProviderContext().setSignatureProvider(provider);
                jdk.getSuppliedKeyProviderContext().setMacProvider(provider);
            }
        }
    }

    /** RFC 7518 §3.3. */
    public static final int MIN_RSA_BITS = 2048;

    /** What the JDK can check. */
    public static final int MAX_RSA_BITS = 16_384;

    /** With a public exponent as long as its modulus, a signature costs thirty times as much to check. */
    private static final int MAX_RSA_EXPONENT_BITS = 64;

    private static final Map<String, Algorithm> BY_NAME = byName();

    private final Family family;

    /** The length of the hash; for elliptic curves that of the curve's order. */
    private final int bits;

    private final JsonWebSignatureAlgorithm check;
    private final List<String> names;

    Algorithm(Family family, int bits, JsonWebSignatureAlgorithm check, String... names) {
        this.family = family;
        this.bits = bits;
        this.check = check;
        this.names = names.length == 0 ? List.of(name()) : List.of(names);
    }

    /** The algorithm of that {@code alg} value, or empty: {@code none}, another case and unknown names alike. */
    public static Optional<Algorithm> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The {@code alg} values known here, in the order of this enum. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /**
     * All algorithms that {@code key} is fit for: by its type, its curve (P-256 with ES256 and so on), 2048 to 16384
     * bits and an odd exponent of at least 3 for RSA, at least the hash's length for HMAC. Empty for any other key.
     */
    public static Set<Algorithm> fitting(Key key) {
        EnumSet<Algorithm> fitting = EnumSet.allOf(Algorithm.class);
        fitting.removeIf(algorithm -> !algorithm.fits(key));
        return Collections.unmodifiableSet(fitting);
    }

    /** Whether this is a keyed hash, whose key must stay as secret here as at the issuer. */
    public boolean isSymmetric() {
        return family == Family.HMAC;
    }

    private boolean fits(Key key) {
        return switch (family) {
            case RSA ->
                key instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() >= MIN_RSA_BITS
                        && rsa.getModulus().bitLength() <= MAX_RSA_BITS
                        && rsa.getPublicExponent().testBit(0)
                        && rsa.getPublicExponent().compareTo(BigInteger.TWO) > 0
                        && rsa.getPublicExponent().bitLength() <= MAX_RSA_EXPONENT_BITS;
            case EC -> key instanceof ECPublicKey ec && EllipticCurve.isOn(ec, bits);
            case ED25519 ->
                key instanceof EdECPublicKey ed
                        && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
            case HMAC -> key instanceof SecretKey secret && secret.getEncoded().length * 8 >= bits;
        };
    }

    boolean isElliptic() {
        return family == Family.EC;
    }

    /** Of the group that an elliptic signature's two numbers are of. */
    BigInteger order() {
        return EllipticCurve.order(bits);
    }

    /** The length in bytes of r and s side by side (RFC 7518 §3.4). */
    int ellipticLength() {
        return (bits + 7) / 8 * 2;
    }

    /** As {@link java.security.KeyFactory} knows it. */
    String keyType() {
        return family.keyType;
    }

    /** The one length in bytes that a signature by {@code key} has (RFC 7518 §3.3 to §3.5, RFC 8032 §5.1.6). */
    private int signatureLength(Key key) {
        return switch (family) {
            case RSA -> (((RSAPublicKey) key).getModulus().bitLength() + 7) / 8;
            case EC -> ellipticLength();
            case ED25519 -> 64;
            case HMAC -> bits / 8;
        };
    }

    boolean isOfLength(byte[] signature, Key key) {
        return signature.length == signatureLength(key);
    }

    /** Whether the JDK finds that {@code signature} is {@code key}'s over {@code input}; {@code key} must {@linkplain #fitting fit}. */
    boolean verifies(byte[] signature, Key key, byte[] input) {
        if (!isOfLength(signature, key)) {
            return false;
        }
        try {
            return check.verifySignature(signature, key, input, family.jdk);
        } catch (JoseException | RuntimeException refusedByTheProvider) {
            // What a provider throws depends on the hostile bytes it is given; none of it makes the signature good.
            return false;
        }
    }

    private static Map<String, Algorithm> byName() {
        Map<String, Algorithm> byName = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(algorithm -> algorithm.names.forEach(name -> byName.put(name, algorithm)));
        return Collections.unmodifiableMap(byName);
    }

    /** The preferred {@code alg} value. */
    @Override
    public String toString() {
        return names.get(0);
    }
}
