package io.mapae.verify;

import io.mapae.jws.Header;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** What was concluded about one bearer token. */
public sealed interface Verdict {
    /** The token is good: its signature is the issuer's and its claims satisfy the policy. */
    record Accepted(VerifiedToken token) implements Verdict {}

    /**
     * The token is not good, for this first reason.
     *
     * @param issuer whose it seemed to be, by the name in the settings, where that is clear
     * @param header the token's header where it could be read: foreign text, to be escaped where it is shown
     * @param detail what the reason is about in words of ours, such as {@code exp, 74 s ago}: no claim's value; may be
     *     empty
     */
    record Rejected(Reason reason, Optional<String> issuer, Optional<Header> header, String detail)
            implements Verdict {}

    /**
     * Something that is needed to tell is out of reach; says nothing about the token.
     *
     * @param reason what is
     * @param issuer whose token it seems to be
     * @param header the token's header
     */
    record Undecided(Reason reason, String issuer, Header header, IOException cause) implements Verdict {}

    /** What one of the three functions makes of it. */
    default <R> R fold(
            Function<? super Accepted, ? extends R> accepted,
            Function<? super Rejected, ? extends R> rejected,
            Function<? super Undecided, ? extends R> undecided) {
        if (this instanceof Accepted good) {
            return accepted.apply(good);
        }
        return this instanceof Rejected bad ? rejected.apply(bad) : undecided.apply((Undecided) this);
    }
}
