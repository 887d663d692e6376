package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import io.mapae.service.account.Account;
import io.mapae.service.account.Accounts;
import io.mapae.service.account.AccountsContract;
import io.mapae.service.account.Bulkhead;
import io.mapae.service.account.CapturedLog;
import io.mapae.service.account.Passwords;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What accounts in a database promise, on every database. */
@Timeout(120)
public abstract class JdbcAccountsContract extends AccountsContract {
    /** Cost 4: nothing is cheaper. */
    private static final String BCRYPT_OF_HORSE = "$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2";

    private JdbcAccounts accounts;

    /** With empty tables at the beginning of each test; gives at least 10 connections at once. */
    protected abstract Database database();

    @BeforeEach
    void open() {
        accounts = new JdbcAccounts(
                database(),
                new Bulkhead(2, 100, Duration.ofMinutes(1)),
                () -> Instant.ofEpochMilli(1_772_366_400_123L));
    }

    @Override
    protected Accounts accounts() {
        return accounts;
    }

    @Override
    protected void put(Account account, String password) throws StoreException {
        assertThat(accounts.add(account, password)).isTrue();
    }

    private String stored(String name) throws StoreException {
        return database().run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT password FROM mapae_account WHERE name = ?")) {
                select.setString(1, name);
                try (ResultSet found = select.executeQuery()) {
                    assertThat(found.next()).isTrue();
                    return found.getString(1);
                }
            }
        });
    }

    private void store(String name, String stored) throws StoreException {
        int rows = database().run(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE mapae_account SET password = ? WHERE name = ?")) {
                update.setString(1, stored);
                update.setString(2, name);
                return update.executeUpdate();
            }
        });
        assertThat(rows).isEqualTo(1);
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<T>> all = IntStream.range(0, threads)
                .mapToObj(i -> pool.submit(() -> {
                    together.await();
                    return work.call();
                }))
                .toList();
        List<T> results = new ArrayList<>();
        for (Future<T> one : all) {
            results.add(one.get());
        }
        pool.shutdown();
        return results;
    }

    @Test
    void addsNobodyTwice() throws Exception {
        put(ANNA, "correct horse");
        assertThat(accounts.add(new Account("anna", Set.of("admin"), Set.of(), false, false), "other"))
                .isFalse();
        assertThat(accounts.find("anna")).contains(ANNA);
        assertThat(accounts.authenticate("anna", "other")).isEmpty();
    }

    @Test
    void addsOneOfManyAtOnce() throws Exception {
        List<Boolean> added = atOnce(10, () -> accounts.addHashed(ANNA, BCRYPT_OF_HORSE));
        assertThat(added).containsOnlyOnce(true).hasSize(10);
        assertThat(accounts.find("anna")).contains(ANNA);
    }

    @Test
    void keepsNoPasswordAsItIs() throws Exception {
        put(ANNA, "correct horse");
        assertThat(stored("anna")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    }

    @Test
    void changesPasswords() throws Exception {
        put(new Account("anna", Set.of("user"), Set.of("read"), false, true), "correct horse");
        Account before = accounts.find("anna").orElseThrow();
        Optional<Account> now = accounts.changePassword(before, "battery staple");
        Account changed = new Account("anna", Set.of("user"), Set.of("read"), false, false, 1);
        assertThat(now).contains(changed);
        assertThat(accounts.authenticate("anna", "battery staple")).contains(changed);
        assertThat(accounts.authenticate("anna", "correct horse")).isEmpty();
        assertThat(accounts.changePassword(before, "too late now")).isEmpty(); // somebody has changed it since
        assertThat(accounts.authenticate("anna", "battery staple")).contains(changed);
        Account carol = new Account("carol", Set.of(), Set.of(), false, false);
        assertThat(accounts.changePassword(carol, "battery staple")).isEmpty();
        assertThat(accounts.find("carol")).isEmpty();

        assertThat(accounts.changePassword("anna", "temporary", true)).isTrue();
        assertThat(accounts.authenticate("anna", "temporary"))
                .contains(new Account("anna", Set.of("user"), Set.of("read"), false, true, 2));
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"", "a\0b"})
    void changesToNoImpossiblePassword(String password) throws Exception {
        put(ANNA, "correct horse");
        assertThatThrownBy(() -> accounts.changePassword(ANNA, password)).isInstanceOf(IllegalArgumentException.class);
        assertThat(accounts.authenticate("anna", "correct horse")).contains(ANNA);
    }

    @Test
    void assignsAllowsDisablesEnables() throws Exception {
        put(ANNA, "correct horse");
        assertThat(accounts.assign("anna", Set.of("admin"))).isTrue();
        assertThat(accounts.allow("anna", Set.of("all", "more"))).isTrue();
        assertThat(accounts.disable("anna")).isTrue();
        Account changed = new Account("anna", Set.of("admin"), Set.of("all", "more"), true, false, 1);
        assertThat(accounts.authenticate("anna", "correct horse")).contains(changed);
        assertThat(accounts.enable("anna")).isTrue();
        assertThat(accounts.enable("anna")).isTrue();
        assertThat(accounts.assign("anna", Set.of())).isTrue();
        assertThat(accounts.allow("anna", Set.of())).isTrue();
        assertThat(accounts.find("anna")).contains(new Account("anna", Set.of(), Set.of(), false, false, 1));
        for (String nobody : List.of("Anna", "anna ", "", "\0")) {
            assertThat(accounts.assign(nobody, Set.of("admin"))).isFalse();
            assertThat(accounts.allow(nobody, Set.of("all"))).isFalse();
            assertThat(accounts.disable(nobody)).isFalse();
            assertThat(accounts.enable(nobody)).isFalse();
        }
    }

    @Test
    void listsAllByName() throws Exception {
        assertThat(accounts.all()).isEmpty();
        put(new Account("zoe", Set.of(), Set.of(), true, true), "correct horse");
        put(
                new Account("Zoe", Set.of("user", "admin", "clerk"), Set.of("read", "write"), false, false),
                "correct horse");
        put(ANNA, "correct horse");
        assertThat(accounts.all())
                .containsExactly(
                        new Account("Zoe", Set.of("user", "admin", "clerk"), Set.of("read", "write"), false, false),
                        ANNA,
                        new Account("zoe", Set.of(), Set.of(), true, true));
    }

    @Test
    void removesAnAccountWithItsRolesAndSessions() throws Exception {
        put(ANNA, "correct horse");
        put(new Account("Anna", Set.of("admin"), Set.of(), false, false), "correct horse");
        for (String name : List.of("anna", "Anna")) {
            database()
                    .run(connection -> Statements.update(
                            connection,
                            "INSERT INTO mapae_session (id, account, device, transport, scopes, audiences, credential_version, created, last_used,"
                                    + " idle_until, ends_at, generation, current_digest, rotated)"
                                    + " VALUES (?, ?, '', 'COOKIE', '', '', 0, 0, 0, 0, 0, 0, '', 0)",
                            name.equals("anna") ? "1" : "2",
                            name));
        }
        assertThat(accounts.remove("anna")).isTrue();
        assertThat(accounts.find("anna")).isEmpty();
        assertThat(texts("SELECT account FROM mapae_account_role")).containsExactly("Anna");
        assertThat(texts("SELECT account FROM mapae_session")).containsExactly("Anna");
        for (String nobody : List.of("anna", "anna ", "", "\0")) {
            assertThat(accounts.remove(nobody)).isFalse();
        }
        put(new Account("anna", Set.of(), Set.of(), false, false), "correct horse");
        assertThat(accounts.find("anna")).contains(new Account("anna", Set.of(), Set.of(), false, false));
    }

    private List<String> texts(String query) throws StoreException {
        return database().run(connection -> Statements.query(connection, query, row -> row.getString(1)));
    }

    @Test
    void assignsAtOnceWithoutMixing() throws Exception {
        put(ANNA, "correct horse");
        List<Set<String>> choices = List.of(Set.of("a", "b", "c"), Set.of("c", "d"), Set.of("b"), Set.of());
        for (int round = 0; round < 10; round++) {
            AtomicInteger next = new AtomicInteger();
            assertThat(atOnce(8, () -> accounts.assign("anna", choices.get(next.getAndIncrement() % 4))))
                    .containsOnly(true);
            assertThat(choices).contains(accounts.find("anna").orElseThrow().roles());
        }
    }

    static List<Account> impossible() {
        return List.of(
                account(""),
                account("\0"),
                account("a\0b"),
                account("a\nb"),
                account("a\uD83D"),
                account("x".repeat(256)),
                new Account("bob", Set.of(""), Set.of(), false, false),
                new Account("bob", Set.of("r\0"), Set.of(), false, false),
                new Account("bob", Set.of("r".repeat(256)), Set.of(), false, false),
                new Account("bob", Set.of(), Set.of(""), false, false),
                new Account("bob", Set.of(), Set.of("two words"), false, false),
                new Account("bob", Set.of(), Set.of("quo\"te"), false, false),
                new Account("bob", Set.of(), Set.of("back\\slash"), false, false),
                new Account("bob", Set.of(), Set.of("ä"), false, false),
                new Account("bob", Set.of(), Set.of("s".repeat(2001)), false, false));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void addsNothingThatCannotBeKept(Account account) throws Exception {
        assertThatThrownBy(() -> accounts.add(account, "correct horse")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> accounts.addHashed(account, BCRYPT_OF_HORSE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(accounts.find(account.name())).isEmpty();
    }

    @Test
    void keepsWhatIsJustPossible() throws Exception {
        Account account = new Account(
                "'; DROP TABLE mapae_account; --" + "😀".repeat(112),
                Set.of("r".repeat(255), "'; DROP TABLE mapae_account_role; --"),
                Set.of("s".repeat(1998), "!"),
                false,
                false);
        assertThat(account.name()).hasSize(255);
        assertThat(accounts.addHashed(account, BCRYPT_OF_HORSE)).isTrue();
        assertThat(accounts.find(account.name())).contains(account);
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                BCRYPT_OF_HORSE,
                "{bcrypt}" + BCRYPT_OF_HORSE,
                "pbkdf2_sha256$1000$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
                "$pbkdf2-sha256$1000$8PHy8/T19vf4.fr7/P3./w$JwgcbJZlHBoE0uPBMy9SZsCsIJXsYLx/8XwH97PVwMU",
            })
    void storesWeakPasswordsAnewAtTheirLogin(String weak) throws Exception {
        assertThat(accounts.addHashed(ANNA, weak)).isTrue();
        assertThat(accounts.authenticate("anna", "battery staple")).isEmpty();
        assertThat(stored("anna")).isEqualTo(weak);
        assertThat(accounts.authenticate("anna", "correct horse")).contains(ANNA);
        String better = stored("anna");
        assertThat(better).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(accounts.authenticate("anna", "correct horse")).contains(ANNA);
        assertThat(stored("anna")).isEqualTo(better);
    }

    @Test
    void upgradesNothingButWhatWasChecked() throws Exception {
        Bulkhead single = new Bulkhead(1, 10, Duration.ofMinutes(1));
        JdbcAccounts slow = new JdbcAccounts(database(), single, () -> Instant.ofEpochMilli(0));
        assertThat(accounts.addHashed(ANNA, BCRYPT_OF_HORSE)).isTrue();
        CountDownLatch occupied = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<Boolean> occupant = threads.submit(() -> single.run(() -> {
            occupied.countDown();
            return awaited(go);
        }));
        occupied.await();
        CompletableFuture<Thread> begun = new CompletableFuture<>();
        Future<Optional<Account>> login = threads.submit(() -> {
            begun.complete(Thread.currentThread());
            return slow.authenticate("anna", "correct horse");
        });
        Thread waiting = begun.get();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            TimeUnit.MILLISECONDS.sleep(1); // it has read what is stored, and waits for its turn
        }
        assertThat(accounts.changePassword("anna", "battery staple", false)).isTrue();
        String changed = stored("anna");
        go.countDown();
        assertThat(occupant.get()).isTrue();
        assertThat(login.get()).contains(ANNA);
        assertThat(stored("anna")).isEqualTo(changed);
        threads.shutdown();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    @Test
    void upgradesAtOnceWithoutLosingThePassword() throws Exception {
        assertThat(accounts.addHashed(ANNA, BCRYPT_OF_HORSE)).isTrue();
        assertThat(atOnce(
                        10, () -> accounts.authenticate("anna", "correct horse").isPresent()))
                .containsOnly(true);
        assertThat(stored("anna")).startsWith("$argon2id$");
        assertThat(accounts.authenticate("anna", "correct horse")).contains(ANNA);
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$2b$31$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "correct horse",
                "!",
                " "
            })
    void neverMatchesAnUnknownForm(String stored) throws Exception {
        put(ANNA, "correct horse");
        store("anna", stored);
        try (CapturedLog log = new CapturedLog("io.mapae.service.account")) {
            assertThat(accounts.authenticate("anna", "correct horse")).isEmpty();
            assertThat(accounts.authenticate("anna", stored)).isEmpty();
            assertThat(log.messages()).hasSize(stored.equals("!") ? 0 : 1);
            assertThat(log.messages().toString()).doesNotContain("horse", "anna", "4194304", "$");
        }
        assertThatThrownBy(() -> accounts.addHashed(account("bob"), stored))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the password is in no form that is known here");
    }

    @Test
    void remembersThoseWhosePasswordsAreElsewhere() throws Exception {
        Account first = new Account("anna", Set.of("user"), Set.of(), false, false);
        assertThat(accounts.remember("anna", Set.of("user"))).contains(first);
        assertThat(accounts.find("anna")).contains(first);
        assertThat(stored("anna")).isEqualTo(Passwords.none());
        assertThat(accounts.authenticate("anna", "!")).isEmpty();

        assertThat(accounts.disable("anna")).isTrue();
        assertThat(accounts.allow("anna", Set.of("read"))).isTrue();
        assertThat(accounts.remember("anna", Set.of("clerk", "user")))
                .contains(new Account("anna", Set.of("clerk", "user"), Set.of("read"), true, false, 1));
        assertThat(accounts.remember("a\0", Set.of())).isEmpty();
        assertThat(accounts.remember("bob", Set.of(""))).isEmpty();
        assertThat(accounts.find("bob")).isEmpty();
    }

    @Test
    void remembersAtOnce() throws Exception {
        List<Optional<Account>> all = atOnce(10, () -> accounts.remember("anna", Set.of("a", "b")));
        assertThat(all).containsOnly(Optional.of(new Account("anna", Set.of("a", "b"), Set.of(), false, false)));
    }
}
