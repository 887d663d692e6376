package io.mapae.verify;

import io.mapae.jws.Claims;
import io.mapae.jws.Header;

/** Proof that verification ran: only {@link TokenVerifier} can make one. Immutable; prints no claim's value. */
public final class VerifiedToken {
    private final Header header;
    private final Claims claims;
    private final String name;

    VerifiedToken(Header header, Claims claims, String name) {
        this.header = header;
        this.claims = claims;
        this.name = name;
    }

    /** What it was signed with. */
    public Header header() {
        return header;
    }

    /** Who issued it. */
    public String issuer() {
        return claims.string("iss").orElseThrow();
    }

    /** What its issuer says. */
    public Claims claims() {
        return claims;
    }

    /** What the policy's naming claim says: not blank, without control characters. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return "VerifiedToken[" + claims + "]";
    }
}
