package io.mapae.verify;

import io.mapae.jws.TokenPrint;
import io.mapae.jws.VerificationKey;
import java.time.Instant;
import java.util.List;

/**
 * A token that was verified before, by what is kept of it: enough to know it and what it says, too little to be it. What may
 * have changed since is asked each time. Safe for use by several threads.
 */
final class KnownToken {
    /** Roughly what an entry takes beside its texts, with its places in the table: what even the shortest takes. */
    static final int LEAST_BYTES = 512;

    /** The text itself, and claims, which take about three times as much with tokens of identity providers. */
    private static final int BYTES_PER_CHARACTER = 4;

    private final TokenPrint print;
    private final Issuer issuer;
    private final Verdict.Accepted verdict;
    private final Validity validity;
    private volatile VerificationKey key;

    /** A hint: whether another thread sees it at once matters to nobody. */
    private boolean wanted;

    KnownToken(TokenPrint print, Issuer issuer, VerificationKey key, Verdict.Accepted verdict) {
        this.print = print;
        this.issuer = issuer;
        this.key = key;
        this.verdict = verdict;
        this.validity = Validity.of(verdict.token().claims(), issuer.policy().times());
    }

    TokenPrint print() {
        return print;
    }

    Issuer issuer() {
        return issuer;
    }

    Verdict.Accepted verdict() {
        return verdict;
    }

    /** Whether its times let it be accepted, and its issuer has the key still that it was verified with. */
    boolean isGoodAt(Instant now) {
        return validity.covers(now) && isSigned();
    }

    @SuppressWarnings("ReferenceEquality") // an equal key is good as well, but takes longer to be found
    private boolean isSigned() {
        List<VerificationKey> candidates = issuer.keys().atHand(verdict.token().header());
        int same = candidates.indexOf(key);
        if (same < 0) {
            return false;
        }
        if (candidates.get(same) != key) {
            key = candidates.get(same);
        }
        return true;
    }

    /** How many bytes it takes, about. */
    long bytes() {
        return LEAST_BYTES + (long) print.length() * BYTES_PER_CHARACTER;
    }

    void use() {
        if (!wanted) { // a write of what is there already would take the line from other processors
            wanted = true;
        }
    }

    /** Whether it was used since this was asked last. */
    boolean isWantedStill() {
        boolean was = wanted;
        wanted = false;
        return was;
    }

    @Override
    public String toString() {
        return "KnownToken[" + print + "]";
    }
}
