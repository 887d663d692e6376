package io.mapae.service;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF's second step (RFC 5869 §2.3): one secret of the setting, and several keys that tell nothing of each other. */
final class KeyDerivation {
    private static final String HMAC = "HmacSHA256";

    private KeyDerivation() {}

    /** The key for {@code purpose}, 32 bytes: always the same for the same secret. */
    static byte[] key(byte[] secret, String purpose) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            mac.update(("mapae " + purpose).getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(new byte[] {1});
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
