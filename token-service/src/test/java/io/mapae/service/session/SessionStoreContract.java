package io.mapae.service.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import io.mapae.service.session.Session.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of sessions promises. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SessionStoreContract {
    /** Near the real time, as stores may forget what is long over; the clock of the stores stands there. */
    @SuppressWarnings("TimeInStaticInitializer")
    protected static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private SessionStore store;

    /** One more store of the same content, as another node has, or this one after a restart; opened once before all tests. */
    protected abstract SessionStore open() throws Exception;

    /** Closes what {@link #open} opened. */
    protected abstract void close() throws Exception;

    /** The entry of that kind ({@code sid} or {@code jti}), as whoever verifies tokens reads it. */
    protected abstract Optional<Denial> denial(String kind, String denied) throws Exception;

    /** Until when, and when it was written (empty if the store keeps the order in another way). */
    public record Denial(Instant until, Optional<Instant> noted) {}

    @BeforeAll
    void openStore() throws Exception {
        store = open();
    }

    @AfterAll
    void closeStore() throws Exception {
        close();
    }

    /** A session as after a login. */
    protected static Session session(String id, String account) {
        return new Session(
                id,
                account,
                "phone",
                Transport.COOKIE,
                Set.of("read", "write"),
                List.of("https://api.example", "https://other.example/a b"),
                7,
                NOW,
                NOW,
                NOW.plus(Duration.ofDays(14)),
                NOW.plus(Duration.ofDays(90)),
                0,
                "digest-0-" + Integer.toHexString(id.hashCode()),
                Optional.empty(),
                NOW);
    }

    protected static String fresh() {
        return UUID.randomUUID().toString();
    }

    protected final Session added() throws StoreException {
        Session session = session(fresh(), fresh());
        store.add(session);
        return session;
    }

    /** It after one rotation. */
    protected static Session rotated(Session before, String digest) {
        Instant now = before.lastUsed().plusMillis(1234);
        return new Session(
                before.id(),
                before.account(),
                before.device(),
                before.transport(),
                before.scopes(),
                before.audiences(),
                before.credentialVersion(),
                before.created(),
                now,
                now.plus(Duration.ofDays(14)),
                before.endsAt(),
                before.generation() + 1,
                digest,
                Optional.of(before.current()),
                now);
    }

    private static Session over(Instant idleUntil, Instant endsAt) {
        Session like = session(fresh(), fresh());
        return new Session(
                like.id(),
                like.account(),
                "",
                Transport.BODY,
                Set.of(),
                like.audiences(),
                like.credentialVersion(),
                like.created(),
                like.lastUsed(),
                idleUntil,
                endsAt,
                like.generation(),
                like.current(),
                like.previous(),
                like.rotated());
    }

    @Test
    void whatWasAddedIsFound() throws Exception {
        Session session = added();
        assertThat(store.find(session.id())).contains(session);
        assertThat(store.of(session.account())).containsExactly(session);
    }

    @Test
    void anIdTwiceIsRefused() throws Exception {
        Session session = added();
        assertThatThrownBy(() -> store.add(session(session.id(), "mallory"))).isInstanceOf(IllegalStateException.class);
        assertThat(store.find(session.id())).contains(session);
        assertThat(store.of("mallory")).isEmpty();
    }

    @Test
    void theUnknownIsNotThere() throws Exception {
        assertThat(store.find(fresh())).isEmpty();
        assertThat(store.of(fresh())).isEmpty();
        Session unknown = session(fresh(), "alice");
        assertThat(store.replace(unknown, rotated(unknown, "x"))).isFalse();
        assertThat(store.find(unknown.id())).isEmpty();
    }

    @Test
    void whatIsOverIsStillFound() throws Exception {
        Session over = over(NOW.minusSeconds(60), NOW.plusSeconds(60));
        store.add(over);
        assertThat(store.find(over.id())).contains(over);
        assertThat(store.of(over.account())).containsExactly(over);
    }

    @Test
    void allSessionsOfAnAccount() throws Exception {
        String account = fresh();
        Session one = session(fresh(), account);
        Session two = session(fresh(), account);
        Session ended = session(fresh(), account);
        for (Session session : List.of(one, two, ended)) {
            store.add(session);
        }
        store.end(ended.id(), NOW);
        assertThat(store.of(account)).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void replacedOnceAndOnlyOnce() throws Exception {
        Session before = added();
        Session after = rotated(before, "digest-1");
        assertThat(store.replace(before, after)).isTrue();
        assertThat(store.find(before.id())).contains(after);
        assertThat(store.replace(before, rotated(before, "digest-2"))).isFalse();
        assertThat(store.find(before.id())).contains(after);
        Session later = rotated(after, "digest-3");
        assertThat(store.replace(after, later)).isTrue();
        assertThat(store.of(before.account())).containsExactly(later);
    }

    @Test
    void credentialsAreAdopted() throws Exception {
        Session session = added();
        Session other = added();
        store.adopt(session.id(), (1L << 53) - 1);
        Session adopted = store.find(session.id()).orElseThrow();
        assertThat(adopted.credentialVersion()).isEqualTo((1L << 53) - 1);
        assertThat(store.replace(session, rotated(session, "next"))).isTrue();
        assertThat(store.find(session.id())).contains(rotated(adopted, "next"));
        assertThat(store.find(other.id())).contains(other);
        store.adopt(fresh(), 8);
        store.adopt("a\0b", 8);
        String ended = added().id();
        store.end(ended, NOW);
        store.adopt(ended, 8);
        assertThat(store.find(ended)).isEmpty();
    }

    @ParameterizedTest(name = "{0} generations and digest {1}")
    @CsvSource({"1, same", "-1, same", "0, other"})
    void whatDiffersIsNotReplaced(long generations, String digest) throws Exception {
        Session session = added();
        Session other = new Session(
                session.id(),
                session.account(),
                session.device(),
                session.transport(),
                session.scopes(),
                session.audiences(),
                session.credentialVersion(),
                session.created(),
                session.lastUsed(),
                session.idleUntil(),
                session.endsAt(),
                session.generation() + generations,
                digest.equals("same") ? session.current() : digest,
                session.previous(),
                session.rotated());
        assertThat(store.replace(other, rotated(other, "digest-1"))).isFalse();
        assertThat(store.find(session.id())).contains(session);
    }

    @Test
    void generationsAndTimesMayBeLarge() throws Exception {
        Session like = over(Instant.parse("9999-12-31T23:59:59.999Z"), Instant.parse("9999-12-31T23:59:59.998Z"));
        Session session = new Session(
                like.id(),
                like.account(),
                like.device(),
                like.transport(),
                like.scopes(),
                like.audiences(),
                like.credentialVersion(),
                Instant.EPOCH,
                Instant.EPOCH,
                like.idleUntil(),
                like.endsAt(),
                (1L << 53) - 2,
                like.current(),
                Optional.of("previous"),
                Instant.EPOCH);
        store.add(session);
        assertThat(store.find(session.id())).contains(session);
        assertThat(store.replace(session, rotated(session, "next"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "alice' OR '1'='1",
                "\"; DROP TABLE mapae_session; --",
                "back\\slash %s ? $1 {0} {mapae} \u007f \u0001 \n\r\t",
                "Zo\u00eb \u65e5\u672c\u8a9e \ud83d\ude80 \u202e \u0301",
                "sid:x"
            })
    void textsAreKeptAsTheyAre(String text) throws Exception {
        Session like = session(fresh(), text);
        Session session = new Session(
                like.id(),
                text,
                text,
                like.transport(),
                Set.of(),
                List.of("urn:" + text.replace("\n", "")),
                like.credentialVersion(),
                like.created(),
                like.lastUsed(),
                like.idleUntil(),
                like.endsAt(),
                0,
                like.current(),
                like.previous(),
                like.rotated());
        store.add(session);
        assertThat(store.find(session.id())).contains(session);
        assertThat(store.of(text)).containsExactly(session);
        store.deny(text, NOW);
        assertThat(denial("jti", text)).isPresent();
        assertThat(store.end(text, NOW)).isFalse();
        assertThat(store.end(session.id(), NOW)).isTrue();
        assertThat(store.of(text)).isEmpty();
    }

    @Test
    void accountsDifferInCaseBlanksAndLength() throws Exception {
        String base = fresh() + "e";
        String longest = "\u00e9".repeat(255);
        List<String> names =
                List.of(base, base.toUpperCase(Locale.ROOT), base + " ", " " + base, base + "\u0301", longest);
        List<Session> sessions = new ArrayList<>();
        for (String name : names) {
            Session session = session(fresh(), name);
            store.add(session);
            sessions.add(session);
        }
        for (Session session : sessions) {
            assertThat(store.of(session.account())).containsExactly(session);
            store.end(session.id(), NOW);
        }
        assertThat(store.of(longest.substring(1))).isEmpty();
    }

    @Test
    void idsDifferInCaseAndBlanks() throws Exception {
        String id = "A" + fresh();
        store.add(session(id, fresh()));
        assertThat(store.find("a" + id.substring(1))).isEmpty();
        assertThat(store.find(id + " ")).isEmpty();
        assertThat(store.end(id + " ", NOW)).isFalse();
        assertThat(denial("sid", id)).isEmpty();
        assertThat(store.find(id)).isPresent();
    }

    @Test
    void theEndedIsGoneAndDenied() throws Exception {
        Session session = added();
        Instant until = NOW.plus(Duration.ofMinutes(11));
        assertThat(store.end(session.id(), until)).isTrue();
        assertThat(store.find(session.id())).isEmpty();
        assertThat(store.of(session.account())).isEmpty();
        assertThat(store.replace(session, rotated(session, "digest-1"))).isFalse();
        Denial denial = denial("sid", session.id()).orElseThrow();
        assertThat(denial.until()).isEqualTo(until);
        assertThat(denial.noted().orElse(NOW)).isEqualTo(NOW);
        assertThat(denial("jti", session.id())).isEmpty();
    }

    @Test
    void endedTwice() throws Exception {
        Session session = added();
        Instant until = NOW.plus(Duration.ofMinutes(11));
        assertThat(store.end(session.id(), until)).isTrue();
        assertThat(store.end(session.id(), until.minusMillis(1))).isFalse();
        assertThat(denial("sid", session.id()).orElseThrow().until()).isEqualTo(until);
        assertThat(store.end(session.id(), until.plusMillis(1))).isFalse();
        assertThat(denial("sid", session.id()).orElseThrow().until()).isEqualTo(until.plusMillis(1));
    }

    @Test
    void theUnknownIsDeniedTooWhenItIsEnded() throws Exception {
        String id = fresh();
        assertThat(store.end(id, NOW.plusSeconds(1))).isFalse();
        assertThat(denial("sid", id).orElseThrow().until()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void ofTwoDenialsTheLaterTimeStays() throws Exception {
        String id = fresh();
        for (long seconds : new long[] {10, 9, 11, 10}) {
            store.deny(id, NOW.plusSeconds(seconds));
        }
        assertThat(denial("jti", id).orElseThrow().until()).isEqualTo(NOW.plusSeconds(11));
        assertThat(denial("sid", id)).isEmpty();
    }

    @ParameterizedTest(name = "denied until {0} ms from then: {1}")
    @CsvSource({"-1, false", "0, false", "1, true", "1000, true"})
    void tokensAreDeniedUntilThen(long until, boolean denied) throws Exception {
        String id = fresh();
        store.deny(id, NOW.plusMillis(until));
        assertThat(store.isDenied(id, NOW)).isEqualTo(denied);
        assertThat(store.isDenied(id.toUpperCase(Locale.ROOT), NOW)).isFalse();
        assertThat(store.isDenied(id + " ", NOW)).isFalse();
    }

    @Test
    void endedSessionsAreNoDeniedTokens() throws Exception {
        Session session = added();
        store.end(session.id(), NOW.plusSeconds(60));
        assertThat(store.isDenied(session.id(), NOW)).isFalse();
    }

    static List<String> impossible() {
        return List.of("a\0", "\0", "\ud83d", "a\ude80\ud83d", "x".repeat(513));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void whatNoStoreKeepsIsNotThere(String text) throws Exception {
        assertThat(store.find(text)).isEmpty();
        assertThat(store.of(text)).isEmpty();
        assertThat(store.isDenied(text, NOW)).isFalse();
        assertThatThrownBy(() -> store.end(text, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.deny(text, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session(text, "alice")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session(fresh(), text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Half of a pair becomes a question mark on its way to some. */
    @Test
    void nothingIsTakenForSomethingElse() throws Exception {
        String id = fresh();
        store.add(session(id + "?", id + "?"));
        store.deny(id + "?", NOW.plusSeconds(60));
        assertThat(store.find(id + "\ud83d")).isEmpty();
        assertThat(store.of(id + "\ud83d")).isEmpty();
        assertThat(store.isDenied(id + "\ud83d", NOW)).isFalse();
    }

    @Test
    void theLongestIsKept() throws Exception {
        String id = fresh() + "x".repeat(28);
        Session session = session(id, "\u00e9".repeat(255));
        store.add(session);
        assertThat(store.find(id)).contains(session);
        assertThat(store.find(id + "x")).isEmpty();
        assertThat(store.end(id, NOW)).isTrue();
        assertThatThrownBy(() -> session(id + "x", "alice")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.end(id + "x", NOW)).isInstanceOf(IllegalArgumentException.class);
        String tokenId = fresh() + "\u00e9".repeat(476);
        store.deny(tokenId, NOW.plusSeconds(1));
        assertThat(store.isDenied(tokenId, NOW)).isTrue();
        assertThatThrownBy(() -> store.deny(tokenId + "x", NOW)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "idle until {0} ms, ends at {1} ms: kept {2}")
    @CsvSource({"-1, 1, false", "1, -1, false", "0, 1, true", "1, 0, true", "0, 0, true", "1, 1, true", "-1, -1, false"
    })
    void sessionsArePurged(long idleUntil, long endsAt, boolean kept) throws Exception {
        Instant before = NOW.minus(Duration.ofMinutes(1));
        Session session = over(before.plusMillis(idleUntil), before.plusMillis(endsAt));
        store.add(session);
        store.purge(before);
        assertThat(store.find(session.id()).isPresent()).isEqualTo(kept);
        assertThat(store.of(session.account())).hasSize(kept ? 1 : 0);
    }

    @Test
    void whatRotatedLivesLonger() throws Exception {
        Session session = over(NOW.minusSeconds(2), NOW.plus(Duration.ofDays(90)));
        store.add(session);
        assertThat(store.replace(session, rotated(session, "digest-1"))).isTrue();
        store.purge(NOW);
        assertThat(store.find(session.id())).isPresent();
    }

    @Test
    void denialsArePurged() throws Exception {
        Instant before = NOW.minus(Duration.ofMinutes(2));
        String id = fresh();
        for (int millis = -1; millis <= 1; millis++) {
            store.deny(id + millis, before.plusMillis(millis));
            store.end(id + millis, before.plusMillis(millis));
        }
        store.purge(before);
        for (String kind : List.of("jti", "sid")) {
            assertThat(denial(kind, id + -1)).isEmpty();
            assertThat(denial(kind, id + 0)).isPresent();
            assertThat(denial(kind, id + 1)).isPresent();
        }
    }

    @Test
    void manyArePurgedAtOnce() throws Exception {
        Instant before = NOW.minus(Duration.ofHours(1));
        String account = fresh();
        for (int i = 0; i < 1100; i++) {
            store.deny(account + i, before.minusMillis(1));
        }
        store.purge(before);
        for (int i = 0; i < 1100; i += 100) {
            assertThat(denial("jti", account + i)).isEmpty();
        }
    }

    @Test
    void ofFiftyAtOnceOneReplaces() throws Exception {
        Session before = added();
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String digest = "racer-" + i;
            racers.add(() -> store.replace(before, rotated(before, digest)));
        }
        List<Boolean> won = race(racers);
        assertThat(won).filteredOn(w -> w).hasSize(1);
        assertThat(store.find(before.id()).orElseThrow().current()).isEqualTo("racer-" + won.indexOf(true));
    }

    /** Whether the end or the rotation comes first: never is a session left, or its denial not there. */
    @Test
    void theEndBeatsARacingRotation() throws Exception {
        SessionStore node = open();
        for (int i = 0; i < 200; i++) {
            Session before = added();
            Session after = rotated(before, "digest-1");
            List<Boolean> done = race(List.of(
                    () -> {
                        boolean there = store.end(before.id(), NOW.plusSeconds(600));
                        assertThat(store.replace(after, rotated(after, "digest-2")))
                                .isFalse();
                        return there;
                    },
                    () -> node.replace(before, after)));
            assertThat(done.get(0)).isTrue();
            assertThat(node.find(before.id())).isEmpty();
            assertThat(node.of(before.account())).isEmpty();
            assertThat(denial("sid", before.id())).isPresent();
        }
    }

    @Test
    void ofManyEndsOneFindsIt() throws Exception {
        Session session = added();
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Instant until = NOW.plusSeconds(i);
            racers.add(() -> store.end(session.id(), until));
        }
        assertThat(race(racers)).filteredOn(won -> won).hasSize(1);
        assertThat(denial("sid", session.id()).orElseThrow().until()).isEqualTo(NOW.plusSeconds(19));
    }

    /** Nobody is told of the others: of all times the latest stays. */
    @Test
    void manyDenyOneNewTokenAtOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = fresh();
            List<Callable<Boolean>> racers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Instant until = NOW.plusSeconds(i);
                racers.add(() -> {
                    store.deny(id, until);
                    return true;
                });
            }
            assertThat(race(racers)).containsOnly(true);
            assertThat(denial("jti", id).orElseThrow().until()).isEqualTo(NOW.plusSeconds(7));
        }
    }

    @Test
    void aRestartKeepsAllOfIt() throws Exception {
        Session session = added();
        Session rotated = rotated(session, "digest-1");
        assertThat(store.replace(session, rotated)).isTrue();
        Session ended = added();
        store.end(ended.id(), NOW.plusSeconds(600));
        close();
        store = open();
        assertThat(store.find(session.id())).contains(rotated);
        assertThat(store.of(session.account())).containsExactly(rotated);
        assertThat(store.find(ended.id())).isEmpty();
        assertThat(denial("sid", ended.id())).isPresent();
        assertThat(store.replace(session, rotated)).isFalse();
    }

    private static List<Boolean> race(List<Callable<Boolean>> racers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(racers.size());
        CountDownLatch ready = new CountDownLatch(racers.size());
        try {
            List<Future<Boolean>> all = new ArrayList<>();
            for (Callable<Boolean> racer : racers) {
                all.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return racer.call();
                }));
            }
            List<Boolean> results = new ArrayList<>();
            for (Future<Boolean> one : all) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
