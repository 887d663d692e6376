package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a pool of one connection, which resets nothing. */
class DatabaseTest {
    private static final ClassLoader CLASSES = DatabaseTest.class.getClassLoader();

    private final List<String> calls = new ArrayList<>();
    private Optional<SQLException> rollback = Optional.empty();

    private Database over(Connection connection) {
        Connection pooled = watched(Connection.class, connection);
        return new Database((DataSource) Proxy.newProxyInstance(
                CLASSES, new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> pooled));
    }

    private <T> T watched(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(CLASSES, new Class<?>[] {type}, (proxy, method, arguments) -> {
            calls.add(method.getName());
            if (type == Connection.class && List.of("close", "abort").contains(method.getName())) {
                return null;
            }
            if (method.getName().equals("rollback") && rollback.isPresent()) {
                throw rollback.get();
            }
            try {
                Object result = method.invoke(real, arguments);
                return result instanceof PreparedStatement statement
                        ? watched(PreparedStatement.class, statement)
                        : result;
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }));
    }

    private static Connection connection() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statements.update(
                connection,
                "CREATE TABLE mapae_once (id VARCHAR(512) PRIMARY KEY, content VARCHAR(9) DEFAULT '', until BIGINT)");
        return connection;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesConnectionsAsTheyCame(boolean autoCommit) throws Exception {
        try (Connection connection = connection()) {
            connection.setAutoCommit(autoCommit);
            Database database = over(connection);
            assertThat(database.run(Connection::getAutoCommit)).isTrue();
            assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
            assertThat(database.inTransaction(Connection::getAutoCommit)).isFalse();
            assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
            assertThatThrownBy(() -> database.run(each -> Statements.update(each, "nonsense")))
                    .isInstanceOf(StoreException.class);
            assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
            assertThatThrownBy(() -> database.inTransaction(begun -> Statements.update(begun, "nonsense")))
                    .isInstanceOf(StoreException.class);
            assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
            assertThat(calls).doesNotContain("abort");
        }
    }

    /** With autocommit again, it would be committed. */
    @Test
    void cutsWhatItCannotRollBack() throws Exception {
        try (Connection connection = connection()) {
            Database database = over(connection);
            rollback = Optional.of(new SQLException("gone", "08006"));
            assertThatThrownBy(() -> database.inTransaction(begun -> Statements.update(begun, "nonsense")))
                    .isInstanceOf(StoreException.class);
            assertThat(calls).containsSubsequence("rollback", "abort", "setAutoCommit", "close");
        }
    }

    @Test
    void purgesBatches() throws Exception {
        try (Connection connection = connection()) {
            Statements.update(
                    connection, "INSERT INTO mapae_once (id, until) SELECT 'id' || x, x FROM SYSTEM_RANGE(1, 451)");
            Purge.before(Instant.ofEpochMilli(451), "mapae_once", "until", "id").in(over(connection));
            calls.removeIf(call -> !call.matches("execute.*|commit"));
            assertThat(String.join(" ", calls))
                    .isEqualTo("executeQuery executeBatch commit ".repeat(3).strip());
            assertThat(Statements.query(connection, "SELECT id FROM mapae_once", row -> row.getString(1)))
                    .containsExactly("id451");
        }
    }
}
