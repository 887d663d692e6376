package io.mapae.service.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals private keys under {@code service.key-secret}: AES-256-GCM, with a key that HKDF-SHA256 derives for this alone. All
 * else that is stored of a key is bound to it, so that whoever can write to the store can neither publish a key of theirs
 * nor give one of ours another time. Safe for use by several threads; prints nothing of its key.
 */
final class Seal {
    static final int MIN_SECRET_BYTES = 32;

    private static final String LABEL = "mapae signing keys 1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    /** @throws InvalidKeyException if the secret is shorter than {@value #MIN_SECRET_BYTES} bytes */
    Seal(byte[] secret) throws InvalidKeyException {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new InvalidKeyException(
                    "expected at least " + MIN_SECRET_BYTES + " random bytes, found " + secret.length);
        }
        this.key = new SecretKeySpec(derive(secret), "AES");
    }

    /** RFC 5869: extract without a salt, then the first and only block of expand. */
    private static byte[] derive(byte[] secret) {
        byte[] extracted = hmac(new byte[32], secret);
        byte[] label = LABEL.getBytes(StandardCharsets.US_ASCII);
        byte[] info = Arrays.copyOf(label, label.length + 1);
        info[label.length] = 1;
        return hmac(extracted, info);
    }

    private static byte[] hmac(byte[] key, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    /** {@code secret}, which can be opened only together with the same {@code bound}. */
    String close(byte[] secret, String bound) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] closed = cipher(Cipher.ENCRYPT_MODE, nonce, bound).doFinal(secret);
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + closed.length);
        System.arraycopy(closed, 0, sealed, NONCE_BYTES, closed.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** @throws GeneralSecurityException if it was sealed under another secret, bound to something else, or altered */
    byte[] open(String sealed, String bound) throws GeneralSecurityException {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException notBase64) {
            throw new GeneralSecurityException("not base64url");
        }
        if (bytes.length < NONCE_BYTES + TAG_BITS / 8) { // of nothing at all the JDK does not check the tag
            throw new GeneralSecurityException("too short");
        }
        return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), bound)
                .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
    }

    private Cipher cipher(int mode, byte[] nonce, String bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
