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
        /** The last success is so long ago that its keys serve no more. */
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
        Counters fetched() {
            return new Counters(fetches + 1, failures, turnedAway);
        }

        Counters failed() {
            return new Counters(fetches, failures + 1, turnedAway);
        }

        Counters refused() {
            return new Counters(fetches, failures, turnedAway + 1);
        }
    }

    private final String issuer;
    private final Limits limits;
    private final Supplier<CompletableFuture<Edition>> publication;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Schedule schedule;
    private final Cooldown cooldown;
    private final KeysNews news; // on the agenda alone

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
        this.schedule = new Schedule(limits, random);
        this.cooldown = new Cooldown(limits.cooldown());
        this.news = new KeysNews(issuer, limits.maxStale());
    }

    String issuer() {
        return issuer;
    }

    @Override
    public List<VerificationKey> candidates(Header header) throws KeysOutOfReachException {
        List<VerificationKey> known = known(held, header);
        if (!known.isEmpty()) {
            return known;
        }
        awaitFetch(header);
        Held now = held; // once: between two looks an outage may end, and make a verdict of what was none
        known = known(now, header);
        if (known.isEmpty() && !isConclusive(now)) {
            // it may well be a good key's token
            throw new KeysOutOfReachException(now.problem().isEmpty() ? "too old" : now.problem());
        }
        return known;
    }

    @Override
    public List<VerificationKey> atHand(Header header) {
        return known(held, header);
    }

    private List<VerificationKey> known(Held held, Header header) {
        return isUsable(held) ? held.keys().orElseThrow().candidates(header) : List.of();
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
        if (!isDue()) {
            return Optional.empty();
        }
        if (waiting >= limits.maxWaiting()) {
            counters = counters.refused();
            throw new KeysOutOfReachException(waiting + " requests wait for keys already");
        }
        waiting++;
        boolean mayBeTooEarly = fetch != null;
        CompletableFuture<Void> arrival = demanded();
        return Optional.of(mayBeTooEarly ? arrival.thenCompose(ended -> again(header)) : arrival);
    }

    /** A fetch that was under way when the request came may have begun before its key was published. */
    private synchronized CompletableFuture<Void> again(Header header) {
        boolean isMissing = known(held, header).isEmpty() && isConclusive(held);
        return isMissing && isDue() ? demanded() : CompletableFuture.completedFuture(null);
    }

    private boolean isDue() {
        return fetch != null || cooldown.isOver(clock.instant());
    }

    private CompletableFuture<Void> demanded() {
        if (fetch == null) {
            cooldown.spend(clock.instant());
        }
        return begin();
    }

    private synchronized void leave() {
        waiting--;
    }

    /** A fetch that begins from now on: one that is under way may have begun before what the caller knows of. */
    synchronized CompletableFuture<Void> renew() {
        return fetch == null ? begin() : fetch.thenCompose(ended -> begin());
    }

    /** The fetch that is under way, from now on if there was none. Completes, always normally, once its outcome is held. */
    synchronized CompletableFuture<Void> begin() {
        if (fetch != null) {
            return fetch;
        }
        if (closed) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> arrival = new CompletableFuture<>();
        fetch = arrival;
        counters = counters.fetched();
        next = Optional.empty();
        callOff.run();
        Instant begun = clock.instant();
        agenda.soon(() -> fetch(arrival, begun));
        return arrival;
    }

    private void fetch(CompletableFuture<Void> arrival, Instant begun) {
        var unused = read().whenComplete((edition, failure) -> {
            try {
                if (failure == null) {
                    succeeded(edition);
                } else {
                    failed(Download.reason(failure), begun);
                }
                news.tell(state(), held);
            } finally {
                arrival.complete(null);
            }
        });
    }

    /** Whatever is thrown becomes a failed fetch: one that never ended would be the last one. */
    private CompletableFuture<Edition> read() {
        return CompletableFuture.<Void>completedFuture(null).thenCompose(begun -> publication.get());
    }

    private synchronized void succeeded(Edition edition) {
        failuresInRow = 0;
        ended(new Held(Optional.of(edition.keys()), clock.instant(), ""), schedule.afterSuccess(edition.maxAge()));
    }

    private synchronized void failed(String reason, Instant begun) {
        failuresInRow++;
        counters = counters.failed();
        ended(held.failed(reason), schedule.afterFailure(failuresInRow, Duration.between(begun, clock.instant())));
    }

    private void ended(Held now, Duration pause) {
        if (closed) {
            return;
        }
        held = now;
        fetch = null;
        next = Optional.of(clock.instant().plus(pause));
        callOff = agenda.after(pause, this::refresh);
    }

    private void refresh() {
        var unused = begin();
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
