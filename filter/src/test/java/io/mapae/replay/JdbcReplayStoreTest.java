package io.mapae.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On H2, with the table as the token service makes it. */
class JdbcReplayStoreTest extends ReplayStoreContract {
    private static final ClassLoader CLASSES = JdbcReplayStoreTest.class.getClassLoader();

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
        return JdbcReplayStore.at(url, CLASSES, () -> now).orElseThrow();
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
        ReplayStore other = JdbcReplayStore.at(url, CLASSES, () -> now).orElseThrow();
        assertThat(one.use("a", NOW.plusSeconds(9))).isTrue();
        assertThat(other.use("a", NOW.plusSeconds(9))).isFalse();
        one.keep("b", "kept", NOW.plusSeconds(9));
        assertThat(other.kept("b")).contains("kept");
    }

    @Test
    void whatIsOverIsRemovedOnceInAWhile() throws Exception {
        ReplayStore store = store();
        for (int i = 0; i < 5; i++) {
            store.use("a" + i, NOW.plusSeconds(i + 1));
        }
        now = NOW.plusSeconds(3);
        store.use("b", NOW.plusSeconds(300));
        assertThat(rows()).isEqualTo(6);
        now = NOW.plusSeconds(63);
        store.use("c", NOW.plusSeconds(300));
        assertThat(rows()).isEqualTo(2);
    }

    /** Whoever comes by does some of it: a request must not wait for all that others left. */
    @Test
    void muchThatIsOverIsRemovedSomeAtATime() throws Exception {
        ReplayStore store = store();
        execute("INSERT INTO mapae_once (id, until) SELECT 'over' || x, 0 FROM SYSTEM_RANGE(1, 1100)");
        for (int left : new int[] {601, 102, 3, 4}) {
            assertThat(store.use("a" + left, NOW.plusSeconds(300))).isTrue();
            assertThat(rows()).isEqualTo(left);
        }
    }

    /** Somebody else has locked what is over. */
    @Test
    void whatCannotBeRemovedHindersNobody() throws Exception {
        store();
        execute("INSERT INTO mapae_once (id, until) VALUES ('over', 0)");
        String impatient = url + ";LOCK_TIMEOUT=1";
        List<String> calls = new ArrayList<>();
        ReplayStore store =
                new JdbcReplayStore(() -> watched(DriverManager.getConnection(impatient), calls), () -> now);
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE mapae_once SET content = 'locked'");
            assertThat(store.use("a", NOW.plusSeconds(300))).isTrue();
            assertThat(calls).endsWith("abort", "close"); // it may be stuck
            other.rollback();
        }
        calls.clear();
        assertThat(store.use("a", NOW.plusSeconds(300))).isFalse();
        assertThat(calls).endsWith("close").doesNotContain("abort");
        assertThat(rows()).isEqualTo(2);
    }

    /** {@code DriverManager} looks for drivers once, before most applications are there. */
    @Test
    void takesTheApplicationsDriver(@TempDir Path directory) throws Exception {
        store();
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(Driver.class.getName()), Hidden.class.getName());
        ClassLoader classes = new URLClassLoader(new URL[] {directory.toUri().toURL()}, CLASSES);
        ReplayStore store = JdbcReplayStore.at(url.replace("jdbc:h2:", "jdbc:hidden:"), classes, () -> now)
                .orElseThrow();
        assertThat(store.use("a", NOW.plusSeconds(9))).isTrue();
        assertThat(rows()).isEqualTo(1);
    }

    /** As an application has it in its jars. */
    public static final class Hidden implements Driver {
        private final Driver h2 = new org.h2.Driver();

        @Override
        public boolean acceptsURL(String url) {
            return url.startsWith("jdbc:hidden:");
        }

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            return h2.connect(url.replace("jdbc:hidden:", "jdbc:h2:"), info);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getLogger("hidden");
        }
    }

    /** Of a server that takes connections and is silent, threads hang; requests do not. */
    @Test
    @Timeout(60)
    void isOutOfReachWhereNobodyAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ReplayStore store = JdbcReplayStore.at(
                                "jdbc:h2:tcp://127.0.0.1:" + silent.getLocalPort() + "/mem:x", CLASSES, () -> now)
                        .orElseThrow()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> store.use("a", NOW))
                        .isInstanceOf(IOException.class)
                        .hasMessage("the database fails, SQLSTATE 08001");
            }
        }
    }

    /** And is left as it was. */
    @Test
    void noAnswerIsWaitedForLong() throws Exception {
        store();
        List<String> calls = new ArrayList<>();
        ReplayStore store = new JdbcReplayStore(() -> watched(DriverManager.getConnection(url), calls), () -> now);
        assertThat(store.use("a", NOW.plusSeconds(9))).isTrue();
        assertThat(calls)
                .startsWith("getNetworkTimeout", "setNetworkTimeout 1000")
                .endsWith("setNetworkTimeout 0", "close");
        calls.clear();
        execute("DROP TABLE mapae_once");
        assertThatThrownBy(() -> store.use("a", NOW)).isInstanceOf(IOException.class);
        assertThat(calls).endsWith("setNetworkTimeout 0", "abort", "close");
    }

    private static Connection watched(Connection real, List<String> calls) {
        return watched(real, calls, "");
    }

    /** @param unable what it cannot */
    private static Connection watched(Connection real, List<String> calls, String unable) {
        return (Connection) Proxy.newProxyInstance(
                CLASSES, new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(unable)) {
                        throw new UnsupportedOperationException(unable);
                    }
                    Object last = arguments == null ? "" : " " + arguments[arguments.length - 1];
                    calls.add(method.getName().equals("abort") ? "abort" : (method.getName() + last).strip());
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    /** As some wrappers do. */
    @Test
    void noConnectionIsLostWhereSomethingIsUnsupported() throws Exception {
        store();
        List<String> calls = new ArrayList<>();
        for (String unable : List.of("getNetworkTimeout", "setNetworkTimeout")) {
            ReplayStore store =
                    new JdbcReplayStore(() -> watched(DriverManager.getConnection(url), calls, unable), () -> now);
            assertThat(store.use(unable, NOW.plusSeconds(9))).isTrue();
            assertThat(calls).endsWith("close").doesNotContain("abort");
            calls.clear();
        }
        ReplayStore store =
                new JdbcReplayStore(() -> watched(DriverManager.getConnection(url), calls, "getAutoCommit"), () -> now);
        assertThatThrownBy(() -> store.use("a", NOW)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(calls).endsWith("abort", "close");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A pool may hand out what somebody else has left that way. */
    @Test
    void isWrittenAtOnce() throws Exception {
        store();
        List<String> calls = new ArrayList<>();
        ReplayStore store = new JdbcReplayStore(
                () -> {
                    Connection connection = DriverManager.getConnection(url);
                    connection.setAutoCommit(false);
                    return watched(connection, calls);
                },
                () -> now);
        assertThat(store.use("a", NOW.plusSeconds(9))).isTrue();
        assertThat(rows()).isEqualTo(1);
        assertThat(calls)
                .containsSubsequence("getAutoCommit", "setAutoCommit true", "setAutoCommit false")
                .endsWith("setAutoCommit false", "setNetworkTimeout 0", "close");
        calls.clear();
        execute("DROP TABLE mapae_once");
        assertThatThrownBy(() -> store.use("a", NOW)).isInstanceOf(IOException.class);
        assertThat(calls).endsWith("setAutoCommit false", "setNetworkTimeout 0", "abort", "close");
    }

    @Test
    void isOutOfReachWithoutDatabaseOrTable() {
        for (String location :
                new String[] {"jdbc:h2:mem:no-table", "jdbc:h2:tcp://127.0.0.1:1/mem:x", "java:comp/env/jdbc/none"}) {
            ReplayStore store = JdbcReplayStore.at(location, CLASSES, () -> now).orElseThrow();
            assertThatThrownBy(() -> store.use("secret-id", NOW))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the database fails, SQLSTATE ");
            assertThatThrownBy(() -> store.kept("a")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.keep("a", "", NOW)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void isAtDatabasesOnly() {
        assertThat(JdbcReplayStore.at("redis://a", CLASSES, () -> now)).isEmpty();
        assertThat(JdbcReplayStore.at("memory", CLASSES, () -> now)).isEmpty();
    }
}
