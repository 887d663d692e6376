package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.service.throttle.AttemptStore;
import io.mapae.service.throttle.AttemptStore.Attempts;
import io.mapae.service.throttle.AttemptStoreContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcAttemptsTest {
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

    abstract static class OnDatabase extends AttemptStoreContract {
        private final Database database;

        OnDatabase(TestDatabase kind) throws Exception {
            database = kind.emptied();
        }

        @Override
        protected AttemptStore store(InstantSource clock) {
            return new JdbcAttempts(database, clock);
        }

        @Test
        void purgesWhatHasExpired() throws Exception {
            Instant now = begin();
            AttemptStore store = store(() -> now);
            Attempts once = new Attempts(1, now);
            assertThat(store.replace("gone", Optional.empty(), once, now)).isTrue();
            assertThat(store.replace("there", Optional.empty(), once, now.plusMillis(1)))
                    .isTrue();
            store.purge();
            assertThat(rows()).isEqualTo(1);
            assertThat(store.read("there")).contains(once);
        }

        private long rows() throws Exception {
            return database.run(connection ->
                            Statements.query(connection, "SELECT COUNT(*) FROM mapae_attempts", row -> row.getLong(1)))
                    .get(0);
        }
    }
}
