package io.mapae.keys;

import io.mapae.jws.Header;
import io.mapae.jws.VerificationKey;
import io.mapae.keys.JwksEndpoint.Limits;
import io.mapae.keys.Publication.Edition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys, held here and renewed ahead of need, so that the issuer's outage is nobody else's. Requests read a
 * snapshot; a key that is not in it they wait for, a bounded time, a bounded number of them. Fetching is the agenda's.
 *
 * <pre>
 *   EMPTY ──success──▶ FRESH ──due──▶ REFRESHING ──success──▶ FRESH
 *                                         └────failure──▶ STALE ──max-stale──▶ DEAD      any success ──▶ FRESH
 * </pre>
 */
final class RemoteKeys implements KeySource {
    private static final Duration LATEST_REFRESH = Duration.ofMinutes(10);
    private static final Duration EARLIEST_REFRESH = Duration.ofSeconds(30);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(4);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** What is known of the issuer's keys. */
    enum State {
        /** No keys yet. */
        EMPTY,
        /** The last fetch succeeded. */
        FRESH,
        /** So it did, and the next is under way. */
        REFRESHING,
        /** The last fetch failed; the keys of an earlier one serve. */
        STALE,
        /** So it did, and the keys are too old to serve. */
        DEAD
    }

    /**
     * What requests see. Immutable.
     *
     * @param since the last success
     * @param problem with the last fetch; empty after a success
     */
    record Held(Optional<KeySet> keys, Instant since, String problem) {
        static final Held NOTHING = new Held(Optional.empty(), Instant.MIN, "not fetched yet");

        Held failed(String reason) {
            return new Held(keys, since, reason);
        }

        boolean isUsable(Instant now, Duration maxStale) {
            return keys.isPresent() && !now.isAfter(since.plus(maxStale));
        }

        List<String> ids() {
            return keys.map(KeySet::ids).orElse(List.of());
        }
    }

    /** How often what has happened. Immutable. */
    record Counters(long fetches, long failures, long turnedAway) {
        Counters plus(int moreFetches, int moreFailures, int moreTurnedAway) {
            return new Counters(fetches + moreFetches, failures + moreFailures, turnedAway + moreTurnedAway);
        }
    }

    private final String issuer;
    private final Limits limits;
    private final Supplier<CompletableFuture<Edition>> publication;
    private final Agenda agenda;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Cooldown cooldown;
    private final KeysNews news;

    private volatile Held held = Held.NOTHING;

    // guarded by this; no request comes here as long as its key is known
    private @Nullable CompletableFuture<Void> fetch;
    private int waiting;
    private int failuresInRow;
    private Counters counters = new Counters(0, 0, 0);
    private Optional<Instant> next = Optional.empty();
    private Runnable callOff = () -> {};
    private boolean closed;

    RemoteKeys(
            JwksEndpoint endpoint,
            Supplier<CompletableFuture<Edition>> publication,
            Agenda agenda,
            InstantSource clock,
            RandomGenerator random) {
        this.issuer = endpoint.issuer();
        this.limits = endpoint.limits();
        this.publication = publication;
        this.agenda = agenda;
        this.clock = clock;
        this.random = random;
        this.cooldown = new Cooldown(limits.cooldown());
        this.news = new KeysNews(issuer, limits.maxStale());
    }

    String issuer() {
        return issuer;
    }

    @Override
    public List<VerificationKey> candidates(Header header) throws KeysOutOfReachException {
        List<VerificationKey> known = known(header);
        if (known.isEmpty()) {
            awaitFetch(header);
            known = known(header);
        }
        Held now = held;
        if (known.isEmpty() && !isConclusive(now)) {
            // it may well be a good key's token
            throw new KeysOutOfReachException(now.problem().isEmpty() ? "too old" : now.problem());
        }
        return known;
    }

    private List<VerificationKey> known(Header header) {
        Held now = held;
        return isUsable(now) ? now.keys().orElseThrow().candidates(header) : List.of();
    }

    private boolean isUsable(Held held) {
        return held.isUsable(clock.instant(), limits.maxStale());
    }

    /** Whether a key that is not among these is none of the issuer's. */
    private boolean isConclusive(Held held) {
        return held.problem().isEmpty() && isUsable(held);
    }

