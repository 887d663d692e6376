package io.mapae.service.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import io.mapae.service.account.Account;
import io.mapae.service.account.Accounts;
import io.mapae.service.session.Refresh.Refused;
import io.mapae.service.session.Refresh.Renewed;
import io.mapae.service.session.Refresh.Why;
import io.mapae.service.session.Session.Transport;
import io.mapae.service.session.Sessions.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of refresh tokens, at times that stand still. */
class SessionsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Limits LIMITS =
            new Limits(Duration.ofDays(14), Duration.ofDays(90), Duration.ofSeconds(10), Duration.ofMinutes(17));
    private static final byte[] KEY = new byte[32];
    private static final Account ALICE = new Account("alice", Set.of("user"), Set.of("read"), false, false);

    private final MemorySessions store = new MemorySessions();
    private final Map<String, Account> accounts = new ConcurrentHashMap<>(Map.of("alice", ALICE));
    private Instant now = START;
    private final Sessions sessions = node();
    private Renewed login = begin();

    private Renewed begin() {
        try {
            return sessions.begin(ALICE, "phone", Transport.COOKIE, Set.of("read"), List.of("api"));
        } catch (StoreException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @BeforeEach
    void startAgain() {
        now = START;
    }

    private Sessions node() {
        return node(KEY);
    }

    private Sessions node(byte[] key) {
        Accounts known = new Accounts() {
            @Override
            public Optional<Account> find(String name) {
                return Optional.ofNullable(accounts.get(name));
            }

            @Override
            public Optional<Account> authenticate(String name, String password) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Account> changePassword(Account account, String password) {
                throw new UnsupportedOperationException();
            }
        };
        return new Sessions(store, known, key, LIMITS, () -> now);
    }

    private Refresh refresh(String text) throws StoreException {
        return sessions.refresh(text, Transport.COOKIE);
    }

    private Renewed renew(String text) throws StoreException {
        return refresh(text).renewed().orElseThrow();
    }

    private Renewed renew(Renewed before) throws StoreException {
        return renew(before.token().text());
    }

    private Session stored() throws StoreException {
        return store.find(login.session().id()).orElseThrow();
    }

    private boolean isDenied() {
        return store.denied().containsKey(login.session().id());
    }

    @Test
    void aLoginBeginsASession() throws Exception {
        assertThat(login.token().text()).hasSize(96).matches("[A-Za-z0-9_-]+");
        assertThat(login.session().id()).hasSize(22);
        assertThat(stored()).isEqualTo(login.session());
        assertThat(stored().toString()).doesNotContain(login.token().text());
        assertThat(login.token()).hasToString("RefreshToken");
        assertThat(login.session().idleUntil()).isEqualTo(START.plus(LIMITS.idle()));
        assertThat(login.session().endsAt()).isEqualTo(START.plus(LIMITS.life()));
        assertThat(begin().session().id()).isNotEqualTo(login.session().id());
    }

    @Test
    void eachUseRotates() throws Exception {
        now = START.plusSeconds(60);
        Renewed first = renew(login);
        assertThat(first.repeated()).isFalse();
        assertThat(first.account()).isSameAs(ALICE);
        assertThat(first.token().text()).isNotEqualTo(login.token().text());
        assertThat(stored()).isEqualTo(first.session());
        assertThat(first.session().generation()).isEqualTo(1);
        assertThat(first.session().lastUsed()).isEqualTo(now);
        assertThat(first.session().created()).isEqualTo(START);
        assertThat(first.session().idleUntil()).isEqualTo(now.plus(LIMITS.idle()));
        assertThat(first.session().endsAt()).isEqualTo(START.plus(LIMITS.life()));
        assertThat(renew(first).session().generation()).isEqualTo(2);
        assertThat(isDenied()).isFalse();
    }

    /** Milliseconds after the rotation. */
    @ParameterizedTest
    @CsvSource({"0, true", "9999, true", "10000, false", "10001, false"})
    void theTokenBeforeGetsTheSameSuccessorForAWhile(long after, boolean good) throws Exception {
        String successor = renew(login).token().text();
        now = START.plusMillis(after);
        Refresh again = refresh(login.token().text());
        if (good) {
            Renewed repeated = again.renewed().orElseThrow();
            assertThat(repeated.repeated()).isTrue();
            assertThat(repeated.token().text()).isEqualTo(successor);
            assertThat(stored().generation()).isEqualTo(1);
            assertThat(renew(successor).session().generation()).isEqualTo(2);
        } else {
            assertThat(again).isEqualTo(new Refused(Why.USED_AGAIN));
            assertThat(isDenied()).isTrue();
            assertThat(refresh(successor)).isEqualTo(new Refused(Why.ENDED));
        }
    }

    @Test
    void repetitionsDoNotProlongTheTime() throws Exception {
        renew(login);
        now = START.plusMillis(9_000);
        assertThat(renew(login).repeated()).isTrue();
        now = START.plusMillis(10_000);
        assertThat(refresh(login.token().text())).isEqualTo(new Refused(Why.USED_AGAIN));
    }

    @Test
    void anyNodeRepeatsTheSame() throws Exception {
        String successor = renew(login).token().text();
        assertThat(node().refresh(login.token().text(), Transport.COOKIE)
                        .renewed()
                        .orElseThrow()
                        .token()
                        .text())
                .isEqualTo(successor);
    }

    @Test
    void anOlderTokenEndsTheSession() throws Exception {
        Renewed second = renew(renew(login));
        assertThat(refresh(login.token().text())).isEqualTo(new Refused(Why.USED_AGAIN));
        assertThat(store.denied()).containsEntry(login.session().id(), START.plus(LIMITS.denial()));
        assertThat(refresh(second.token().text())).isEqualTo(new Refused(Why.ENDED));
        assertThat(refresh(login.token().text())).isEqualTo(new Refused(Why.ENDED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a b", "\u0000", "é"})
    void whatIsNoTokenChangesNothing(String text) throws Exception {
        assertThat(refresh(text)).isEqualTo(new Refused(Why.MALFORMED));
        assertThat(refresh(login.token().text() + text + "A")).isEqualTo(new Refused(Why.MALFORMED));
        assertThat(stored()).isEqualTo(login.session());
    }

    /** Each byte of it counts. */
    @Test
    void whatWasNeverIssuedChangesNothing() throws Exception {
        byte[] bytes = Base64.getUrlDecoder().decode(login.token().text());
        for (int i = 0; i < bytes.length; i++) {
            byte[] forged = bytes.clone();
            forged[i] ^= 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
            assertThat(refresh(text)).as("byte %s", i).isEqualTo(new Refused(Why.NEVER_ISSUED));
            assertThat(sessions.find(text)).isEmpty();
        }
        byte[] other = KEY.clone();
        other[0] = 1;
        String foreign = node(other)
                .begin(ALICE, "", Transport.COOKIE, Set.of(), List.of("api"))
                .token()
                .text();
        assertThat(refresh(foreign)).isEqualTo(new Refused(Why.NEVER_ISSUED));
        assertThat(stored()).isEqualTo(login.session());
        assertThat(store.denied()).isEmpty();
    }

    /** A store that was restored from a backup knows less than its clients do: no thief needs to have been there. */
    @Test
    void aTokenOfTheFutureChangesNothing() throws Exception {
        Renewed second = renew(renew(login));
        store.restore(login.session());
        assertThat(refresh(second.token().text())).isEqualTo(new Refused(Why.NEVER_ISSUED));
        assertThat(isDenied()).isFalse();
        assertThat(renew(login).repeated()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, false", "1, false"})
    void whoWaitsTooLongHasToLogInAgain(long milliseconds, boolean good) throws Exception {
        now = START.plus(LIMITS.idle()).plusMillis(milliseconds);
        assertThat(refresh(login.token().text()).renewed().isPresent()).isEqualTo(good);
        assertThat(refresh(login.token().text()).equals(new Refused(Why.EXPIRED)))
                .isEqualTo(!good);
        assertThat(isDenied()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, false", "1, false"})
    void noSessionGoesOnForEver(long milliseconds, boolean good) throws Exception {
        Renewed latest = login;
        while (now.isBefore(START.plus(LIMITS.life()).minus(LIMITS.idle()))) {
            now = now.plus(Duration.ofDays(7));
            latest = renew(latest);
        }
        assertThat(latest.session().idleUntil()).isEqualTo(START.plus(LIMITS.life()));
        now = START.plus(LIMITS.life()).plusMillis(milliseconds);
        assertThat(refresh(latest.token().text()).renewed().isPresent()).isEqualTo(good);
    }

    @Test
    void aSessionKeepsItsTransport() throws Exception {
        assertThat(sessions.refresh(login.token().text(), Transport.BODY)).isEqualTo(new Refused(Why.OTHER_TRANSPORT));
        assertThat(stored()).isEqualTo(login.session());
    }

    /** Whoever logged in with the old password a moment before the change is out as well. */
    @Test
    void whoKnowsAnotherPasswordDoesNotGoOn() throws Exception {
        Renewed owner = begin();
        Account changed = new Account("alice", Set.of(), Set.of(), false, false, 1);
        accounts.put("alice", changed);
        sessions.adopt(owner.session().id(), changed);
        assertThat(refresh(login.token().text())).isEqualTo(new Refused(Why.CREDENTIALS_CHANGED));
        assertThat(isDenied()).isTrue();
        Renewed renewed = renew(owner);
        accounts.put("alice", new Account("alice", Set.of(), Set.of(), false, false, 2));
        assertThat(refresh(renewed.token().text())).isEqualTo(new Refused(Why.CREDENTIALS_CHANGED));
    }

    @Test
    void whoseAccountIsClosedDoesNotGoOn() throws Exception {
        accounts.put("alice", new Account("alice", Set.of(), Set.of(), true, false));
        assertThat(refresh(login.token().text())).isEqualTo(new Refused(Why.ACCOUNT_CLOSED));
        assertThat(isDenied()).isTrue();
        login = begin();
        accounts.clear();
        assertThat(refresh(login.token().text())).isEqualTo(new Refused(Why.ACCOUNT_CLOSED));
    }

    @Test
    void rolesAreThoseOfToday() throws Exception {
        Account promoted = new Account("alice", Set.of("admin"), Set.of("read"), false, false);
        accounts.put("alice", promoted);
        assertThat(renew(login).account()).isSameAs(promoted);
    }

    @Test
    void whoeverComesSecondGetsTheSame() throws Exception {
        String[] first = new String[1];
        store.beforeReplace(
                () -> first[0] = unchecked(() -> renew(login)).token().text());
        Renewed second = renew(login);
        assertThat(second.repeated()).isTrue();
        assertThat(second.token().text()).isEqualTo(first[0]);
    }

    @Test
    void theEndBeatsARefresh() throws Exception {
        store.beforeReplace(() -> unchecked(() -> sessions.end(login.session().id())));
        assertThat(refresh(login.token().text())).isEqualTo(new Refused(Why.ENDED));
        assertThat(isDenied()).isTrue();
    }

    @Test
    void aStoreThatFailsChangesNothing() throws Exception {
        store.outOfReach(true);
        assertThatThrownBy(() -> refresh(login.token().text())).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> sessions.end(login.session().id())).isInstanceOf(StoreException.class);
        store.outOfReach(false);
        assertThat(renew(login).repeated()).isFalse();
    }

    @Test
    void manyAtOnceAreOneLineage() throws Exception {
        int threads = 50;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch together = new CountDownLatch(threads);
        try {
            List<Future<String>> answers = IntStream.range(0, threads)
                    .mapToObj(i -> pool.submit(() -> {
                        together.countDown();
                        together.await();
                        return renew(login).token().text();
                    }))
                    .toList();
            Set<String> distinct = ConcurrentHashMap.newKeySet();
            for (Future<String> answer : answers) {
                distinct.add(answer.get());
            }
            assertThat(distinct).hasSize(1);
            assertThat(stored().generation()).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void everywhereMeansWhatThereIsNow() throws Exception {
        Renewed other = begin();
        Renewed kept = begin();
        sessions.endAll("alice", Optional.of(kept.session().id()));
        Renewed later = begin();
        assertThat(Stream.of(login, other)
                        .map(ended -> unchecked(() -> refresh(ended.token().text()))))
                .containsOnly(new Refused(Why.ENDED));
        assertThat(renew(kept).repeated()).isFalse();
        assertThat(renew(later).repeated()).isFalse();
        sessions.endAll("alice", Optional.empty());
        assertThat(sessions.of("alice")).isEmpty();
        assertThat(store.denied()).hasSize(4);
    }

    @Test
    void theLatestUsedIsListedFirst() throws Exception {
        now = START.plusSeconds(1);
        Renewed second = begin();
        now = START.plusSeconds(2);
        renew(login);
        assertThat(sessions.of("alice"))
                .extracting(Session::id)
                .containsExactly(login.session().id(), second.session().id());
        now = START.plus(LIMITS.idle()).plusSeconds(1);
        assertThat(sessions.of("alice"))
                .extracting(Session::id)
                .containsExactly(login.session().id());
    }

    @Test
    void anAccountHasAThousandSessionsAtMost() throws Exception {
        for (int i = 1; i < 1000; i++) {
            now = START.plusSeconds(i);
            begin();
        }
        assertThat(sessions.of("alice")).hasSize(1000);
        now = START.plusSeconds(1000);
        renew(login); // the first, and no longer the one that was used last
        now = START.plusSeconds(1001);
        Renewed latest = begin();
        assertThat(sessions.of("alice"))
                .hasSize(1000)
                .extracting(Session::id)
                .startsWith(latest.session().id(), login.session().id());
    }

    /** By the clock of the node that asks everybody else may have come later. */
    @Test
    void aNewSessionIsNotTheOneThatEnds() throws Exception {
        now = START.plusSeconds(10);
        for (int i = 1; i < 1000; i++) {
            begin();
        }
        now = START.minusSeconds(10);
        Renewed latest = begin();
        now = START.plusSeconds(20);
        assertThat(renew(latest).session().id()).isEqualTo(latest.session().id());
        assertThat(refresh(login.token().text())).isEqualTo(new Refused(Why.ENDED));
    }

    @Test
    void aRotatedTokenStillNamesItsSession() throws Exception {
        renew(renew(login));
        assertThat(sessions.find(login.token().text())).hasValue(stored());
        assertThat(sessions.find("x")).isEmpty();
    }

    /** Verifiers take a token for a while after its end, as clocks differ. */
    @Test
    void aTokenIsDeniedAsLongAsAnyOfItsTimeMayLive() throws Exception {
        sessions.deny("a token");
        assertThat(store.denied()).isEqualTo(Map.of("a token", START.plus(LIMITS.denial())));
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> node(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    private static <T> T unchecked(Callable<T> action) {
        try {
            return action.call();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
