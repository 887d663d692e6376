package io.mapae.jws;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;

/**
 * Signatures of one algorithm by a provider that need not be registered with the JVM, which jose4j could not call. Keys must
 * be {@linkplain #prepare prepared}. Safe for use by several threads.
 */
final class ProviderEngine implements Engine {
    private final FastProvider maker;
    private final Algorithm algorithm;
    private final String name;
    private final Optional<String> keys;

    private ProviderEngine(FastProvider maker, Algorithm algorithm, String name, Optional<String> keys) {
        this.maker = maker;
        this.algorithm = algorithm;
        this.name = name;
        this.keys = keys;
    }

    /** Empty where the provider says nothing of the algorithm. */
    static Optional<ProviderEngine> of(FastProvider maker, Algorithm algorithm) {
        return offered(maker, "Signature", signatureNames(algorithm))
                .map(name ->
                        new ProviderEngine(maker, algorithm, name, offered(maker, "KeyFactory", keyNames(algorithm))));
    }

    private static Optional<String> offered(FastProvider maker, String service, List<String> names) {
        return names.stream()
                .filter(name -> maker.provider().getService(service, name) != null)
                .findFirst();
    }

    private static List<String> signatureNames(Algorithm algorithm) {
        String hash = "SHA" + hash(algorithm);
        return switch (algorithm) {
            case RS256, RS384, RS512 -> List.of(hash + "withRSA");
            case PS256, PS384, PS512 -> List.of("RSASSA-PSS", hash + "withRSAandMGF1");
            case ES256, ES384, ES512 -> List.of(hash + "withECDSA");
            case ED25519 -> List.of("Ed25519", "EdDSA");
            case HS256, HS384, HS512 -> List.of();
        };
    }

    private static List<String> keyNames(Algorithm algorithm) {
        return switch (algorithm) {
            case RS256, RS384, RS512, PS256, PS384, PS512 -> List.of("RSA");
            case ES256, ES384, ES512 -> List.of("EC");
            case ED25519 -> List.of("Ed25519", "EdDSA");
            case HS256, HS384, HS512 -> List.of();
        };
    }

    private static String hash(Algorithm algorithm) {
        return algorithm.name().substring(2);
    }

    FastProvider maker() {
        return maker;
    }

    boolean isDropped() {
        return maker.isDropped();
    }

    void drop(Throwable failure) {
        maker.drop(algorithm, failure);
    }

    /** A public or private key as the provider likes it best, to be kept; empty where it takes no such key. */
    Optional<Key> prepare(Key key) {
        try {
            Key prepared = translated(key);
            if (prepared instanceof PrivateKey signs) {
                signature().initSign(signs);
            } else {
                signature().initVerify((PublicKey) prepared);
            }
            return Optional.of(prepared);
        } catch (GeneralSecurityException | RuntimeException | LinkageError | AssertionError unfit) {
            return Optional.empty();
        }
    }

    /** Without a factory of its own it must do with the keys of others. */
    private Key translated(Key key) throws GeneralSecurityException {
        return keys.isEmpty() ? key : translated(key, KeyFactory.getInstance(keys.get(), maker.provider()));
    }

    private static Key translated(Key key, KeyFactory factory) throws GeneralSecurityException {
        try {
            return factory.translateKey(key);
        } catch (InvalidKeyException | RuntimeException unable) {
            return key instanceof PrivateKey
                    ? factory.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()))
                    : factory.generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        }
    }

    @Override
    public boolean verifies(byte[] signature, Key key, byte[] input) throws GeneralSecurityException, IOException {
        if (algorithm.isElliptic() && !EllipticCurve.isInRange(signature, algorithm.order())) {
            return false;
        }
        Signature check = signature();
        check.initVerify((PublicKey) key);
        check.update(input);
        return check.verify(
                algorithm.isElliptic() ? EcdsaUsingShaAlgorithm.convertConcatenatedToDer(signature) : signature);
    }

    /** The signature as a token has it. */
    byte[] sign(Key key, byte[] input) throws GeneralSecurityException, IOException {
        Signature maker = signature();
        maker.initSign((PrivateKey) key);
        maker.update(input);
        byte[] signature = maker.sign();
        return algorithm.isElliptic()
                ? EcdsaUsingShaAlgorithm.convertDerToConcatenated(signature, algorithm.ellipticLength())
                : signature;
    }

    /** A new one each time: that costs little, and one that threw may be broken. */
    private Signature signature() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name, maker.provider());
        if (algorithm.name().startsWith("PS")) { // RFC 7518 §3.5
            String hash = "SHA-" + hash(algorithm);
            int salt = Integer.parseInt(hash(algorithm)) / 8;
            signature.setParameter(new PSSParameterSpec(
                    hash, "MGF1", new MGF1ParameterSpec(hash), salt, PSSParameterSpec.TRAILER_FIELD_BC));
        }
        return signature;
    }

    @Override
    public String toString() {
        return maker + " " + Arrays.asList(algorithm, name);
    }
}
