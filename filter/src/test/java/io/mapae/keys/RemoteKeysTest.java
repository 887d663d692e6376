package io.mapae.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Header;
import io.mapae.keys.JwksEndpoint.Limits;
import io.mapae.keys.Publication.Edition;
import io.mapae.keys.RemoteKeys.State;
import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The state machine alone: what is fetched when, who waits, what they are told. Time passes when the test says so. */
@Timeout(30)
class RemoteKeysTest {
    private static final TestKey A = TestKey.generate("P-256", "a");
    private static final TestKey B = TestKey.generate("P-256", "b");
    private static final int MAX_WAITING = 3;

    private final FakeTime time = new FakeTime();
    private final CapturedLog log = new CapturedLog("io.mapae.keys");
    private final ExecutorService requests = Executors.newCachedThreadPool();
    private final List<Instant> fetches = new ArrayList<>();
    private Supplier<CompletableFuture<Edition>> issuer = () -> edition(A);
    private Optional<Duration> refreshAfter = Optional.empty();
    private Duration maxStale = Duration.ofHours(24);
    private Duration deadline = Duration.ofSeconds(20);
    private RandomGenerator random = () -> 0x7FFF_FFFF_FFFF_FFFFL; // in the middle
    private RemoteKeys keys = make();

    @AfterEach
    void close() {
        keys.close();
        requests.shutdownNow();
        log.close();
    }

    private RemoteKeys make() {
        Limits limits = new Limits(
                refreshAfter, maxStale, Duration.ofSeconds(1), deadline, Duration.ofSeconds(5), MAX_WAITING, 1 << 20);
        JwksEndpoint endpoint =
                new JwksEndpoint("https://issuer.example", Optional.empty(), List.of(), Map.of(), limits);
        Supplier<CompletableFuture<Edition>> counted = () -> {
            fetches.add(time.instant());
            return issuer.get();
        };
        return new RemoteKeys(endpoint, counted, time, time, random);
    }

    private RemoteKeys started() {
        keys = make();
        begin();
        time.settle();
        return keys;
    }

    private void begin() {
        assertThat(keys.begin()).isNotNull();
    }

    private static CompletableFuture<Edition> edition(TestKey... keys) {
        return CompletableFuture.completedFuture(new Edition(set(keys), Optional.empty()));
    }

