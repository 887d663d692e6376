package io.mapae.revocation;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Some tokens that are good no more, whoever issued them. Revocations are never taken back: of two of the same kind and
 * text, the later times count.
 *
 * @param denied the claim's exact value
 * @param issuedBefore for {@link Kind#SUB} alone
 * @param until when the last of these tokens has expired wherever it may be shown: {@code exp}, the largest clock skew and
 *     60 s more. It counts to the end of that second
 * @param noted when it was written down, by the clock of whoever did so
 */
public record Revocation(Kind kind, String denied, Instant issuedBefore, Instant until, Instant noted) {
    /** What it is known by. */
    public enum Kind {
        /** One token, by {@code jti}. */
        JTI("jti"),
        /** A session's tokens, by {@code sid}. */
        SID("sid"),
        /**
         * A subject's tokens, by {@code sub}, that were issued in a second before that of {@link #issuedBefore}: most issuers
         * write {@code iat} in whole seconds, and a login in the same second must work. So a token of that very second
         * stays good; whoever must be sure revokes its {@code sid} too. A token without {@code iat} is revoked.
         */
        SUB("sub");

        private final String claim;

        Kind(String claim) {
            this.claim = claim;
        }

        /** The claim that tells, and what the kind is called where revocations are kept. */
        public String claim() {
            return claim;
        }

        /** The kind that is called so. */
        public static Optional<Kind> named(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind.claim.equals(name))
                    .findFirst();
        }
    }

    /** Names nobody. */
    @Override
    public String toString() {
        return "Revocation[" + kind.claim + ", until " + until + "]";
    }
}
