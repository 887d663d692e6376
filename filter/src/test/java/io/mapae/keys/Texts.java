package io.mapae.keys;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Engines;
import io.mapae.jws.Header;
import io.mapae.jws.Json;
import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenReader;
import io.mapae.jws.VerificationKey;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys written down, and what became of them. */
final class Texts {
    private Texts() {}

    /** A JWK with these members, given as JSON, put over its own; an empty one is left out. */
    static String with(String jwk, String... namesAndJson) {
        StringBuilder changed = new StringBuilder(jwk.substring(0, jwk.length() - 1));
        for (int i = 0; i < namesAndJson.length; i += 2) {
            String member = "\"" + namesAndJson[i] + "\":";
            int at = changed.indexOf(member);
            if (at >= 0) {
                int comma = changed.indexOf(",", at);
                changed.delete(at, comma < 0 ? changed.length() : comma + 1);
            }
            if (!namesAndJson[i + 1].isEmpty()) {
                changed.append(changed.charAt(changed.length() - 1) == ',' ? "" : ",")
                        .append(member)
                        .append(namesAndJson[i + 1]);
            }
        }
        String text = changed.append('}').toString().replace("{,", "{").replace(",}", "}");
        json(text);
        return text;
    }

    static String set(String... jwks) {
        return "{\"keys\":[" + String.join(",", jwks) + "]}";
    }

    static String octJwk(TestKey key) {
        return with(key.privateJwk(), "alg", "");
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    /** The SubjectPublicKeyInfo of a fresh key of this JDK algorithm. */
    static String foreignPem(String algorithm) throws Exception {
        return pem(
                "PUBLIC KEY",
                KeyPairGenerator.getInstance(algorithm)
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded());
    }

    /** The refusal's message, or {@code read}. */
    static String outcome(KeyFormat format, String text) {
        try {
            format.read(text);
            return "read";
        } catch (InvalidKeyException refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }

    static Map<String, @Nullable Object> json(String text) {
        return Json.object(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    static Header header(Algorithm algorithm, @Nullable String keyId) {
        return new Header(algorithm, Optional.ofNullable(keyId), Optional.empty());
    }

    static SignedToken token(TestKey key) {
        return token(TokenBuilder.signedBy(key).text());
    }

    static SignedToken token(String text) {
        return new TokenReader().read(text).fold(token -> token, (flaw, member) -> {
            throw new AssertionError(flaw + " " + member);
        });
    }

    /** Whether one of the candidates has signed a token of {@code key}. */
    static boolean verifies(KeySource keys, TestKey key) {
        return verifies(keys, token(key));
    }

    static boolean verifies(KeySource keys, SignedToken token) {
        return verifies(keys, token, Engines.jdk());
    }

    static boolean verifies(KeySource keys, SignedToken token, Engines engines) {
        try {
            return keys.candidates(token.header()).stream().anyMatch(key -> token.isSignedBy(key, engines));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<Optional<String>> ids(List<VerificationKey> keys) {
        return keys.stream().map(VerificationKey::id).toList();
    }
}
