package io.mapae.jws;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** A text that may be a token, as bytes, until it is closed: its room is wiped then, and used for others. For one thread. */
final class TokenText implements AutoCloseable {
    private static final int DIGEST_LENGTH = 32;

    private final char[] chars;
    private final byte[] bytes;
    private final CharBuffer source;
    private final ByteBuffer target;
    private final CharsetEncoder latin1 = StandardCharsets.ISO_8859_1.newEncoder();
    private final MessageDigest sha256 = sha256();
    private final byte[] digest = new byte[DIGEST_LENGTH];
    private final Consumer<TokenText> takeBack;
    private int length;

    TokenText(int room, Consumer<TokenText> takeBack) {
        this.chars = new char[room];
        this.bytes = new byte[room];
        this.source = CharBuffer.wrap(chars);
        this.target = ByteBuffer.wrap(bytes);
        this.takeBack = takeBack;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing); // every Java platform has it
        }
    }

    /** Holds the end of {@code text}; of one with characters that no token has, nothing. */
    TokenText hold(String text, int from) {
        length = text.length() - from;
        text.getChars(from, text.length(), chars, 0);
        // Not String.getBytes(int, int, byte[], int), which would take a foreign character for the one with its lower
        // byte.
        boolean whole = latin1.reset()
                .encode(source.clear().limit(length), target.clear(), true)
                .isUnderflow();
        if (!whole) {
            wipe();
        }
        return this;
    }

    /** Whether this is {@code signingInput}, a dot, and a signature with that digest. */
    boolean is(byte[] signingInput, byte[] signatureDigest) {
        int dot = signingInput.length;
        return length > dot
                && bytes[dot] == '.'
                && Arrays.mismatch(bytes, 0, dot, signingInput, 0, dot) < 0
                && MessageDigest.isEqual(digest(dot + 1), signatureDigest);
    }

    /** What base64url between the two stands for; empty where it is none. */
    Optional<byte[]> decode(int from, int to) {
        return Base64Url.decode(bytes, from, to);
    }

    /** The first bytes, so many of them. */
    byte[] copy(int length) {
        return Arrays.copyOf(bytes, length);
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** SHA-256 of what comes from there on, in an array that is overwritten next time. */
    byte[] digest(int from) {
        sha256.update(bytes, from, length - from);
        try {
            sha256.digest(digest, 0, DIGEST_LENGTH);
            sha256.reset(); // the JDK's keeps the last bytes, which may be a whole signature, until then
        } catch (DigestException tooShort) {
            throw new IllegalStateException(tooShort);
        }
        return digest;
    }

    private void wipe() {
        Arrays.fill(chars, 0, length, '\0');
        Arrays.fill(bytes, 0, length, (byte) 0);
        length = 0;
    }

    @Override
    public void close() {
        wipe();
        takeBack.accept(this);
    }

    @Override
    public String toString() {
        return "TokenText[" + length + " characters]";
    }
}
