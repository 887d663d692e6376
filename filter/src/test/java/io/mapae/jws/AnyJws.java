package io.mapae.jws;

/** Lets the public vectors in, which are signatures over anything, also over nothing. */
public final class AnyJws {
    private AnyJws() {}

    public static Reading<SignedToken> read(String text) {
        return new TokenReader().readJws(text);
    }
}
