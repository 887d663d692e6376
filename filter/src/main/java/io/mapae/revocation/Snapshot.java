package io.mapae.revocation;

import io.mapae.jws.Claims;
import io.mapae.revocation.Revocation.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a source said, as requests see it. It only ever grows, but for what has run out, so that a reading that fails half
 * way, overlaps another or comes late does no harm.
 *
 * <pre>
 *   EMPTY ──success──▶ FRESH ──failure──▶ STALE ──max-stale──▶ DEAD      any success ──▶ FRESH
 * </pre>
 */
final class Snapshot implements Revocations {
    /** Transactions that were not ended yet when they were looked for, and clocks that differ. */
    static final Duration OVERLAP = Duration.ofSeconds(60);

    /** How long a reading may take beyond its time before it counts as failed. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final List<Kind> KINDS = List.of(Kind.values());

    /** What is known of what was revoked. */
    enum State {
        /** Nothing yet. */
        EMPTY,
        /** The last reading succeeded. */
        FRESH,
        /** It failed; an earlier one's result serves. */
        STALE,
        /** The last success is so long ago that its result serves no more. */
        DEAD
    }

    /**
     * The limits in which it serves.
     *
     * @param poll from the end of one reading to the beginning of the next
     * @param maxStale how long after the beginning of the last successful reading it serves while the source is out of
     *     reach, exclusive: zero is not at all
     */
    record Limits(Duration poll, Duration maxStale) {
        private Held held(Instant since, String problem) {
            if (since.equals(Instant.MIN)) {
                return new Held(since, problem, since);
            }
            Duration unnoticed = poll.plus(PATIENCE);
            boolean quiet = problem.isEmpty() && unnoticed.compareTo(maxStale) > 0;
            return new Held(since, problem, since.plus(quiet ? unnoticed : maxStale));
        }
    }

    /**
     * How it stands. Immutable.
     *
     * @param since when the last successful reading began
     * @param problem with the last one; empty after a success
     * @param end when it serves no more, if nothing else happens
     */
    record Held(Instant since, String problem, Instant end) {
        static final Held NOTHING = new Held(Instant.MIN, "not read yet", Instant.MIN);

        boolean isThere() {
            return !since.equals(Instant.MIN);
        }
    }

    /** How often what has happened. Immutable. */
    record Counters(long readings, long failures) {}

    private final RevocationSource source;
    private final Limits limits;
    private final InstantSource clock;
    private final Map<Kind, DeniedTexts> denied = new EnumMap<>(Kind.class);
    private final RevocationNews news;

    private volatile Held held = Held.NOTHING;
    private volatile Counters counters = new Counters(0, 0);
    private Instant lastNoted = Instant.MIN; // by whoever reads alone

    Snapshot(RevocationSource source, Limits limits, InstantSource clock) {
        this.source = source;
        this.limits = limits;
        this.clock = clock;
        this.news = new RevocationNews(limits.maxStale());
        SipHash hash = SipHash.random();
        KINDS.forEach(kind -> denied.put(kind, new DeniedTexts(hash)));
    }

    @Override
    public Optional<Kind> of(Claims claims, Instant now) throws IOException {
        Held current = held;
        if (!now.isBefore(current.end())) {
            throw new RevocationsOutOfReachException("revocations: " + problem(current));
        }
        for (Kind kind : KINDS) {
            if (denies(kind, claims, now)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static String problem(Held held) {
        return held.problem().isEmpty() ? "no answer since " + held.since() : held.problem();
    }

    private boolean denies(Kind kind, Claims claims, Instant now) {
        if (!(claims.asMap().get(kind.claim()) instanceof String text)) {
            return false;
        }
        long times = texts(kind).times(text);
        if (times == DeniedTexts.NOTHING || DeniedTexts.until(times) < now.getEpochSecond()) {
            return false;
        }
        return kind != Kind.SUB
                || claims.time("iat")
                        .map(issued -> issued.getEpochSecond() < DeniedTexts.before(times))
                        .orElse(true);
    }

    /** Takes what happens from now on. */
    void listen() {
        source.listen(this::add);
    }

    /**
     * Reads what is new, or everything if nothing is here. Whatever is thrown becomes a failed reading: one that never ended
     * would be the last one. Not safe for use by several threads.
     */
    void read() {
        read(held.isThere() ? since() : Instant.EPOCH);
    }

    /** Reads everything. Like {@link #read()}. */
    void readAll() {
        read(Instant.EPOCH);
    }

    /** A clock that is ahead, ours or another's, must not make us overlook what was noted by one that is not. */
    private Instant since() {
        if (lastNoted.equals(Instant.MIN)) {
            return Instant.EPOCH; // nothing was ever there
        }
        Instant since = held.since();
        return (lastNoted.isBefore(since) ? lastNoted : since).minus(OVERLAP);
    }

    private void read(Instant since) {
        Instant begun = clock.instant();
        String problem = problem(since);
        held = limits.held(problem.isEmpty() ? begun : held.since(), problem);
        counters = new Counters(counters.readings() + 1, counters.failures() + (problem.isEmpty() ? 0 : 1));
        denied.values().forEach(texts -> texts.tidy(begun.getEpochSecond()));
        news.tell(state(), held, entries());
    }

    private String problem(Instant since) {
        try {
            source.read(since, this::found);
            return "";
        } catch (IOException failure) {
            String message = failure.getMessage();
            return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
        } catch (RuntimeException | Error bug) {
            return bug.getClass().getName(); // its message may be anything
        }
    }

    private void found(Revocation revocation) {
        add(revocation);
        if (revocation.noted().isAfter(lastNoted)) {
            lastNoted = revocation.noted();
        }
    }

    private void add(Revocation revocation) {
        texts(revocation.kind())
                .deny(
                        revocation.denied(),
                        revocation.issuedBefore().getEpochSecond(),
                        revocation.until().getEpochSecond(),
                        clock.instant().getEpochSecond());
    }

    private DeniedTexts texts(Kind kind) {
        return Objects.requireNonNull(denied.get(kind));
    }

    State state() {
        Held current = held;
        if (!current.isThere()) {
            return State.EMPTY;
        }
        if (!clock.instant().isBefore(current.end())) {
            return State.DEAD;
        }
        return current.problem().isEmpty() ? State.FRESH : State.STALE;
    }

    Held held() {
        return held;
    }

    Counters counters() {
        return counters;
    }

    /** How long ago the last successful reading began; empty if there was none. */
    Optional<Duration> age() {
        Held current = held;
        return current.isThere() ? Optional.of(Duration.between(current.since(), clock.instant())) : Optional.empty();
    }

    int entries() {
        return denied.values().stream().mapToInt(DeniedTexts::size).sum();
    }

    long bytes() {
        return denied.values().stream().mapToLong(DeniedTexts::bytes).sum();
    }
}
