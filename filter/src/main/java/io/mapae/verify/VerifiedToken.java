package io.mapae.verify;

import io.mapae.jws.Claims;
import io.mapae.jws.Header;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Proof that verification ran: only {@link TokenVerifier} can make one. What it says never changes; prints no claim's value. */
public final class VerifiedToken {
    private final Header header;
    private final Claims claims;
    private final String name;
    private volatile @Nullable Companion companion;

    /** @param maker who made it: anyone else makes another */
    private record Companion(Object maker, Object made) {}

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

    /**
     * What {@code maker} makes of this token by that function, kept beside it, as the same token comes again and again. Of
     * several makers the last one's is kept; of several threads each may make one.
     */
    public <T> T companion(Object maker, Class<T> type, Function<VerifiedToken, T> function) {
        Companion kept = companion;
        if (kept == null || kept.maker() != maker) {
            kept = new Companion(maker, function.apply(this));
            companion = kept;
        }
        return type.cast(kept.made());
    }

    @Override
    public String toString() {
        return "VerifiedToken[" + claims + "]";
    }
}
