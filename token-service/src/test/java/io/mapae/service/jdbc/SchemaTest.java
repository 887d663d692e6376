package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {
    private static final int NODES = 6;

    @ParameterizedTest
    @EnumSource
    void severalNodesAtOnceMakeTheTables(TestDatabase kind) throws Exception {
        String url = kind.url();
        CountDownLatch ready = new CountDownLatch(NODES);
        ExecutorService nodes = Executors.newFixedThreadPool(NODES);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                all.add(nodes.submit(() -> {
                    try (Database database = DataSources.open(url, Optional.empty(), Optional.empty())) {
                        database.run(connection -> true);
                        ready.countDown();
                        ready.await();
                        Schema.apply(database);
                    }
                    return true;
                }));
            }
            for (Future<?> node : all) {
                node.get();
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(tables(url))
                .contains(
                        "mapae_schema",
                        "mapae_account",
                        "mapae_account_role",
                        "mapae_session",
                        "mapae_revocation",
                        "mapae_once",
                        "mapae_attempts",
                        "mapae_key");
        assertThat(numbers(url, "SELECT version FROM mapae_schema")).containsExactly(1L);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasHalfMadeIsCompleted(TestDatabase kind) throws Exception {
        String url = kind.url();
        TestDatabase.execute(url, "CREATE TABLE mapae_schema (version INTEGER PRIMARY KEY)");
        apply(url);
        TestDatabase.execute(url, "DELETE FROM mapae_schema");
        TestDatabase.execute(url, "DROP TABLE mapae_key");
        apply(url);
        assertThat(tables(url)).contains("mapae_key");
        assertThat(numbers(url, "SELECT version FROM mapae_schema")).containsExactly(1L);
    }

    @ParameterizedTest
    @EnumSource
    void whatAnotherMadeIsLeftAlone(TestDatabase kind) throws Exception {
        String url = kind.url();
        TestDatabase.execute(url, "CREATE TABLE mapae_session (id INTEGER PRIMARY KEY)");
        apply(url);
        assertThat(tables(url)).contains("mapae_session").doesNotContain("mapae_schema", "mapae_account");
    }

    @ParameterizedTest
    @EnumSource
    void whatFlywayKeepsIsLeftAlone(TestDatabase kind) throws Exception {
        String url = kind.url();
        TestDatabase.execute(url, "CREATE TABLE flyway_schema_history (installed_rank INTEGER PRIMARY KEY)");
        apply(url);
        assertThat(tables(url)).contains("flyway_schema_history").doesNotContain("mapae_schema", "mapae_account");
    }

    @ParameterizedTest
    @EnumSource
    void namesDifferInCaseBlanksAndAccents(TestDatabase kind) throws Exception {
        List<String> names = List.of("alice", "Alice", "alice ", " alice", "al\u00edce", "ali\u0301ce", "ALICE");
        try (Database database = kind.withTables()) {
            for (String name : names) {
                database.run(connection -> Statements.update(
                        connection, "INSERT INTO mapae_account (name, password, created) VALUES (?, '', 0)", name));
                database.run(connection -> Statements.update(
                        connection, "INSERT INTO mapae_account_role (account, role) VALUES (?, ?)", name, name));
            }
            for (String name : names) {
                List<String> found = database.run(connection -> Statements.query(
                        connection, "SELECT name FROM mapae_account WHERE name = ?", row -> row.getString(1), name));
                assertThat(found).containsExactly(name);
            }
            assertThatThrownBy(() -> database.run(connection -> Statements.update(
                            connection, "INSERT INTO mapae_account_role (account, role) VALUES ('bob', 'user')")))
                    .isInstanceOf(StoreException.class);
        }
    }

    private static void apply(String url) throws StoreException {
        try (Database database = DataSources.open(url, Optional.empty(), Optional.empty())) {
            Schema.apply(database);
        }
    }

    private static Set<String> tables(String url) throws Exception {
        try (var connection = DriverManager.getConnection(url);
                var tables = connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), connection.getSchema(), "%", null)) {
            Set<String> names = new HashSet<>();
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
            return names;
        }
    }

    private static List<Long> numbers(String url, String query) throws Exception {
        try (var connection = DriverManager.getConnection(url)) {
            return Statements.query(connection, query, row -> row.getLong(1));
        }
    }
}
