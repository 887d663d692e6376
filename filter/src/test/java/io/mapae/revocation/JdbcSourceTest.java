package io.mapae.revocation;

import static io.mapae.revocation.Given.NOW;
import static io.mapae.revocation.Given.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.revocation.Revocation.Kind;
import io.mapae.revocation.Snapshot.State;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table as the token service has it. */
@Timeout(120)
class JdbcSourceTest {
    private static final ClassLoader CLASSES = JdbcSourceTest.class.getClassLoader();
    private static final long MILLIS = NOW.toEpochMilli();

    private final Given.Log log = new Given.Log();
    private final Given given = new Given();
    private Database database;
    private RevocationSource source;

    @BeforeEach
    void open() throws Exception {
        database = new Database();
        source = RevocationSources.open(database.url(), CLASSES, given);
    }

    @AfterEach
    void close() throws Exception {
        source.close();
        database.close();
        log.close();
    }

    private List<Revocation> read(Instant since) throws IOException {
        List<Revocation> found = new ArrayList<>();
        source.read(since, found::add);
        return found;
    }

    private Snapshot snapshot(String maxStale) {
        return new Snapshot(source, new Snapshot.Limits(Duration.ofSeconds(1), Duration.parse(maxStale)), given);
    }

    @Test
    void readsEveryColumn() throws Exception {
        database.revoke("jti", "a", 0, MILLIS + 1, MILLIS + 2);
        database.revoke("sid", "b", 0, MILLIS + 3, MILLIS + 4);
        database.revoke("sub", "c", MILLIS + 5, MILLIS + 6, MILLIS + 7);
        database.revoke("other", "d", 0, MILLIS + 8, MILLIS + 9);
        database.revoke("another", "d", 0, MILLIS + 8, MILLIS + 9);
        assertThat(read(Instant.EPOCH))
                .containsExactlyInAnyOrder(
                        new Revocation(Kind.JTI, "a", Instant.EPOCH, NOW.plusMillis(1), NOW.plusMillis(2)),
                        new Revocation(Kind.SID, "b", Instant.EPOCH, NOW.plusMillis(3), NOW.plusMillis(4)),
                        new Revocation(Kind.SUB, "c", NOW.plusMillis(5), NOW.plusMillis(6), NOW.plusMillis(7)));
        read(Instant.EPOCH);
        assertThat(log.lines())
                .containsExactly(
                        "WARNING Revocations of a kind that is not known here are skipped",
                        "WARNING Revocations of a kind that is not known here are skipped");
    }

    @ParameterizedTest(name = "noted {0} ms after what is asked for -> {1}")
    @CsvSource({"-1, 0", "0, 1", "1, 1"})
    void readsWhatWasNotedSince(long noted, int found) throws Exception {
        database.revoke("sid", "a", 0, MILLIS + 1, MILLIS + noted);
        assertThat(read(NOW)).hasSize(found);
        assertThat(read(Instant.EPOCH)).hasSize(1);
    }

    /** Clocks may differ. */
    @ParameterizedTest(name = "ran out {0} ms ago -> {1}")
    @CsvSource({"59999, 1", "60000, 1", "60001, 0"})
    void leavesWhatRanOut(long ago, int found) throws Exception {
        database.revoke("sid", "a", 0, MILLIS - ago, MILLIS);
        assertThat(read(Instant.EPOCH)).hasSize(found);
    }

    @Test
    void seesWhatAnotherTransactionCommitsLate() throws Exception {
        Snapshot snapshot = snapshot("PT5M");
        try (Connection late = database.connection();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute(Database.insert("sid", "s", 0, MILLIS + 600_000, MILLIS));
            given.pass(Duration.ofSeconds(1));
            snapshot.read();
            database.revoke("sid", "other", 0, MILLIS + 600_000, MILLIS + 60_000);
            given.pass(Duration.ofSeconds(60));
            snapshot.read();
            assertThat(snapshot.entries()).isEqualTo(1);
            late.commit();
        }
        snapshot.read();
        assertThat(snapshot.entries()).isEqualTo(2);
        assertThat(given.outcome(snapshot, token())).isEqualTo("sid");
    }

