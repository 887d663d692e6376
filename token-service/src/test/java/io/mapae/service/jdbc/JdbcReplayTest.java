package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.replay.JdbcReplayStore;
import io.mapae.replay.ReplayStore;
import io.mapae.replay.ReplayStoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

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

    abstract static class OnDatabase extends ReplayStoreContract {
        private final TestDatabase kind;

        OnDatabase(TestDatabase kind) throws Exception {
            this.kind = kind;
            var unused = kind.emptied();
        }

        @Override
        protected ReplayStore store() {
            return JdbcReplayStore.at(kind.sharedUrl(), () -> now).orElseThrow();
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
