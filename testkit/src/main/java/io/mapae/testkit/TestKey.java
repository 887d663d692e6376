package io.mapae.testkit;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A key for tests: a key pair or an HMAC secret with a key id, a default algorithm and every text form a verifier may
 * be configured with.
 *
 * <p>The named keys ({@link #rsa()}, {@link #ec(String)}, ...) are made on first use and stay the same in one JVM; in
 * the next they are others. What a kind of key does not have (the secret of a pair, the public key of a secret) throws
 * {@link IllegalStateException}. Immutable and thread-safe; {@link #toString()} shows no key material.
 */
public final class TestKey {
    private static final Map<String, TestKey> NAMED = new ConcurrentHashMap<>();

    private final Kind kind;
    private final @Nullable KeyPair pair;
    private final byte[] secret;
    private final @Nullable String keyId;
    private final String algorithm;

    private TestKey(Kind kind, @Nullable KeyPair pair, byte[] secret, @Nullable String keyId, String algorithm) {
        this.kind = kind;
        this.pair = pair;
        this.secret = secret;
        this.keyId = keyId;
        this.algorithm = algorithm;
    }

    /** RSA of 2048 bits, {@code RS256}, key id {@code rsa}. */
    public static TestKey rsa() {
        return named("rsa", () -> generate("RSA", "rsa"));
    }

    /** Another RSA pair of 2048 bits, {@code RS256}, key id {@code rsa-other}. */
    public static TestKey otherRsa() {
        return named("rsa-other", () -> generate("RSA", "rsa-other"));
    }

    /** RSA of 1024 bits, which RFC 7518 §3.3 forbids, {@code RS256}, key id {@code rsa-weak}. */
    public static TestKey weakRsa() {
        return named(
                "rsa-weak",
                () -> of(pair("RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4)), "rsa-weak"));
    }

    /**
     * The key on {@code P-256}, {@code P-384} or {@code P-521}, {@code ES256}, {@code ES384} or {@code ES512}, key id
     * {@code ec-p256} and so on; another curve throws {@link IllegalArgumentException}.
     */
    public static TestKey ec(String curve) {
        if (!curve.startsWith("P-")) {
            throw new IllegalArgumentException("no such curve: " + curve);
        }
        String keyId = "ec-" + curve.replace("-", "").toLowerCase(Locale.ROOT);
        return named(keyId, () -> generate(curve, keyId));
    }

    /** Ed25519, {@code EdDSA}, key id {@code ed25519}. */
    public static TestKey ed25519() {
        return named("ed25519", () -> generate("Ed25519", "ed25519"));
    }

    /**
     * A random secret of {@code bytes} bytes, key id {@code hmac-} and that number; of the HMAC algorithms the largest
     * that the secret is long enough for, {@code HS256} if it is too short for each. Fewer than 1 byte throws
     * {@link IllegalArgumentException}.
     */
    public static TestKey hmac(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a secret has at least 1 byte");
        }
        String keyId = "hmac-" + bytes;
        return named(keyId, () -> {
            byte[] secret = new byte[bytes];
            new SecureRandom().nextBytes(secret);
            return of(secret, keyId);
        });
    }

    /**
     * A fresh pair at each call.
     *
     * @param kind {@code RSA} (2048 bits), {@code P-256}, {@code P-384}, {@code P-521} or {@code Ed25519}; another
     *     throws {@link IllegalArgumentException}
     */
    public static TestKey generate(String kind, String keyId) {
        return of(
                switch (kind) {
                    case "RSA" -> pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
                    case "P-256" -> pair("EC", new ECGenParameterSpec(Kind.P256.jdkCurve));
                    case "P-384" -> pair("EC", new ECGenParameterSpec(Kind.P384.jdkCurve));
                    case "P-521" -> pair("EC", new ECGenParameterSpec(Kind.P521.jdkCurve));
                    case "Ed25519" -> pair("EdDSA", NamedParameterSpec.ED25519);
                    default -> throw new IllegalArgumentException("no such kind of key: " + kind);
                },
                keyId);
    }

    /** The key of a pair; a pair that is not RSA, P-256, P-384, P-521 or Ed25519 throws {@link IllegalArgumentException}. */
    public static TestKey of(KeyPair pair, String keyId) {
        Kind kind = Kind.of(pair.getPublic());
        return new TestKey(kind, pair, new byte[0], keyId, kind.algorithm);
    }

    /** The key of an HMAC secret, with the default algorithm that {@link #hmac(int)} gives its length. */
    public static TestKey of(byte[] secret, String keyId) {
        String algorithm = secret.length >= 64 ? "HS512" : secret.length >= 48 ? "HS384" : "HS256";
        return new TestKey(Kind.HMAC, null, secret.clone(), keyId, algorithm);
    }

    /** The key id; {@link IllegalStateException} if it has none. */
    public String keyId() {
        return optionalKeyId().orElseThrow(() -> new IllegalStateException("key without key id"));
    }

    Optional<String> optionalKeyId() {
        return Optional.ofNullable(keyId);
    }

    /** The JOSE name of the algorithm that tokens of this key are signed with unless they ask for another. */
    public String algorithm() {
        return algorithm;
    }

    /** The same key under another key id. */
    public TestKey withKeyId(String keyId) {
        return new TestKey(kind, pair, secret, keyId, algorithm);
    }

    /** The same key without key id, so that neither its JWK nor its tokens have a {@code kid}. */
    public TestKey withoutKeyId() {
        return new TestKey(kind, pair, secret, null, algorithm);
    }

    /** The same key with another default algorithm; whether the two fit is not checked before signing. */
    public TestKey withAlgorithm(String algorithm) {
        return new TestKey(kind, pair, secret, keyId, algorithm);
    }

    /** The public half of a pair. */
    public PublicKey publicKey() {
        return pair().getPublic();
    }

    /** The private half of a pair. */
    public PrivateKey privateKey() {
        return pair().getPrivate();
    }

    /** A copy of the HMAC secret. */
    public byte[] secret() {
        if (pair != null) {
            throw new IllegalStateException("a key pair has no secret");
        }
        return secret.clone();
    }

    /** The HMAC secret in base64url without padding. */
    public String secretText() {
        return Base64Url.encode(secret());
    }

    /** The public half as a JWK with {@code kty}, {@code kid} (if any), {@code alg} and {@code use}. */
    public String publicJwk() {
        return jwk(Jwk.publicMembers(kind, pair()));
    }

    /** The whole key as a JWK: for a pair the public and private members, for a secret {@code k}. */
    public String privateJwk() {
        if (pair == null) {
            return jwk(Map.of("k", secretText()));
        }
        Map<String, Object> members = Jwk.publicMembers(kind, pair);
        members.putAll(Jwk.privateMembers(pair));
        return jwk(members);
    }

    /** A JWK set of the public halves, in this order; no keys give an empty set. */
    public static String jwks(TestKey... keys) {
        return Stream.of(keys).map(TestKey::publicJwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /** The public key as SubjectPublicKeyInfo, {@code BEGIN PUBLIC KEY}. */
    public String publicPem() {
        return Pem.of("PUBLIC KEY", publicKey().getEncoded());
    }

    /** The public key as PKCS#1, {@code BEGIN RSA PUBLIC KEY}; {@link IllegalStateException} if it is not RSA. */
    public String pkcs1Pem() {
        if (publicKey() instanceof RSAPublicKey key) {
            return Pem.of("RSA PUBLIC KEY", Pem.pkcs1(key));
        }
        throw new IllegalStateException("PKCS#1 is for RSA only");
    }

    /** The private key as PKCS#8, {@code BEGIN PRIVATE KEY}. */
    public String privatePem() {
        return Pem.of("PRIVATE KEY", privateKey().getEncoded());
    }

    /** A self-signed X.509 v3 certificate without extensions, valid from 2020 through 2049. */
    public String certificatePem() {
        try {
            return Pem.of("CERTIFICATE", Pem.certificate(pair(), keyId == null ? "testkit" : keyId));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot certify " + this, e);
        }
    }

    /**
     * Signs as a JWS does: ECDSA as {@code r || s}, PSS with a salt as long as the hash.
     *
     * <p>{@code ES256} with a key on P-384 and the like are signed too, as tests may want that. An algorithm that does
     * not exist here, or that this key cannot sign with at all, throws {@link IllegalArgumentException}; an HMAC
     * algorithm without a secret, or another with one, {@link IllegalStateException}.
     */
    public byte[] sign(String algorithm, byte[] input) {
        try {
            return Signing.isMac(algorithm)
                    ? Signing.mac(algorithm, secret(), input)
                    : Signing.sign(algorithm, privateKey(), input);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(this + " cannot sign with " + algorithm, e);
        }
    }

    /** Names the kind, algorithm and key id only. */
    @Override
    public String toString() {
        return "TestKey[" + kind.title + ", " + algorithm + ", " + (keyId == null ? "no key id" : keyId) + "]";
    }

    private KeyPair pair() {
        if (pair == null) {
            throw new IllegalStateException("a secret has no key pair");
        }
        return pair;
    }

    private String jwk(Map<String, Object> keyMembers) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kty", kind.keyType);
        optionalKeyId().ifPresent(id -> members.put("kid", id));
        members.put("alg", algorithm);
        members.put("use", "sig");
        members.putAll(keyMembers);
        return Json.of(members);
    }

    private static TestKey named(String name, Supplier<TestKey> make) {
        // not computeIfAbsent: RSA takes its time, and other names must not wait for it
        TestKey known = NAMED.get(name);
        if (known != null) {
            return known;
        }
        TestKey made = make.get();
        TestKey first = NAMED.putIfAbsent(name, made);
        return first == null ? made : first;
    }

    private static KeyPair pair(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 15 makes " + algorithm + " keys", e);
        }
    }

    /** What the key is; elliptic curves are told apart by their order, which no two of them share. */
    enum Kind {
        RSA("RSA", "RSA", "RS256", ""),
        P256("P-256", "EC", "ES256", "secp256r1"),
        P384("P-384", "EC", "ES384", "secp384r1"),
        P521("P-521", "EC", "ES512", "secp521r1"),
        ED25519("Ed25519", "OKP", "EdDSA", ""),
        HMAC("HMAC", "oct", "HS256", "");

        private final String title;
        private final String keyType;
        private final String algorithm;
        private final String jdkCurve;

        Kind(String title, String keyType, String algorithm, String jdkCurve) {
            this.title = title;
            this.keyType = keyType;
            this.algorithm = algorithm;
            this.jdkCurve = jdkCurve;
        }

        String title() {
            return title;
        }

        static Kind of(PublicKey key) {
            if (key instanceof RSAPublicKey) {
                return RSA;
            }
            if (key instanceof EdECPublicKey edwards
                    && edwards.getParams().getName().equals("Ed25519")) {
                return ED25519;
            }
            if (key instanceof ECPublicKey elliptic) {
                BigInteger order = elliptic.getParams().getOrder();
                return Stream.of(P256, P384, P521)
                        .filter(kind -> order(kind.jdkCurve).equals(order))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no curve of JOSE: " + elliptic.getParams()));
            }
            throw new IllegalArgumentException("no kind of key of the testkit: " + key.getAlgorithm());
        }

        private static BigInteger order(String jdkCurve) {
            try {
                AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
                parameters.init(new ECGenParameterSpec(jdkCurve));
                return parameters.getParameterSpec(ECParameterSpec.class).getOrder();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK knows " + jdkCurve, e);
            }
        }
    }
}
