package io.mapae.jws;

/**
 * What is kept of a token to know it again: all but its signature, and of that a digest and the last few characters. Nobody
 * can make the token of it. Immutable.
 */
public final class TokenPrint {
    /** Of 342 characters with RS256, 86 with ES256 and EdDSA, 43 with HS256: what is left is beyond guessing. */
    private static final int TAIL = 8;

    private final long tail;
    private final byte[] signingInput;
    private final byte[] signatureDigest;

    TokenPrint(SignedToken token, byte[] signatureDigest) {
        this.tail = tail(token.text());
        this.signingInput = token.signingInput();
        this.signatureDigest = signatureDigest;
    }

    /** The last eight characters as a number: other tokens hardly ever have the same. Of a shorter text, all of them. */
    public static long tail(String text) {
        long tail = 0;
        for (int i = Math.max(0, text.length() - TAIL); i < text.length(); i++) {
            tail = tail << Byte.SIZE ^ text.charAt(i);
        }
        return tail;
    }

    /** The {@linkplain #tail(String) number} of the token's own text. */
    public long tail() {
        return tail;
    }

    /** How many bytes of the token are kept. */
    public int length() {
        return signingInput.length;
    }

    /** Whether {@code text} is that very token, to the last character. */
    boolean isOf(TokenText text) {
        return text.is(signingInput, signatureDigest);
    }

    @Override
    public String toString() {
        return "TokenPrint[" + signingInput.length + " bytes]";
    }
}
