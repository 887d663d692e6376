package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.replay.JdbcReplayStore;
import io.mapae.replay.ReplayStore;
import io.mapae.replay.ReplayStoreContract;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
