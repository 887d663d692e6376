package io.mapae.keys;

import io.mapae.jws.Algorithm;
import io.mapae.jws.VerificationKey;
import java.security.InvalidKeyException;
import java.security.Key;
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
    private static final Set<String> STRINGS = Set.of("kty", "use", "kid", "alg");

    /** What a public or symmetric key is made of (RFC 7518 §6, RFC 8037 §2); certificates beside it are left alone. */
    private static final Set<String> MATERIAL = Set.of("kty", "n", "e", "crv", "x", "y", "k");

    private Jwk() {}

    /**
     * The key, or empty where it is well-formed but meant for something else: {@code use} is not {@code sig},
     * {@code key_ops} lacks {@code verify}, {@code alg} is none of ours or does not go with the key.
     *
     * @throws InvalidKeyException if it is malformed, of an unknown type or curve, too weak, or private
     */
    static Optional<VerificationKey> read(Map<String, @Nullable Object> jwk) throws InvalidKeyException {
        for (String name : STRINGS) {
            if (jwk.containsKey(name) && !(jwk.get(name) instanceof String)) {
                throw new InvalidKeyException("a JWK whose " + name + " is not a string");
            }
        }
        if (jwk.containsKey("d")) {
            throw new InvalidKeyException(Admission.PRIVATE_KEY);
        }
        if (!isForVerifying(jwk)) {
            return Optional.empty();
        }
        Key key = key(jwk);
        return algorithms(jwk, Admission.algorithms(key))
                .map(algorithms -> new VerificationKey(Optional.ofNullable((String) jwk.get("kid")), algorithms, key));
    }

    private static boolean isForVerifying(Map<String, @Nullable Object> jwk) {
        boolean use = !jwk.containsKey("use") || "sig".equals(jwk.get("use"));
        boolean operations = !jwk.containsKey("key_ops")
                || (jwk.get("key_ops") instanceof List<?> operation && operation.contains("verify"));
        return use && operations;
    }

    /** RFC 7517 §4.4, RFC 8725 §3.1: a key that names its algorithm is used with that one alone. */
    private static Optional<Set<Algorithm>> algorithms(Map<String, @Nullable Object> jwk, Set<Algorithm> fitting) {
        return jwk.get("alg") instanceof String name
                ? Algorithm.named(name).filter(fitting::contains).map(Set::of)
                : Optional.of(fitting);
    }

    private static Key key(Map<String, @Nullable Object> jwk) throws InvalidKeyException {
        Map<String, Object> material = new HashMap<>();
        MATERIAL.forEach(name -> Optional.ofNullable(jwk.get(name)).ifPresent(value -> material.put(name, value)));
        try {
            JsonWebKey read = JsonWebKey.Factory.newJwk(material);
            return read instanceof PublicJsonWebKey asymmetric ? asymmetric.getPublicKey() : read.getKey();
        } catch (JoseException | RuntimeException malformed) {
            // Not passed on as a cause: its message may quote the key.
            throw new InvalidKeyException("a JWK that is malformed or of an unknown kty or crv");
        }
    }
}
