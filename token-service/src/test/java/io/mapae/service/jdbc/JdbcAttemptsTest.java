package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
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

        private final TestDatabase kind;

        OnDatabase(TestDatabase kind) throws Exception {
            this.kind = kind;
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
            assertThat(rows(database)).isEqualTo(1);
            assertThat(store.read("there")).contains(once);
        }

        /** After a flood, one statement for all of it takes longer than a statement may. */
        @Test
        void purgesSomeAtATime() throws Exception {
            Instant now = begin();
            try (Database flooded = kind.withTables()) {
                AttemptStore store = new JdbcAttempts(flooded, () -> now);
                flooded.inTransaction(connection -> {
                    for (int i = 0; i < 1_100; i++) {
                        Statements.update(
                                connection,
                                "INSERT INTO mapae_attempts (id, failures, last, until) VALUES (?, 1, 0, 0)",
                                "id" + (1_000 + i));
                    }
                    return true;
                });
                flooded.inTransaction(other -> {
                    Statements.update(other, "UPDATE mapae_attempts SET failures = 2 WHERE id = 'id2099'");
                    assertThatThrownBy(store::purge).isInstanceOf(StoreException.class);
                    return true;
                });
                assertThat(rows(flooded)).isEqualTo(100);
                store.purge();
                assertThat(rows(flooded)).isZero();
            }
        }

        private static long rows(Database database) throws Exception {
            return database.run(connection ->
                            Statements.query(connection, "SELECT COUNT(*) FROM mapae_attempts", row -> row.getLong(1)))
                    .get(0);
        }
    }
}
