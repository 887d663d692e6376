package io.mapae.verify;

/** The tokens that are known again, as {@code io.mapae:type=VerifiedTokens,application=…} shows them. */
public interface VerifiedTokensMXBean {
    /** How many are kept. */
    int getTokens();

    /** How many may be kept: {@code cache.size}. */
    int getMaxTokens();

    /** How many bytes they take: an estimate, by the lengths of the tokens. */
    long getBytes();

    /** How many they may take: a sixteenth of the heap. */
    long getMaxBytes();

    /** How often a token was known and good, so that nobody had to verify it; it may have been revoked. */
    long getHits();

    /** How often one was not, which is verified then; those that are refused are among them. */
    long getMisses();

    /** Forgets all of them: the next request with each verifies it anew. */
    void forgetAll();
}
