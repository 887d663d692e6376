package io.mapae.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** On H2, with the table as the token service makes it. */
class JdbcReplayStoreTest extends ReplayStoreContract {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    @Override
    protected ReplayStore store() throws Exception {
        String tables =
                Files.readString(Path.of("..", "token-service/src/main/resources/io/mapae/service/h2/V1__mapae.sql"));
        int begin = tables.indexOf("CREATE TABLE IF NOT EXISTS mapae_once");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(tables.substring(begin, tables.indexOf(';', begin)));
        }
        return JdbcReplayStore.at(url, () -> now).orElseThrow();
    }

    private int rows() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM mapae_once")) {
            count.next();
            return count.getInt(1);
        }
    }

    @Test
    void nodesShareIt() throws Exception {
        ReplayStore one = store();
        ReplayStore other = JdbcReplayStore.at(url, () -> now).orElseThrow();
        assertThat(one.use("a", NOW.plusSeconds(9))).isTrue();
        assertThat(other.use("a", NOW.plusSeconds(9))).isFalse();
        one.keep("b", "kept", NOW.plusSeconds(9));
        assertThat(other.kept("b")).contains("kept");
    }

    @Test
    void whatIsOverIsRemovedOnceInAWhile() throws Exception {
        ReplayStore store = store();
        for (int i = 0; i < 5; i++) {
            store.use("a" + i, NOW.plusSeconds(i));
        }
        now = NOW.plusSeconds(3);
        store.use("b", NOW.plusSeconds(300));
        assertThat(rows()).isEqualTo(6);
        now = NOW.plusSeconds(63);
        store.use("c", NOW.plusSeconds(300));
        assertThat(rows()).isEqualTo(2);
    }

    /** A pool may hand out what somebody else has left that way. */
    @Test
    void isWrittenAtOnce() throws Exception {
        store();
        ReplayStore store = new JdbcReplayStore(
                () -> {
                    Connection connection = DriverManager.getConnection(url);
                    connection.setAutoCommit(false);
                    return connection;
                },
                () -> now);
        assertThat(store.use("a", NOW.plusSeconds(9))).isTrue();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void isOutOfReachWithoutDatabaseOrTable() {
        for (String location : new String[] {"jdbc:h2:mem:no-table", "jdbc:nobody:x", "java:comp/env/jdbc/none"}) {
            ReplayStore store = JdbcReplayStore.at(location, () -> now).orElseThrow();
            assertThatThrownBy(() -> store.use("secret-id", NOW))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the database fails, SQLSTATE ");
            assertThatThrownBy(() -> store.kept("a")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.keep("a", "", NOW)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void isAtDatabasesOnly() {
        assertThat(JdbcReplayStore.at("redis://a", () -> now)).isEmpty();
        assertThat(JdbcReplayStore.at("memory", () -> now)).isEmpty();
    }
}
