package io.mapae.verify;

/**
 * How much is kept of tokens that were verified, so that the same ones need not be verified again. Immutable.
 *
 * @param tokens of how many at the most, from none to {@value #MAX_TOKENS}
 * @param bytes how many bytes that may take: an estimate, by the lengths of the tokens
 */
public record CacheSize(int tokens, long bytes) {
    /** Nothing is kept: each time is the first. */
    public static final CacheSize NONE = new CacheSize(0, 0);

    /** More than a heap has room for. */
    public static final int MAX_TOKENS = 100_000_000;

    private static final int SHARE_OF_HEAP = 16;

    /** @throws IllegalArgumentException if one of them is out of its range */
    public CacheSize {
        if (tokens < 0 || tokens > MAX_TOKENS || bytes < 0) {
            throw new IllegalArgumentException("a cache of " + tokens + " tokens and " + bytes + " bytes");
        }
    }

    /** So many tokens, in no more than a sixteenth of the heap. */
    public static CacheSize of(int tokens) {
        return new CacheSize(tokens, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }
}
