package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSourcesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h2:file:s3cret",
                "java:comp/env/jdbc/s3cret",
                "ldap://s3cret/x",
                "jdbc:oracle:thin:u/s3cret@h",
                "jdbc:h2x:s3cret",
                "jdbc:postgresql://u:s3cret@h:port/db"
            })
    void whatIsNoDatabaseIsToldWithoutTheUrl(String setting) {
        assertThatThrownBy(() -> DataSources.open(setting, Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(failure -> assertThat(trace(failure)).doesNotContain("s3cret"));
    }

    @Test
    void aNameThatNoDataSourceHasIsToldAsTheFilterDoes() {
        assertThatThrownBy(() -> DataSources.open("java:comp/env/jdbc/none", Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no DataSource has that JNDI name");
    }

    @Test
    void userAndPasswordMayStandApart() throws Exception {
        String url = TestDatabase.H2.url();
        try (Database made = DataSources.open(url + ";USER=u;PASSWORD=s3cret", Optional.empty(), Optional.empty())) {
            made.run(Connection::getCatalog);
            try (Database right = DataSources.open(url, Optional.of("u"), Optional.of("s3cret"))) {
                assertThat(right.run(Connection::getCatalog)).isNotEmpty();
            }
            try (Database wrong = DataSources.open(url, Optional.of("u"), Optional.of("other-s3cret"))) {
                assertThatThrownBy(() -> wrong.run(Connection::getCatalog))
                        .isInstanceOf(StoreException.class)
                        .satisfies(failure -> assertThat(trace(failure)).doesNotContain("s3cret"));
            }
        }
    }

    /** Measured: with H2's default, what was committed in the last half second is lost when the JVM is killed. */
    @Test
    void h2WritesWithoutDelayUnlessTold() throws Exception {
        String url = TestDatabase.H2.url();
        assertThat(writeDelay(url)).isEqualTo(0);
        assertThat(writeDelay(TestDatabase.H2.url() + ";write_delay=100")).isEqualTo(100);
    }

    private static int writeDelay(String url) throws StoreException {
        try (Database database = DataSources.open(url, Optional.empty(), Optional.empty())) {
            return database.run(connection -> Statements.query(
                            connection,
                            "SELECT setting_value FROM information_schema.settings WHERE setting_name = 'WRITE_DELAY'",
                            row -> row.getInt(1)))
                    .get(0);
        }
    }

    /** By themselves, PostgreSQL waits for ever, and MariaDB for most of a minute, each of four times. */
    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void aLockedRowIsNotWaitedForLong(TestDatabase kind) throws Exception {
        String url = kind.url();
        try (Database database = DataSources.open(url, Optional.empty(), Optional.empty());
                Connection other = DriverManager.getConnection(url)) {
            Schema.apply(database);
            other.setAutoCommit(false);
            database.run(connection -> once(connection, "id"));
            Statements.update(other, "UPDATE mapae_once SET until = 1");
            assertThatThrownBy(
                            () -> database.run(connection -> Statements.update(connection, "DELETE FROM mapae_once")))
                    .isInstanceOf(StoreException.class);
            other.rollback();
            while (!answers(database)) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            database.run(connection -> Statements.update(connection, "DELETE FROM mapae_once"));
        }
    }

    /** Each transaction has a row that the other wants next. */
    @ParameterizedTest
    @EnumSource
    void aDeadlockIsTriedAgain(TestDatabase kind) throws Exception {
        try (Database database = kind.withTables()) {
            database.run(connection -> once(connection, "a"));
            database.run(connection -> once(connection, "b"));
            CyclicBarrier bothHaveOne = new CyclicBarrier(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                Future<Integer> one = threads.submit(() -> twoRows(database, "a", "b", bothHaveOne));
                Future<Integer> two = threads.submit(() -> twoRows(database, "b", "a", bothHaveOne));
                assertThat(one.get() + two.get()).isGreaterThan(2);
            } finally {
                threads.shutdownNow();
            }
            assertThat(untils(database)).containsExactly(2L, 2L);
        }
    }

    /** How often it was tried. */
    private static int twoRows(Database database, String first, String second, CyclicBarrier bothHaveOne)
            throws StoreException {
        AtomicInteger attempts = new AtomicInteger();
        database.inTransaction(connection -> {
            add(connection, first);
            if (attempts.incrementAndGet() == 1) {
                await(bothHaveOne);
            }
            return add(connection, second);
        });
        return attempts.get();
    }

    private static int add(Connection connection, String id) throws SQLException {
        return Statements.update(connection, "UPDATE mapae_once SET until = until + 1 WHERE id = ?", id);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allOrNothing(TestDatabase kind) throws Exception {
        try (Database database = kind.withTables()) {
            assertThatThrownBy(() -> database.inTransaction(connection -> {
                        once(connection, "a");
                        return once(connection, "a");
                    }))
                    .isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> database.inTransaction(connection -> {
                        once(connection, "b");
                        throw new IllegalStateException("ours");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("ours");
            assertThat(untils(database)).isEmpty();
            database.run(connection -> once(connection, "c"));
            assertThat(untils(database)).containsExactly(0L);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    @Timeout(60)
    void anOutageIsToldAtOnceAndOverSoon(TestDatabase kind) throws Exception {
        try (Database database = kind.withTables()) {
            kind.pause();
            try {
                for (int i = 0; i < 4; i++) {
                    assertThatThrownBy(() -> untils(database)).isInstanceOf(StoreException.class);
                }
            } finally {
                kind.resume();
            }
            while (!answers(database)) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private static boolean answers(Database database) {
        try {
            untils(database);
            return true;
        } catch (StoreException stillOut) {
            return false;
        }
    }

    private static int once(Connection connection, String id) throws SQLException {
        return Statements.update(connection, "INSERT INTO mapae_once (id, until) VALUES (?, 0)", id);
    }

    private static List<Long> untils(Database database) throws StoreException {
        return database.run(DataSourcesTest::untils);
    }

    private static List<Long> untils(Connection connection) throws SQLException {
        return Statements.query(connection, "SELECT until FROM mapae_once ORDER BY id", row -> row.getLong(1));
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