    /** Waits for the fetch that is under way, or for a new one where it is time for one; else not at all. */
    private void awaitFetch(Header header) throws KeysOutOfReachException {
        Optional<CompletableFuture<Void>> arrival = join(header);
        if (arrival.isEmpty()) {
            return;
        }
        try {
            arrival.get().get(limits.deadline().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException late) {
            throw new KeysOutOfReachException("no answer within " + limits.deadline());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KeysOutOfReachException("interrupted");
        } finally {
            leave();
        }
    }

    private synchronized Optional<CompletableFuture<Void>> join(Header header) throws KeysOutOfReachException {
        boolean mayBeTooEarly = fetch != null;
        if (!isDue()) {
            return Optional.empty();
        }
        if (waiting >= limits.maxWaiting()) {
            counters = counters.plus(0, 0, 1);
            throw new KeysOutOfReachException(waiting + " requests wait for keys already");
        }
        waiting++;
        CompletableFuture<Void> arrival = begin();
        return Optional.of(mayBeTooEarly ? arrival.thenCompose(ended -> again(header)) : arrival);
    }

    /** A fetch that was under way when the request came may have begun before its key was published. */
    private synchronized CompletableFuture<Void> again(Header header) {
        boolean isMissing = known(header).isEmpty() && isConclusive(held);
        return isMissing && isDue() ? begin() : CompletableFuture.completedFuture(null);
    }

    private boolean isDue() {
        return fetch != null || cooldown.allows(clock.instant());
    }

    private synchronized void leave() {
        waiting--;
    }

    /** The fetch that is under way, from now on if there was none. Completes, always normally, once its outcome is held. */
    synchronized CompletableFuture<Void> begin() {
        if (fetch != null || closed) {
            return fetch == null ? CompletableFuture.completedFuture(null) : fetch;
        }
        CompletableFuture<Void> arrival = new CompletableFuture<>();
        fetch = arrival;
        counters = counters.plus(1, 0, 0);
        next = Optional.empty();
        callOff.run();
        Instant begun = clock.instant();
        agenda.soon(() -> fetch(arrival, begun));
        return arrival;
    }

    private void fetch(CompletableFuture<Void> arrival, Instant begun) {
        var unused = read().whenComplete((edition, failure) -> {
            Held now = failure == null
                    ? new Held(Optional.of(edition.keys()), clock.instant(), "")
                    : held.failed(Download.reason(failure));
            ended(now, failure == null ? Optional.of(refreshAfter(edition)) : Optional.empty(), begun);
            arrival.complete(null);
        });
    }

    /** Whatever is thrown becomes a failed fetch: one that never ended would be the last one. */
    private CompletableFuture<Edition> read() {
        return CompletableFuture.<Void>completedFuture(null).thenCompose(begun -> publication.get());
    }

    private void refresh() {
        var unused = begin();
    }

    private synchronized void ended(Held now, Optional<Duration> refresh, Instant begun) {
        if (closed) {
            return;
        }
        held = now;
        fetch = null;
        failuresInRow = refresh.isPresent() ? 0 : failuresInRow + 1;
        counters = counters.plus(0, refresh.isPresent() ? 0 : 1, 0);
        Duration delay = refresh.orElseGet(() -> retryAfter(begun));
        next = Optional.of(clock.instant().plus(delay));
        callOff = agenda.after(delay, this::refresh);
        news.tell(state(), now);
    }

    /** Ahead of the time when the response would be too old, never all nodes at once: ±10 %. */
    private Duration refreshAfter(Edition edition) {
        Duration after = limits.refreshAfter().orElseGet(() -> {
            Duration wished = edition.maxAge().orElse(LATEST_REFRESH);
            Duration capped = wished.compareTo(LATEST_REFRESH) > 0 ? LATEST_REFRESH : wished;
            return capped.compareTo(EARLIEST_REFRESH) < 0 ? EARLIEST_REFRESH : capped;
        });
        return scaled(after, 0.9, 1.1);
    }

    /** From the beginning of one attempt to that of the next 4 s at most, however long the first one hung. */
    private Duration retryAfter(Instant begun) {
        Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failuresInRow - 1, 2));
        Duration interval = scaled(doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled, 0.75, 1);
        Duration left = interval.minus(Duration.between(begun, clock.instant()).abs());
        return left.compareTo(PAUSE) < 0 ? PAUSE : left;
    }

    private Duration scaled(Duration duration, double least, double most) {
        return Duration.ofNanos((long) (duration.toNanos() * random.nextDouble(least, most)));
    }

    synchronized State state() {
        Held now = held;
        if (now.keys().isEmpty()) {
            return State.EMPTY;
        }
        if (!isUsable(now)) {
            return State.DEAD;
        }
        if (!now.problem().isEmpty()) {
            return State.STALE;
        }
        return fetch == null ? State.FRESH : State.REFRESHING;
    }

    Held held() {
        return held;
    }

    /** How many requests wait at this moment. */
    synchronized int waiting() {
        return waiting;
    }

    synchronized Counters counters() {
        return counters;
    }

    /** When the next fetch begins; empty while one is under way, and after the end. */
    synchronized Optional<Instant> next() {
        return next;
    }

    /** Nothing is fetched from now on, and nobody waits any more. */
    synchronized void close() {
        closed = true;
        held = held.failed("shut down");
        next = Optional.empty();
        callOff.run();
        if (fetch != null) {
            fetch.complete(null);
        }
    }
}
