package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.jdbc.Jdbc;
import io.mapae.replay.JdbcReplayStore;
import io.mapae.replay.ReplayStore;
import io.mapae.replay.ReplayStoreContract;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One-time use with the tables that we make. */
class JdbcReplayTest {
    @Nested
    class OnH2 extends OnDatabase {
        OnH2() throws Exception {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class OnPostgresql extends OnDatabase {
        OnPostgresql() throws Exception {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class OnMariadb extends OnDatabase {
        OnMariadb() throws Exception {
            super(TestDatabase.MARIADB);
        }
    }

    /** A server that is there and answers nothing, neither what connects nor what asks. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    @Timeout(60)
    void isOutOfReachSoon(TestDatabase kind) throws Exception {
        String url = kind.sharedUrl();
        var unused = kind.emptied();
        try (ReplayStore connecting = JdbcReplayStore.at(url, getClass().getClassLoader(), InstantSource.system())
                        .orElseThrow();
                Connection connection = DriverManager.getConnection(url);
                ReplayStore asking = new JdbcReplayStore(() -> connection, InstantSource.system())) {
            kind.pause();
            try {
                for (ReplayStore store : List.of(connecting, asking)) {
                    assertThatThrownBy(() -> store.use("id", Instant.EPOCH))
                            .isInstanceOf(IOException.class)
                            .hasMessageStartingWith("the database fails, SQLSTATE 08");
                }
            } finally {
                kind.resume();
            }
        }
    }

    /** Whatever waited for a server that took connections and was silent is over soon after it speaks. */
    @Test
    @Timeout(60)
    void recoversFromSilence() throws Exception {
        String url = TestDatabase.POSTGRESQL.sharedUrl();
        var unused = TestDatabase.POSTGRESQL.emptied();
        Matcher address = Pattern.compile("//([^/:]+):(\\d+)/").matcher(url);
        assertThat(address.find()).isTrue();
        try (SilentAtFirst server = new SilentAtFirst(address.group(1), Integer.parseInt(address.group(2)))) {
            String through = address.replaceFirst("//127.0.0.1:" + server.port() + "/");
            try (ReplayStore store = JdbcReplayStore.at(through, getClass().getClassLoader(), InstantSource.system())
                    .orElseThrow()) {
                List<CompletableFuture<Void>> attempts = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    attempts.add(CompletableFuture.runAsync(
                            () -> assertThatThrownBy(() -> store.use("id", Instant.EPOCH))
                                    .hasMessageEndingWith("SQLSTATE 08001"),
                            task -> new Thread(task).start()));
                }
                attempts.forEach(CompletableFuture::join);
                server.speak();
                while (!works(store)) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
        }
    }

    private static boolean works(ReplayStore store) {
        try {
            return store.use("id", Instant.ofEpochMilli(Long.MAX_VALUE));
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What the server sends while a reading takes longer than a connecting may. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    @Timeout(60)
    void aReadingMayTakeLongerThanConnecting(TestDatabase kind) throws Exception {
        String millis = kind == TestDatabase.POSTGRESQL ? "1" : "1000";
        String sleep = kind == TestDatabase.POSTGRESQL ? "SELECT pg_sleep(2)" : "SELECT SLEEP(2)";
        String url = kind.sharedUrl();
        try (Connection connection =
                DriverManager.getConnection(url + (url.indexOf('?') < 0 ? '?' : '&') + "socketTimeout=" + millis)) {
            Jdbc.Patience patience = Jdbc.bound(connection, Duration.ofSeconds(30));
            assertThat(Statements.query(connection, sleep, row -> true)).containsExactly(true);
            patience.end();
            assertThatThrownBy(() -> Statements.query(connection, sleep, row -> true))
                    .isInstanceOf(SQLException.class);
        }
    }

    abstract static class OnDatabase extends ReplayStoreContract {
        private final TestDatabase kind;

        OnDatabase(TestDatabase kind) throws Exception {
            this.kind = kind;
            var unused = kind.emptied();
        }

        @Override
        protected ReplayStore store() {
            return JdbcReplayStore.at(kind.sharedUrl(), getClass().getClassLoader(), () -> now)
                    .orElseThrow();
        }

        @Test
        void theLongestIsKept() throws Exception {
            ReplayStore store = store();
            String content = "\ud83d\ude80".repeat(ReplayStore.MAX_CONTENT / 2);
            store.keep("i".repeat(100), content, NOW.plusSeconds(1));
            assertThat(store.kept("i".repeat(100))).contains(content);
            assertThat(store.kept("i".repeat(99))).isEmpty();
        }
    }
}