    @Test
    void livesThroughTheDatabasesOutage() throws Exception {
        Snapshot snapshot = snapshot("PT5M");
        snapshot.read();
        database.stop();
        database.revoke("sid", "s", 0, MILLIS + 3_600_000, MILLIS + 1);
        given.pass(Duration.ofSeconds(299));
        snapshot.read();
        assertThat(snapshot.state()).isEqualTo(State.STALE);
        assertThat(given.outcome(snapshot, token())).isEqualTo("good");
        given.pass(Duration.ofSeconds(1));
        snapshot.read();
        assertThat(given.outcome(snapshot, token()))
                .startsWith("unknown: revocations: no connection to the database (")
                .doesNotContain("s3cr3t");
        database.start();
        snapshot.read();
        assertThat(given.outcome(snapshot, token())).isEqualTo("sid");
        assertThat(log.lines()).noneMatch(line -> line.contains("s3cr3t")).hasSizeBetween(4, 5);
        assertThat(log.lines().get(log.lines().size() - 1)).isEqualTo("INFO Revocations are here: 1");
    }

    @Test
    void beginsWithoutTheDatabase() throws Exception {
        database.stop();
        Snapshot snapshot = snapshot("PT5M");
        snapshot.read();
        assertThat(snapshot.state()).isEqualTo(State.EMPTY);
        database.start();
        snapshot.read();
        assertThat(snapshot.state()).isEqualTo(State.FRESH);
    }

