package io.mapae.http;

import io.mapae.jws.Header;
import io.mapae.verify.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One line for each refusal, at most 100 a second, so that whoever is refused cannot fill the disk. */
final class RefusalLog {
    private static final Logger LOG = System.getLogger("io.mapae.refusal");
    static final int LINES_PER_SECOND = 100;
    private static final int MAX_FOREIGN = 64;

    /** How many refusals this second has seen, and how many the last one had that were not logged. */
    private record Second(long number, int count, int unlogged) {
        Second next(long now) {
            return now == number
                    ? new Second(number, count + 1, unlogged)
                    : new Second(now, 1, Math.max(0, count - LINES_PER_SECOND));
        }
    }

    private final String issuer;
    private final InstantSource clock;
    private final AtomicReference<Second> second = new AtomicReference<>(new Second(0, 0, 0));

    RefusalLog(String issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    void log(int status, Reason reason, Optional<Header> header, String detail) {
        Level level = status == 503 ? Level.WARNING : Level.INFO;
        if (!LOG.isLoggable(level)) {
            return;
        }
        Second now = second.updateAndGet(before -> before.next(clock.instant().getEpochSecond()));
        if (now.count() <= LINES_PER_SECOND) {
            LOG.log(level, line(status, reason, header, detail, now.count() == 1 ? now.unlogged() : 0));
        }
    }

    private String line(int status, Reason reason, Optional<Header> header, String detail, int unlogged) {
        return "Refused with " + status + ": " + reason
                + (detail.isEmpty() ? "" : " (" + detail + ")")
                + "; issuer " + issuer
                + header.map(h ->
                                ", kid " + h.keyId().map(RefusalLog::foreign).orElse("none") + ", alg " + h.algorithm())
                        .orElse("")
                + (unlogged == 0 ? "" : "; " + unlogged + " more a second ago");
    }

    /** Foreign text as one word of printable ASCII: it can neither break the line nor fill it. */
    private static String foreign(String text) {
        StringBuilder safe = new StringBuilder("\"");
        text.chars().limit(MAX_FOREIGN).forEach(c -> {
            boolean plain = c > ' ' && c < 0x7F && c != '"' && c != '\\';
            safe.append(plain ? String.valueOf((char) c) : String.format("\\u%04x", c));
        });
        return safe.append(text.length() > MAX_FOREIGN ? "…\"" : "\"").toString();
    }
}
