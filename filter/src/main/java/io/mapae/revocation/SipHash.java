package io.mapae.revocation;

import java.security.SecureRandom;

/**
 * SipHash-2-4 with 128 bits (Aumasson, Bernstein 2012) of a text's UTF-16 in little-endian order. As nobody knows the key,
 * nobody can make texts collide: that another text than one of a million gives the same digest has a chance of 10^6/2^128,
 * which is 3·10^-33.
 */
record SipHash(long key0, long key1) {
    private static final int CHARS = 4;
    private static final int ROUNDS = 2;
    private static final int LAST_ROUNDS = 4;

    static SipHash random() {
        SecureRandom random = new SecureRandom();
        return new SipHash(random.nextLong(), random.nextLong());
    }

    Digest of(String text) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL ^ 0xEE;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        long high = 0;
        int last = text.length() / CHARS;
        for (int step = 0; step <= last + 2; step++) { // the words, then twice the end
            long word = step <= last ? word(text, step) : 0;
            v3 ^= word;
            if (step == last + 1) {
                v2 ^= 0xEE;
            } else if (step == last + 2) {
                high = v0 ^ v1 ^ v2 ^ v3;
                v1 ^= 0xDD;
            }
            for (int round = step <= last ? ROUNDS : LAST_ROUNDS; round > 0; round--) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        return new Digest(high == 0 ? 1 : high, v0 ^ v1 ^ v2 ^ v3);
    }

    /** Four characters; of the last word, which has fewer, the number of bytes is at the top. */
    private static long word(String text, int index) {
        int at = index * CHARS;
        if (text.length() - at >= CHARS) { // written out, as most of the time goes here
            return text.charAt(at)
                    | ((long) text.charAt(at + 1) << 16)
                    | ((long) text.charAt(at + 2) << 32)
                    | ((long) text.charAt(at + 3) << 48);
        }
        long word = (2L * text.length()) << 56;
        for (int i = at; i < text.length(); i++) {
            word |= (long) text.charAt(i) << (16 * (i - at));
        }
        return word;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SipHash";
    }
}
