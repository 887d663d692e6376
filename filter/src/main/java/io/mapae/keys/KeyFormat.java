package io.mapae.keys;

import io.mapae.jws.Base64Url;
import io.mapae.jws.Json;
import io.mapae.jws.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** How keys are written down. */
public enum KeyFormat {
    /**
     * Public keys for which somebody answers: PEM blocks, or what is inside of one, as Keycloak shows its keys; a JWK or a JWK
     * set, of which every entry must be sound.
     */
    PUBLIC_KEY {
        @Override
        KeySet parse(String text) throws InvalidKeyException {
            if (BARE.matcher(text).matches()) {
                return parse(
                        "-----BEGIN PUBLIC KEY-----\n" + text.replace("\\n", "\n") + "\n-----END PUBLIC KEY-----\n");
            }
            return demand(false, Pem.isPem(text) ? KeySet.of(Pem.read(text)) : jwks(text, false));
        }
    },

    /** A JWK set that an issuer published: entries that cannot be read are skipped, the others used. */
    JWK_SET {
        @Override
        KeySet parse(String text) throws InvalidKeyException {
            return demand(false, jwks(text, true));
        }
    },

    /** An HMAC secret: base64url, or a JWK or JWK set of {@code kty} {@code oct}. */
    SECRET {
        @Override
        KeySet parse(String text) throws InvalidKeyException {
            return demand(true, text.startsWith("{") ? jwks(text, false) : KeySet.of(List.of(secret(text))));
        }
    };

    /** Base64 of a DER sequence. */
    private static final Pattern BARE = Pattern.compile("M([A-Za-z0-9+/\\s]|\\\\n){40,}={0,2}");

    abstract KeySet parse(String text) throws InvalidKeyException;

    /** The keys that {@code text} holds; a refusal never quotes it. */
    KeySet read(String text) throws InvalidKeyException {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            throw new InvalidKeyException("nothing there");
        }
        return parse(stripped);
    }

    private static KeySet demand(boolean secret, KeySet keys) throws InvalidKeyException {
        if (keys.isSecret() != secret) {
            throw new InvalidKeyException(
                    secret ? "a public key where an HMAC secret belongs" : "an HMAC secret where public keys belong");
        }
        return keys;
    }

    private static KeySet jwks(String text, boolean tolerant) throws InvalidKeyException {
        Map<String, @Nullable Object> json = Json.object(text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new InvalidKeyException("neither PEM nor a JSON object"));
        if (!json.containsKey("keys")) {
            return KeySet.ofJwks(List.of(json), tolerant);
        }
        if (!(json.get("keys") instanceof List<?> entries)) {
            throw new InvalidKeyException("a JWK set whose keys are not an array");
        }
        return KeySet.ofJwks(entries, tolerant);
    }

    private static VerificationKey secret(String text) throws InvalidKeyException {
        byte[] bytes =
                Base64Url.decode(text).orElseThrow(() -> new InvalidKeyException("not base64url without padding"));
        SecretKeySpec key = new SecretKeySpec(bytes, "HMAC");
        return new VerificationKey(Optional.empty(), Admission.algorithms(key), key);
    }
}