    private static KeySet set(TestKey... keys) {
        try {
            return KeyFormat.JWK_SET.read(TestKey.jwks(keys));
        } catch (InvalidKeyException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static CompletableFuture<Edition> down() {
        return CompletableFuture.failedFuture(new CompletionException(new IOException("down")));
    }

    private static Header header(String kid) {
        return new Header(Algorithm.ES256, Optional.of(kid), Optional.empty());
    }

    /** {@code key}, {@code none}, or why it could not be found out. */
    private String ask(String kid) {
        try {
            return keys.candidates(header(kid)).isEmpty() ? "none" : "key";
        } catch (KeysOutOfReachException outOfReach) {
            return String.valueOf(outOfReach.getMessage());
        }
    }

    private Future<String> askInBackground(String kid) {
        return requests.submit(() -> ask(kid));
    }

    /** Until that many fetches have begun, which requests ask for on threads of their own. */
    private void awaitFetches(int number) throws InterruptedException {
        while (fetches.size() < number) {
            time.settle();
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    // states

    @Test
    void goesThroughAllStates() {
        issuer = RemoteKeysTest::down;
        assertThat(keys.state()).isEqualTo(State.EMPTY);
        begin();
        time.settle();
        assertThat(keys.state()).isEqualTo(State.EMPTY);
        issuer = () -> edition(A);
        time.pass(Duration.ofSeconds(4));
        assertThat(keys.state()).isEqualTo(State.FRESH);

        CompletableFuture<Edition> pending = new CompletableFuture<>();
        issuer = () -> pending;
        time.pass(Duration.ofMinutes(11));
        assertThat(keys.state()).isEqualTo(State.REFRESHING);
        assertThat(keys.next()).isEmpty();
        pending.completeExceptionally(new IOException("cut"));
        assertThat(keys.state()).isEqualTo(State.STALE);

        issuer = RemoteKeysTest::down;
        time.pass(maxStale);
        assertThat(keys.state()).isEqualTo(State.DEAD);
        issuer = () -> edition(A);
        time.pass(Duration.ofSeconds(4));
        assertThat(keys.state()).isEqualTo(State.FRESH);
    }

    @ParameterizedTest(name = "{0} ns after max-stale: {1}")
    @CsvSource({"-1, STALE, key", "0, STALE, key", "1, DEAD, down"})
    void keysServeUntilMaxStaleAfterTheLastSuccess(long nanos, State state, String answer) {
        Instant success = time.instant();
        started();
        issuer = RemoteKeysTest::down;
        time.pass(Duration.ofHours(1));
        time.set(success.plus(maxStale).plusNanos(nanos));
        assertThat(keys.state()).isEqualTo(state);
        assertThat(askAndFetch("a")).isEqualTo(answer);
    }

    @Test
    void deadKeysGive503AlsoWhereNothingHasFailedYet() {
        deadline = Duration.ofMillis(20);
        started();
        issuer = CompletableFuture::new;
        time.set(time.instant().plus(maxStale).plusNanos(1)); // such as a machine that slept
        assertThat(keys.held().problem()).isEmpty();
        assertThat(ask("a")).isEqualTo("no answer within PT0.02S");
    }

    @Test
    void tooOldKeysGive503AlsoWithinTheCooldown() {
        maxStale = Duration.ofSeconds(1);
        started();
        assertThat(askAndFetch("x") + askAndFetch("x")).isEqualTo("nonenone");
        time.set(time.instant().plus(maxStale).plusNanos(1));
        assertThat(ask("a")).isEqualTo("too old");
    }

    @ParameterizedTest
    @CsvSource({"PT1M,", "PT1M, PT24H", "PT24H, PT24H"})
    void aHealthyIssuersKeysAreNeverTooOld(Duration stale, Duration setting) {
        maxStale = stale;
        refreshAfter = Optional.ofNullable(setting);
        random = () -> -1;
        started();
        Instant end = time.instant().plus(Duration.ofDays(3));
        while (time.instant().isBefore(end)) {
            time.pass(stale.dividedBy(7));
            assertThat(ask("a")).isEqualTo("key");
        }
    }

    @Test
    void whoeverIsInterruptedStaysInterrupted() {
        issuer = CompletableFuture::new;
        Thread.currentThread().interrupt();
        assertThat(ask("a")).isEqualTo("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(keys.waiting()).isZero();
    }

    // what is known

    @Test
    void aKnownKeyIsServedInEveryStateButDeadWithoutAFetch() {
        started();
        assertThat(ask("a")).isEqualTo("key");
        issuer = CompletableFuture::new; // hangs
        time.pass(Duration.ofMinutes(11));
        assertThat(keys.state()).isEqualTo(State.REFRESHING);
        assertThat(fetches).hasSize(2);
        for (int i = 0; i < 1000; i++) {
            assertThat(ask("a")).isEqualTo("key");
        }
        time.settle();
        assertThat(fetches).hasSize(2);
    }

    @Test
    void aKeyRemovedAtTheIssuerIsGoneAtTheNextSuccess() {
        issuer = () -> edition(A, B);
        started();
        assertThat(ask("b")).isEqualTo("key");
        issuer = () -> edition(A);
        time.pass(Duration.ofMinutes(10));
        assertThat(keys.held().ids()).containsExactly("a");
    }

    @Test
    void aFailureNeverReplacesGoodKeys() {
        started();
        issuer = RemoteKeysTest::down;
        time.pass(Duration.ofHours(23));
        assertThat(ask("a")).isEqualTo("key");
        assertThat(keys.held().problem()).isEqualTo("down");
        assertThat(keys.counters().failures()).isGreaterThan(10_000);
    }

    // what is unknown

    @Test
    void anUnknownKeyWaitsForOneFetchAndIsFound() throws Exception {
        started();
        CompletableFuture<Edition> pending = new CompletableFuture<>();
        issuer = () -> pending;
        Future<String> stranger = askInBackground("c");
        awaitFetches(2);
        List<Future<String>> waiting = List.of(askInBackground("b"), askInBackground("b"));
        awaitWaiting(3);
        pending.complete(new Edition(set(A, B), Optional.empty()));
        assertThat(stranger.get()).isEqualTo("none");
        assertThat(waiting.get(0).get()).isEqualTo("key");
        assertThat(waiting.get(1).get()).isEqualTo("key");
        assertThat(fetches).hasSize(2);
    }

    /** What the issuer publishes while the request waits; how many fetches went before; what the request is told. */
    @ParameterizedTest(name = "a fetch under way, {1} before: {0}")
    @CsvSource({"a b, 0, key", "a, 0, none", "down, 0, down", "a b, 1, none"})
    void aFetchThatBeganEarlierIsAskedAgainWhereTheCooldownAllows(String published, int before, String answer)
            throws Exception {
        started();
        for (int i = 0; i <= before; i++) {
            assertThat(askAndFetch("x")).isEqualTo("none");
        }
        CompletableFuture<Edition> begunEarlier = new CompletableFuture<>();
        issuer = () -> begunEarlier;
        begin();
        time.settle();
        Future<String> asked = askInBackground("b");
        awaitWaiting(1);
        issuer = switch (published) {
            case "a b" -> () -> edition(A, B);
            case "a" -> () -> edition(A);
            default -> RemoteKeysTest::down;
        };
        fetches.clear();
        begunEarlier.complete(new Edition(set(A), Optional.empty()));
        assertThat(settled(asked)).isEqualTo(answer);
        assertThat(fetches).hasSize(1 - before);
        assertThat(keys.waiting()).isZero();
    }

    @Test
    void aFetchThatFailedIsNotRepeatedForTheRequest() throws Exception {
        started();
        CompletableFuture<Edition> failing = new CompletableFuture<>();
        issuer = () -> failing;
        begin();
        time.settle();
        Future<String> asked = askInBackground("b");
        awaitWaiting(1);
        failing.completeExceptionally(new IOException("cut"));
        assertThat(asked.get()).isEqualTo("cut");
        time.settle();
        assertThat(fetches).hasSize(2);
    }

    @Test
    void bothFetchesTogetherTakeTheDeadlineAtMost() {
        deadline = Duration.ofSeconds(2);
        started();
        CompletableFuture<Edition> begunEarlier = new CompletableFuture<>();
        issuer = () -> begunEarlier;
        begin();
        time.settle();
        issuer = CompletableFuture::new;
        Future<String> asked = askInBackground("b");
        assertThat(begunEarlier.completeOnTimeout(new Edition(set(A), Optional.empty()), 1_800, TimeUnit.MILLISECONDS))
                .isNotNull();
        assertThat(asked).succeedsWithin(Duration.ofMillis(3_400)).isEqualTo("no answer within PT2S");
    }

    private void awaitWaiting(int number) throws InterruptedException {
        while (keys.waiting() < number) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    void afterAFailedFetchNobodyKnows() throws Exception {
        started();
        issuer = RemoteKeysTest::down;
        Future<String> asked = askInBackground("b");
        awaitFetches(2);
        assertThat(asked.get()).isEqualTo("down");
        assertThat(ask("a")).isEqualTo("key");
    }

    @Test
    void withoutAnyKeysTheReasonIsTheLastFailure() throws Exception {
        issuer = RemoteKeysTest::down;
        Future<String> asked = askInBackground("a");
        awaitFetches(1);
        assertThat(asked.get()).isEqualTo("down");
    }

    @Test
    void noMoreThanTheLimitWait() throws Exception {
        started();
        CompletableFuture<Edition> pending = new CompletableFuture<>();
        issuer = () -> pending;
        List<Future<String>> waiting = List.of(askInBackground("b"), askInBackground("c"), askInBackground("d"));
        awaitWaiting(MAX_WAITING);
        assertThat(ask("e")).isEqualTo("3 requests wait for keys already");
        assertThat(ask("a")).isEqualTo("key");
        assertThat(keys.counters().turnedAway()).isEqualTo(1);
        time.settle();
        pending.complete(new Edition(set(A, B), Optional.empty()));
        for (Future<String> one : waiting) {
            assertThat(settled(one)).isIn("key", "none");
        }
        assertThat(keys.waiting()).isZero();
    }

    @Test
    void nobodyWaitsLongerThanTheDeadline() {
        deadline = Duration.ofMillis(20);
        issuer = CompletableFuture::new;
        keys = make();
        assertThat(ask("a")).isEqualTo("no answer within PT0.02S");
        assertThat(keys.waiting()).isZero();
    }

    // how often

    /** Offsets of requests with unknown keys, in seconds after the first fetch, and those of the fetches. */
    @ParameterizedTest(name = "requests at {0}: fetches at {1}")
    @CsvSource({
        "'0', '0'", // besides the first one: two in a burst
        "'0 0 0', '0 0'",
        "'0 0 4.999', '0 0'",
        "'0 0 5', '0 0 5'",
        "'0 0 5 5 9.999 10', '0 0 5 10'",
        "'0 4 5 6 7 8 9 10', '0 4 5 10'",
        "'20 20 20 25 26', '20 20 25'",
    })
    void fetchesForUnknownKeysOnceACooldownAndTwiceInABurst(String asked, String fetched) {
        started();
        fetches.clear();
        for (String offset : asked.split(" ", -1)) {
            time.pass(Duration.between(time.instant(), at(offset)));
            assertThat(askAndFetch("x")).isEqualTo("none");
        }
        assertThat(fetches)
                .isEqualTo(List.of(fetched.split(" ", -1)).stream()
                        .map(RemoteKeysTest::at)
                        .toList());
    }

    private static Instant at(String offset) {
        return FakeTime.START.plusMillis((long) (Double.parseDouble(offset) * 1000));
    }

    /** Asks, and lets the agenda go on until there is an answer. */
    private String askAndFetch(String kid) {
        return settled(askInBackground(kid));
    }

    private String settled(Future<String> asked) {
        try {
            while (!asked.isDone()) {
                time.settle();
                TimeUnit.MILLISECONDS.sleep(1);
            }
            return asked.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void aClockThatIsSetBackStopsNothing() {
        started();
        assertThat(askAndFetch("x") + askAndFetch("x")).isEqualTo("nonenone");
        fetches.clear();
        time.set(FakeTime.START.minus(Duration.ofDays(1)));
        assertThat(askAndFetch("x")).isEqualTo("none");
        assertThat(fetches).hasSize(1);
        assertThat(ask("a")).isEqualTo("key");
    }

    @Test
    void aNewKeyIsFoundDuringAFloodFiveSecondsLaterAtTheLatest() {
        started();
        Instant published = FakeTime.START.plusSeconds(21);
        issuer = () -> time.instant().isBefore(published) ? edition(A) : edition(A, B);
        Instant found = Instant.MAX;
        for (int i = 0; i < 300 && found.equals(Instant.MAX); i++) {
            time.pass(Duration.ofMillis(100));
            assertThat(askAndFetch("flood-" + i)).isEqualTo("none");
            found = askAndFetch("b").equals("key") ? time.instant() : found;
        }
        assertThat(found).isBetween(published, published.plusSeconds(5));
        assertThat(fetches.size()).isLessThanOrEqualTo(1 + 2 + 26 / 5);
    }

    // when by itself

    @ParameterizedTest(name = "refresh-after {0}, max-age {1}: {2} to {3}")
    @CsvSource({
        ", , PT9M, PT11M",
        ", PT1M, PT54S, PT66S",
        ", PT10M, PT9M, PT11M",
        ", PT10M1S, PT9M, PT11M",
        ", PT30S, PT27S, PT33S",
        ", PT29S, PT27S, PT33S",
        ", PT0S, PT27S, PT33S",
        "PT1S, PT5M, PT0.9S, PT1.1S",
        "PT24H, PT1M, PT10.8H, PT13.2H", // half of max-stale
    })
    void refreshesAheadOfTime(Duration setting, Duration maxAge, String least, String most) {
        refreshAfter = Optional.ofNullable(setting);
        issuer = () -> CompletableFuture.completedFuture(new Edition(set(A), Optional.ofNullable(maxAge)));
        random = () -> 0;
        started();
        assertThat(until(keys)).isEqualTo(duration(least));
        random = () -> -1;
        started();
        assertThat(until(keys)).isBetween(duration(most).minusMillis(1), duration(most));
    }

    private static Duration duration(String text) {
        return text.endsWith("H")
                ? Duration.ofMillis((long) (Double.parseDouble(text.substring(2, text.length() - 1)) * 3_600_000))
                : Duration.parse(text);
    }

    private Duration until(RemoteKeys keys) {
        return Duration.between(time.instant(), keys.next().orElseThrow());
    }

    @ParameterizedTest(name = "each attempt fails after {0}")
    @ValueSource(strings = {"PT0S", "PT1S", "PT2S", "PT3.9S", "PT4S", "PT6S"})
    void retriesFourSecondsApartAtMost(Duration hanging) {
        random = () -> -1;
        issuer = () -> {
            CompletableFuture<Edition> failing = new CompletableFuture<>();
            assertThat(time.after(hanging, () -> failing.completeExceptionally(new IOException("late"))))
                    .isNotNull();
            return failing;
        };
        started();
        time.pass(Duration.ofMinutes(2));
        assertThat(fetches).hasSizeGreaterThan(15);
        Duration most =
                hanging.compareTo(Duration.ofMillis(3_750)) < 0 ? Duration.ofSeconds(4) : hanging.plusMillis(250);
        for (int i = 1; i < fetches.size(); i++) {
            assertThat(Duration.between(fetches.get(i - 1), fetches.get(i))).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void retriesBeginEarlyAndAreSpread() {
        issuer = RemoteKeysTest::down;
        random = () -> 0;
        started();
        time.pass(Duration.ofSeconds(12));
        assertThat(fetches)
                .extracting(at -> Duration.between(FakeTime.START, at))
                .startsWith(
                        Duration.ZERO,
                        Duration.ofMillis(750),
                        Duration.ofMillis(2_250),
                        Duration.ofMillis(5_250),
                        Duration.ofMillis(8_250));
    }

    @Test
    void afterASuccessRetriesBeginEarlyAgain() {
        issuer = RemoteKeysTest::down;
        refreshAfter = Optional.of(Duration.ofMinutes(1));
        started();
        time.pass(Duration.ofMinutes(1));
        issuer = () -> edition(A);
        time.pass(Duration.ofSeconds(4));
        fetches.clear();
        issuer = RemoteKeysTest::down;
        time.pass(Duration.ofMinutes(2));
        assertThat(Duration.between(fetches.get(0), fetches.get(1))).isEqualTo(Duration.ofMillis(875));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverIsThrownIsAFailedFetch(boolean error) {
        issuer = () -> {
            if (error) {
                throw new StackOverflowError("deep");
            }
            throw new IllegalStateException("bug");
        };
        started();
        assertThat(keys.held().problem()).isEqualTo(error ? "StackOverflowError: deep" : "IllegalStateException: bug");
        issuer = () -> edition(A);
        time.pass(Duration.ofSeconds(4));
        assertThat(ask("a")).isEqualTo("key");
    }

    @Test
    void aFetchForAnUnknownKeyPutsTheNextRefreshOff() {
        started();
        time.pass(Duration.ofMinutes(5));
        assertThat(askAndFetch("x")).isEqualTo("none");
        assertThat(until(keys)).isCloseTo(Duration.ofMinutes(10), Duration.ofSeconds(1));
        fetches.clear();
        time.pass(Duration.ofMinutes(6));
        assertThat(fetches).isEmpty();
    }

    // what is told

    @Test
    void tellsEachChangeOnce() {
        issuer = RemoteKeysTest::down;
        started();
        time.pass(Duration.ofMinutes(1));
        issuer = () -> edition(A);
        time.pass(Duration.ofMinutes(30));
        issuer = () -> edition(A, B);
        time.pass(Duration.ofMinutes(30));
        issuer = RemoteKeysTest::down;
        time.pass(Duration.ofHours(26));
        issuer = () -> edition(B);
        time.pass(Duration.ofMinutes(30));
        TestKey namesake = TestKey.generate("P-256", "b");
        issuer = () -> edition(namesake);
        time.pass(Duration.ofMinutes(11));
        assertThat(log.messages(Level.WARNING))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("Keys of issuer https://issuer.example are out of reach;"
                                        + " its tokens get 503: down"),
                        line -> assertThat(line)
                                .matches("Keys of issuer https://issuer\\.example cannot be renewed; those of"
                                        + " 2026-03-01T\\S+Z serve until 2026-03-02T\\S+Z: down"));
        assertThat(log.messages(Level.SEVERE)).hasSize(1).first().asString().contains("are too old", "503: down");
        assertThat(log.messages(Level.INFO))
                .containsExactly(
                        "Keys of issuer https://issuer.example are here: [a]",
                        "Keys of issuer https://issuer.example are here: [a, b]",
                        "Keys of issuer https://issuer.example are here: [b]",
                        "Keys of issuer https://issuer.example are here: [b]"); // another key of that name
    }

    // the end

    @Test
    void afterTheEndNothingIsFetchedAndNobodyWaits() throws Exception {
        started();
        issuer = CompletableFuture::new;
        Future<String> waiting = askInBackground("b");
        awaitWaiting(1);
        time.settle();
        keys.close();
        assertThat(waiting.get()).isEqualTo("shut down");
        fetches.clear();
        time.pass(Duration.ofDays(1));
        assertThat(fetches).isEmpty();
        assertThat(ask("a") + ask("b")).isEqualTo("keyshut down");
        assertThat(keys.next()).isEmpty();
        assertThat(keys.begin()).isCompleted();
        assertThat(fetches).isEmpty();
    }

    @Test
    void aFetchThatEndsAfterTheEndChangesNothing() {
        started();
        CompletableFuture<Edition> pending = new CompletableFuture<>();
        issuer = () -> pending;
        begin();
        time.settle();
        keys.close();
        pending.complete(new Edition(set(A, B), Optional.empty()));
        assertThat(keys.held().ids()).containsExactly("a");
        assertThat(keys.held().problem()).isEqualTo("shut down");
        assertThat(keys.next()).isEmpty();
    }

    @Test
    void nothingBeginsAfterTheEnd() {
        started();
        fetches.clear();
        keys.close();
        assertThat(keys.begin()).isCompleted();
        assertThat(ask("b")).isEqualTo("shut down");
        time.pass(Duration.ofDays(1));
        assertThat(fetches).isEmpty();
    }
}
