package io.mapae.service.throttle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mapae.service.StoreException;
import io.mapae.service.throttle.AttemptStore.Attempts;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/** The failures of one account or one source. Safe for use by several threads, and by several nodes at once. */
record Counter(String key, Ladder ladder, AttemptStore store, InstantSource clock) {
    /** Each loss is somebody else's gain: with so many in a row, more threads than a node has want the same key. */
    private static final int MAX_TRIES = 100;

    static final Duration CROWDED = Duration.ofSeconds(1);

    /** What was counted, and what was there before. */
    record Reservation(Optional<Attempts> before, Attempts after) {}

    /** Either what was counted or how long to wait. */
    record Outcome(Optional<Reservation> reservation, Duration delay) {}

    /** @param name what is counted; the store sees its digest only */
    static Counter of(String name, int limit, AttemptStore store, InstantSource clock) {
        return new Counter(digest(name), new Ladder(limit), store, clock);
    }

    private static String digest(String name) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("SHA-256 is part of every JDK", absent);
        }
    }

    Duration delay() throws StoreException {
        return ladder.delay(store.read(key), now());
    }

    /** Counts one more failure, unless it is too early for it. */
    Outcome reserve() throws StoreException {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Attempts> before = store.read(key);
            Instant now = now();
            Duration delay = ladder.delay(before, now);
            if (!delay.isZero()) {
                return new Outcome(Optional.empty(), delay);
            }
            Attempts after = ladder.oneMore(before, now);
            if (store.replace(key, before, after, ladder.forgotten(after, now))) {
                return new Outcome(Optional.of(new Reservation(before, after)), Duration.ZERO);
            }
        }
        return new Outcome(Optional.empty(), CROWDED);
    }

    /** Makes it as if that had never been counted; what others have counted since stays. */
    void takeBack(Reservation reservation) throws StoreException {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Attempts> current = store.read(key);
            if (current.isEmpty()) {
                return;
            }
            Attempts before = current.get().equals(reservation.after())
                    ? reservation
                            .before()
                            .orElse(new Attempts(0, reservation.after().last()))
                    : new Attempts(
                            Math.max(0, current.get().failures() - 1),
                            current.get().last());
            if (store.replace(key, current, before, ladder.forgotten(before, now()))) {
                return;
            }
        }
    }

    /** As stores keep it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
