package io.mapae.service.throttle;

import io.mapae.service.StoreException;
import java.time.Duration;

/** Whether a password may be tried now. */
public sealed interface Permission {
    /** It may, and counts as a failure until that is taken back. */
    non-sealed interface Granted extends Permission {
        /**
         * Takes it back, for the password was right or nobody looked at it. Does so once.
         *
         * @throws StoreException if the store does not: it stays a failure, which costs a few seconds at most
         */
        void takeBack() throws StoreException;
    }

    /** It may not, be it right or wrong. */
    record Refused(Duration delay) implements Permission {
        /** For {@code Retry-After}: whole seconds, at least one. */
        public long retryAfter() {
            return Math.max(1, delay.plusMillis(999).toSeconds());
        }
    }
}
