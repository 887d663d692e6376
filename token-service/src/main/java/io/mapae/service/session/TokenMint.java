package io.mapae.service.session;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes refresh tokens, and knows its own. The successor of a token follows from it and a key of the service, so that every
 * node that is shown the same token names the same successor, and none has to keep it. Safe for use by several threads.
 */
final class TokenMint {
    private static final String HMAC = "HmacSHA256";
    private static final byte SEAL = 1;
    private static final byte SUCCESSOR = 2;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @param key at least 32 bytes, the same on every node */
    TokenMint(byte[] key) {
        if (key.length < RefreshToken.SECRET_BYTES) {
            throw new IllegalArgumentException("a key of less than 32 bytes");
        }
        this.key = new SecretKeySpec(key, HMAC);
    }

    /** The first token of a new session. */
    RefreshToken first() {
        byte[] id = new byte[RefreshToken.ID_BYTES];
        byte[] secret = new byte[RefreshToken.SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        return token(id, 0, secret);
    }

    /** The one that takes the place of {@code token}. */
    RefreshToken successor(RefreshToken token) {
        byte[] sealed = token.sealed();
        return token(Arrays.copyOf(sealed, RefreshToken.ID_BYTES), token.generation() + 1, mac(SUCCESSOR, sealed));
    }

    private RefreshToken token(byte[] id, long generation, byte[] secret) {
        byte[] sealed = ByteBuffer.allocate(RefreshToken.SEALED_BYTES)
                .put(id)
                .putLong(generation)
                .put(secret)
                .array();
        return new RefreshToken(ByteBuffer.allocate(RefreshToken.SEALED_BYTES + RefreshToken.SEAL_BYTES)
                .put(sealed)
                .put(mac(SEAL, sealed), 0, RefreshToken.SEAL_BYTES)
                .array());
    }

    /** The token of that text, whoever wrote it; empty if it is none. */
    static Optional<RefreshToken> read(String text) {
        if (text.length() != RefreshToken.TEXT_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RefreshToken(Base64.getUrlDecoder().decode(text)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether it was issued here: nobody else can make one, whatever they know of a session. */
    boolean isOurs(RefreshToken token) {
        return MessageDigest.isEqual(token.seal(), Arrays.copyOf(mac(SEAL, token.sealed()), RefreshToken.SEAL_BYTES));
    }

    private byte[] mac(byte purpose, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(purpose);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
