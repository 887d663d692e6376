package io.mapae.keys;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Base64Url;
import io.mapae.jws.JdkKeys;
import io.mapae.jws.VerificationKey;
import java.security.InvalidKeyException;
import java.security.Key;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** One JSON Web Key (RFC 7517 §4), read as a verification key. */
final class Jwk {
    private static final List<String> TEXTS = List.of("kty", "crv", "use", "kid", "alg");

    /** What public and symmetric keys are made of (RFC 7518 §6, RFC 8037 §2); certificates beside it are left alone. */
    private static final List<String> BYTES = List.of("n", "e", "x", "y", "k");

    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth");

    private static final int ED25519_BYTES = 32;

    private Jwk() {}

    /**
     * The key, or empty where it is well-formed but meant for something else: {@code use} is not {@code sig},
     * {@code key_ops} lacks {@code verify}, {@code alg} is none of ours.
     *
     * @throws InvalidKeyException if it is malformed, of an unknown type or curve, too weak, or private
     */
    static Optional<VerificationKey> read(Map<String, @Nullable Object> jwk) throws InvalidKeyException {
        for (String name : TEXTS) {
            if (jwk.containsKey(name) && !(jwk.get(name) instanceof String)) {
                throw new InvalidKeyException("a JWK whose " + name + " is not a string");
            }
        }
        if (!Collections.disjoint(jwk.keySet(), PRIVATE)) {
            throw new InvalidKeyException(Admission.PRIVATE_KEY);
        }
        if (!isForVerifying(jwk)) {
            return Optional.empty();
        }
        Key key = key(jwk);
        Set<Algorithm> fitting = Admission.algorithms(key);
        Optional<Algorithm> named = Optional.ofNullable((String) jwk.get("alg")).flatMap(Algorithm::named);
        if (jwk.containsKey("alg") && named.isEmpty()) {
            return Optional.empty();
        }
        if (named.isPresent() && !fitting.contains(named.get())) {
            throw new InvalidKeyException("a JWK that does not fit its own alg, " + named.get());
        }
        // RFC 7517 §4.4, RFC 8725 §3.1: a key that names its algorithm is used with that one alone.
        Set<Algorithm> algorithms = named.map(Set::of).orElse(fitting);
        return Optional.of(new VerificationKey(Optional.ofNullable((String) jwk.get("kid")), algorithms, key));
    }

    private static boolean isForVerifying(Map<String, @Nullable Object> jwk) {
        boolean use = !jwk.containsKey("use") || "sig".equals(jwk.get("use"));
        boolean operations = !jwk.containsKey("key_ops")
                || (jwk.get("key_ops") instanceof List<?> operation && operation.contains("verify"));
        return use && operations;
    }

    /** jose4j reads past padding, junk and a wrong length, so that two texts would be one key; not here. */
    private static Key key(Map<String, @Nullable Object> jwk) throws InvalidKeyException {
        Map<String, Object> material = new HashMap<>();
        List.of("kty", "crv")
                .forEach(name -> Optional.ofNullable(jwk.get(name)).ifPresent(text -> material.put(name, text)));
        for (String name : BYTES) {
            if (jwk.get(name) instanceof String text) {
                material.put(name, text);
                int length = Base64Url.decode(text)
                        .orElseThrow(() ->
                                new InvalidKeyException("a JWK whose " + name + " is not base64url without padding"))
                        .length;
                if ("Ed25519".equals(jwk.get("crv")) && length != ED25519_BYTES) {
                    throw new InvalidKeyException("an Ed25519 key of " + length + " bytes, not " + ED25519_BYTES);
                }
            }
        }
        try {
            JsonWebKey read = "OKP".equals(jwk.get("kty"))
                    ? PublicJsonWebKey.Factory.newPublicJwk(
                            material, JdkKeys.provider("Ed25519").orElse(null))
                    : JsonWebKey.Factory.newJwk(material);
            return read instanceof PublicJsonWebKey asymmetric ? asymmetric.getPublicKey() : read.getKey();
        } catch (JoseException | RuntimeException malformed) {
            // Not passed on as a cause: its message may quote the key.
            throw new InvalidKeyException("a JWK that is malformed or of an unknown kty or crv");
        }
    }
}