    @Test
    void saysWhatIsWrongInItsOwnWords() throws Exception {
        database.run("DROP TABLE mapae_revocation");
        assertThatThrownBy(() -> read(Instant.EPOCH))
                .hasMessageStartingWith("no table mapae_revocation that may be read (")
                .hasMessageContaining("42");
        RevocationSource refused = RevocationSources.open(database.url("wr0ng"), CLASSES, given);
        assertThatThrownBy(() -> refused.read(Instant.EPOCH, found -> {}))
                .hasMessageStartingWith("the database refuses user or password (")
                .message()
                .doesNotContain("wr0ng");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "08006, no connection to the database",
        "28000, the database refuses user or password",
        "42P01, no table mapae_revocation that may be read",
        "57014, the database takes too long",
        "HYT00, the database takes too long",
        "40001, the database cannot be read",
        "x, the database cannot be read",
        ", the database cannot be read"
    })
    void hasWordsForEachState(String state, String words) {
        assertThat(JdbcSource.reason(new SQLException("jdbc:x:secret", state, 7)))
                .isEqualTo(words + " (SQLException, SQLState " + state + ", code 7)");
        assertThat(JdbcSource.reason(new SQLTimeoutException("jdbc:x:secret", "x", 7)))
                .startsWith("the database takes too long (");
    }

    /** One connection, of which only this is asserted: that it is bounded, batched, and left as it was. */
    @Test
    void asksForBatchesWithinATime() throws Exception {
        List<String> calls = new ArrayList<>();
        try (Connection real = database.connection()) {
            Connection watched = watched(Connection.class, real, calls);
            AtomicInteger ended = new AtomicInteger();
            Connections connections = new Connections() {
                @Override
                public Connection take() {
                    return watched;
                }

                @Override
                public void giveBack(Connection connection, boolean works) {
                    ended.addAndGet(works ? 1 : 100);
                }

                @Override
                public void close() {}
            };
            RevocationSource watching = new JdbcSource(connections, () -> NOW);
            watching.read(NOW, found -> {});
            assertThat(calls)
                    .contains("setAutoCommit false", "rollback", "setAutoCommit true", "setNetworkTimeout 2000")
                    .contains("setQueryTimeout 2", "setFetchSize 5000");
            assertThat(calls.get(calls.size() - 1)).isEqualTo("setNetworkTimeout 0");
            watching.read(Instant.EPOCH, found -> {});
            assertThat(calls).contains("setNetworkTimeout 60000", "setQueryTimeout 60");
            database.revoke("sid", "a", 0, MILLIS, MILLIS);
            assertThatThrownBy(() -> watching.read(NOW, found -> {
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(ended).hasValue(102);
            assertThat(calls.subList(calls.size() - 3, calls.size()))
                    .containsExactly("rollback", "setAutoCommit true", "setNetworkTimeout 0");
        }
    }

    /** Not every pool resets it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesAutocommitAsItWas(boolean autoCommit) throws Exception {
        try (Connection real = database.connection()) {
            real.setAutoCommit(autoCommit);
            Connection lasting = (Connection) Proxy.newProxyInstance(
                    CLASSES,
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> List.of("close", "abort").contains(method.getName())
                            ? null
                            : method.invoke(real, arguments));
            DataSource pool = (DataSource) Proxy.newProxyInstance(
                    CLASSES, new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> lasting);
            RevocationSource lent = RevocationSources.in(pool, given);
            database.revoke("sid", "a", 0, MILLIS, MILLIS);
            lent.read(Instant.EPOCH, found -> assertThat(autoCommitOf(real)).isFalse());
            assertThat(real.getAutoCommit()).isEqualTo(autoCommit);
            assertThatThrownBy(() -> lent.read(Instant.EPOCH, found -> {
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(real.getAutoCommit()).isEqualTo(autoCommit);
        }
    }

    private static boolean autoCommitOf(Connection connection) {
        try {
            return connection.getAutoCommit();
        } catch (SQLException gone) {
            throw new IllegalStateException(gone);
        }
    }

    /** A pool gets back what the next one can use, or nothing. */
    @Test
    void cutsAConnectionThatCannotBeLeftAsItWas() throws Exception {
        List<String> calls = new ArrayList<>();
        Connection broken = (Connection) Proxy.newProxyInstance(
                CLASSES, new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    switch (method.getName()) {
                        case "prepareStatement" -> throw new SQLTimeoutException("too long", "HYT00");
                        case "rollback" -> throw new SQLException("gone", "08006");
                        default -> {
                            return method.getReturnType() == int.class
                                    ? Integer.valueOf(0)
                                    : (Object) method.getName().equals("getAutoCommit");
                        }
                    }
                });
        DataSource pool = (DataSource) Proxy.newProxyInstance(
                CLASSES, new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> broken);
        assertThatThrownBy(() -> RevocationSources.in(pool, given).read(NOW, found -> {}))
                .hasMessageStartingWith("the database takes too long (");
        assertThat(calls)
                .containsExactly(
                        "getNetworkTimeout",
                        "setNetworkTimeout",
                        "getAutoCommit",
                        "setAutoCommit",
                        "prepareStatement",
                        "rollback",
                        "setAutoCommit",
                        "setNetworkTimeout",
                        "abort",
                        "close");
    }

    @SuppressWarnings("unchecked")
    private static <T> T watched(Class<T> type, T real, List<String> calls) {
        return (T) Proxy.newProxyInstance(CLASSES, new Class<?>[] {type}, (proxy, method, arguments) -> {
            Object last = arguments == null ? "" : " " + arguments[arguments.length - 1];
            calls.add((method.getName() + last).strip());
            Object result = method.invoke(real, arguments);
            return result instanceof java.sql.PreparedStatement statement
                    ? watched(java.sql.PreparedStatement.class, statement, calls)
                    : result;
        });
    }

    @Test
    void readsTwoMillionRows() throws Exception {
        database.run("DROP TABLE mapae_revocation");
        database.run(
                "CREATE VIEW mapae_revocation AS SELECT 'sid' AS kind, 'session-' || x AS denied, 0 AS issued_before, "
                        + (MILLIS + 600_000) + " AS until, " + MILLIS + " AS noted FROM SYSTEM_RANGE(1, 2000000)");
        Snapshot snapshot = snapshot("PT5M");
        snapshot.read();
        assertThat(snapshot.held().problem()).isEmpty();
        assertThat(snapshot.entries()).isEqualTo(2_000_000);
        assertThat(given.outcome(snapshot, token().claim("sid", "session-1999999")))
                .isEqualTo("sid");
        assertThat(given.outcome(snapshot, token().claim("sid", "session-2000001")))
                .isEqualTo("good");
    }
}
