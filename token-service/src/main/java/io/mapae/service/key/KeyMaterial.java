package io.mapae.service.key;

import java.security.Key;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * What a key is made of, before it has a time.
 *
 * @param id the thumbprint of a public key (RFC 7638), so that the one vouches for the other; random for a secret, of which
 *     a thumbprint would tell something (§7)
 * @param signs the private half, or the secret
 * @param verifies the public half, or the secret
 */
record KeyMaterial(String id, Key signs, Key verifies) {
    private static final int ID_BYTES = 16;

    static KeyMaterial of(KeyPair pair) {
        return new KeyMaterial(id(jwk(pair.getPublic())), pair.getPrivate(), pair.getPublic());
    }

    static KeyMaterial of(SecretKey secret) {
        byte[] random = new byte[ID_BYTES];
        new SecureRandom().nextBytes(random);
        return new KeyMaterial(Base64.getUrlEncoder().withoutPadding().encodeToString(random), secret, secret);
    }

    /** RFC 7517 §4, with none of the private members; empty for a secret. */
    String publicJwk(SigningAlgorithm algorithm) {
        if (algorithm.isSecret()) {
            return "";
        }
        PublicJsonWebKey jwk = jwk((PublicKey) verifies);
        jwk.setKeyId(id);
        jwk.setAlgorithm(algorithm.toString());
        jwk.setUse("sig");
        return jwk.toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    /** The public key that {@link #publicJwk} shows. */
    static PublicKey publicKey(String jwk) throws JoseException {
        return PublicJsonWebKey.Factory.newPublicJwk(jwk).getPublicKey();
    }

    /** The {@code kid} of a public key. */
    static String id(PublicKey key) {
        return id(jwk(key));
    }

    private static String id(PublicJsonWebKey jwk) {
        return jwk.calculateBase64urlEncodedThumbprint("SHA-256");
    }

    private static PublicJsonWebKey jwk(PublicKey key) {
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(key);
        } catch (JoseException unknownType) {
            throw new IllegalArgumentException("a key of a type that has no JWK", unknownType);
        }
    }

    /** Its id alone. */
    @Override
    public String toString() {
        return "KeyMaterial[" + id + "]";
    }
}
