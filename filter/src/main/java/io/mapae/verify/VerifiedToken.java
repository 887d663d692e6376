package io.mapae.verify;

import io.mapae.jws.Claims;

/** Proof that verification ran: only {@link TokenVerifier} can make one. Immutable; prints no claim's value. */
public final class VerifiedToken {
    private final Claims claims;
    private final String name;

    VerifiedToken(Claims claims, String name) {
        this.claims = claims;
        this.name = name;
    }

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
