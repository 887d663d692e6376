package io.mapae.service.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Tells whoever operates the service that its tokens grow beyond what servers take in a header; once an hour at most. */
final class SizeWarning {
    private static final Logger LOG = System.getLogger("io.mapae.service");

    /** Servers take 8 KiB of headers by default, and a cookie or two stand beside the token. */
    private static final int MAX_LENGTH = 4096;

    private static final Duration EACH = Duration.ofHours(1);

    private final AtomicReference<Instant> quietUntil = new AtomicReference<>(Instant.MIN);

    void consider(int length, Instant now) {
        Instant until = quietUntil.get();
        if (length > MAX_LENGTH && !now.isBefore(until) && quietUntil.compareAndSet(until, now.plus(EACH))) {
            LOG.log(
                    Level.WARNING,
                    "An access token of {0} characters was issued: servers often refuse headers of 8192, and no token should"
                            + " be longer than {1}",
                    Integer.toString(length),
                    Integer.toString(MAX_LENGTH));
        }
    }
}
