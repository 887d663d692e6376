package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
    private static final int ATTEMPTS = 3;

    @ParameterizedTest(name = "{0}/{1} -> {3}, tried {2} times")
    @CsvSource({
        "28P01, 0,    1, the database refuses this user or password",
        "28000, 1045, 1, the database refuses this user or password",
        "42000, 1044, 1, the database refuses this user or password",
        "3D000, 0,    1, there is no such database",
        "42000, 1049, 1, there is no such database",
        "90149, 0,    1, there is no such database",
        "90146, 0,    1, 'there is no such H2 database: start the application once, or correct the address'",
        "90020, 0,    3, the H2 file is open in another process",
        "08001, 0,    3, 'nothing answers at the address of the database, or not in time'",
        "08S01, 0,    3, 'nothing answers at the address of the database, or not in time'",
        "42P01, 0,    3, the tables of Mapae are missing or may not be used",
        "42501, 0,    3, the tables of Mapae are missing or may not be used",
        "42S02, 1146, 3, the tables of Mapae are missing or may not be used",
        "42S03, 0,    3, the tables of Mapae are missing or may not be used",
        "42S04, 0,    3, the tables of Mapae are missing or may not be used",
        "90096, 0,    3, the tables of Mapae are missing or may not be used",
        "42000, 1142, 3, the tables of Mapae are missing or may not be used",
        "42000, 1143, 3, the tables of Mapae are missing or may not be used",
        "42000, 1064, 3, the database does not answer",
        "57P03, 0,    3, the database does not answer",
        "HY000, 1044, 3, the database does not answer",
        "HY000, 1049, 3, the database does not answer",
        "HY000, 1142, 3, the database does not answer",
        ",      0,    3, the database does not answer"
    })
    void isToldByItsCodesAlone(String state, int code, int attempts, String text) {
        String message = text + " (SQLState " + state + ")";
        assertFails(new SQLException("s3cret", state, code), attempts, message);
        SQLException pool = new SQLTransientConnectionException("s3cret", state, new SQLException("x", state, code));
        assertFails(pool, attempts, message);
    }

    @Test
    void isFoundBehindAnExceptionOfThePool() {
        SQLException driver = new SQLException("s3cret", "28P01");
        assertFails(
                new SQLException("s3cret", driver), 1, "the database refuses this user or password (SQLState 28P01)");
        assertFails(
                new SQLException("s3cret", new IllegalStateException(driver)),
                1,
                "the database refuses this user or password (SQLState 28P01)");
    }

    private static void assertFails(SQLException failure, int attempts, String message) {
        AtomicInteger asked = new AtomicInteger();
        DataSource source = (DataSource) Proxy.newProxyInstance(
                FaultTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    throw failure;
                });
        Database database = new Database(source);
        assertThatThrownBy(() -> database.run(connection -> true))
                .isInstanceOf(StoreException.class)
                .hasMessage(message)
                .hasCause(failure);
        assertThat(asked).hasValue(1);
        assertThatThrownBy(() -> database.runOnceReady(ATTEMPTS, connection -> true))
                .isInstanceOf(StoreException.class)
                .hasMessage(message);
        assertThat(asked).hasValue(1 + attempts);
    }

    /** The MariaDB of our tests takes any password. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MARIADB")
    void aWrongUserIsToldAtOnce(TestDatabase kind) throws Exception {
        String url = kind.url();
        TestDatabase.execute(url, "CREATE TABLE something (id INTEGER PRIMARY KEY)");
        String wrong = kind == TestDatabase.H2 ? url + ";USER=nobody" : url.replace("user=postgres", "user=nobody");
        assertRefusedAtOnce(wrong, "the database refuses this user or password (SQLState 28000)");
    }

    @ParameterizedTest
    @EnumSource
    void aMissingDatabaseIsToldAtOnce(TestDatabase kind) throws Exception {
        String there = kind.url();
        String url = there.replaceAll("mapae(\\d+)", "nothing$1").replace("&createDatabaseIfNotExist=true", "");
        switch (kind) {
            case H2 ->
                assertRefusedAtOnce(
                        url + ";IFEXISTS=TRUE",
                        "there is no such H2 database: start the application once, or correct the address"
                                + " (SQLState 90146)");
            case POSTGRESQL -> assertRefusedAtOnce(url, "there is no such database (SQLState 3D000)");
            case MARIADB -> assertRefusedAtOnce(url, "there is no such database (SQLState 42000)");
        }
    }

    /** Not the 15 attempts of about 700 ms each. */
    private static void assertRefusedAtOnce(String url, String message) {
        try (Database database = DataSources.open(url, Optional.empty(), Optional.empty())) {
            long begin = System.nanoTime();
            assertThatThrownBy(() -> Schema.apply(database))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(message);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isLessThan(6_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://127.0.0.1:1/mapae, 08001",
        "jdbc:mariadb://127.0.0.1:1/mapae, 08000",
    })
    void nobodyThereIsTold(String url, String state) {
        try (Database database = DataSources.open(url, Optional.of("mapae"), Optional.empty())) {
            assertThatThrownBy(() -> database.run(connection -> true))
                    .hasMessage(
                            "nothing answers at the address of the database, or not in time (SQLState " + state + ")");
        }
    }

    @Test
    void anOpenFileIsTold(@TempDir Path directory) throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("mapae");
        TestDatabase.execute(url, "CREATE TABLE something (id INTEGER PRIMARY KEY)");
        try (FileChannel file = FileChannel.open(directory.resolve("mapae.mv.db"), StandardOpenOption.WRITE);
                var lock = file.lock();
                Database database = DataSources.open(url, Optional.empty(), Optional.empty())) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> database.run(connection -> true))
                    .hasMessage("the H2 file is open in another process (SQLState 90020)");
        }
    }
}
