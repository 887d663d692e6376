package io.mapae.service.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A refresh token: whose it is, the how-manieth of its family, 256 secret bits, and the seal of whoever issued it. Clients
 * need not know. Immutable.
 */
public final class RefreshToken {
    static final int ID_BYTES = 16;
    static final int SECRET_BYTES = 32;
    static final int SEAL_BYTES = 16;
    static final int SEALED_BYTES = ID_BYTES + Long.BYTES + SECRET_BYTES;
    private static final int LENGTH = SEALED_BYTES + SEAL_BYTES;
    /** Of its text: a multiple of 24 bits, so that no bit of it is without a meaning. */
    static final int TEXT_LENGTH = LENGTH / 3 * 4;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final byte[] bytes;

    /** @param bytes not copied: nobody else has them */
    RefreshToken(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("not of this length");
        }
        this.bytes = bytes;
    }

    /** Of which session. */
    String id() {
        return BASE64.encodeToString(slice(0, ID_BYTES));
    }

    /** The first is 0. */
    long generation() {
        return ByteBuffer.wrap(bytes).getLong(ID_BYTES);
    }

    /** What the seal is about. */
    byte[] sealed() {
        return slice(0, SEALED_BYTES);
    }

    byte[] seal() {
        return slice(SEALED_BYTES, LENGTH);
    }

    private byte[] slice(int from, int to) {
        return ByteBuffer.allocate(to - from).put(bytes, from, to - from).array();
    }

    /** What is stored of it: the SHA-256 of its text, in hexadecimal. */
    String digest() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** As the client gets it. */
    public String text() {
        return BASE64.encodeToString(bytes);
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "RefreshToken";
    }
}
