package io.mapae.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
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

    private final InstantSource clock;
    private final AtomicReference<Second> second = new AtomicReference<>(new Second(0, 0, 0));

    RefusalLog(InstantSource clock) {
        this.clock = clock;
    }

    void log(int status, Grounds grounds) {
        Level level = status == 503 ? Level.WARNING : Level.INFO;
        if (!LOG.isLoggable(level)) {
            return;
        }
        Second now = second.updateAndGet(before -> before.next(clock.instant().getEpochSecond()));
        if (now.count() <= LINES_PER_SECOND) {
            LOG.log(level, line(status, grounds, now.count() == 1 ? now.unlogged() : 0));
        }
    }

    private static String line(int status, Grounds grounds, int unlogged) {
        StringBuilder line = new StringBuilder("Refused with " + status + ": " + grounds.reason());
        if (!grounds.detail().isEmpty()) {
            line.append(" (").append(escaped(grounds.detail(), ' ')).append(')');
        }
        grounds.issuer().ifPresent(name -> line.append("; issuer ").append(name));
        grounds.header()
                .ifPresent(header -> line.append(grounds.issuer().isPresent() ? ", kid " : "; kid ")
                        .append(header.keyId().map(RefusalLog::foreign).orElse("none"))
                        .append(", alg ")
                        .append(header.algorithm()));
        if (unlogged > 0) {
            line.append("; ").append(unlogged).append(" more before, not logged");
        }
        return line.toString();
    }

    /** Foreign text as one word: it can neither break the line nor fill it, nor be taken for a lookup by a log library. */
    private static String foreign(String text) {
        boolean cut = text.length() > MAX_FOREIGN;
        return '"' + escaped(cut ? text.substring(0, MAX_FOREIGN) : text, '!') + (cut ? "...\"" : "\"");
    }

    /** Text in printable ASCII from {@code first} on. */
    private static String escaped(String text, char first) {
        StringBuilder safe = new StringBuilder();
        text.chars().forEach(c -> {
            boolean plain = c >= first && c < 0x7F && "\"\\${}".indexOf(c) < 0;
            safe.append(plain ? String.valueOf((char) c) : String.format("\\u%04x", c));
        });
        return safe.toString();
    }
}
