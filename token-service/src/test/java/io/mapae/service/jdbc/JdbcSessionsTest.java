package io.mapae.service.jdbc;

import io.mapae.service.session.SessionStore;
import io.mapae.service.session.SessionStoreContract;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

class JdbcSessionsTest {
    @Nested
    class OnH2 extends OnDatabase {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class OnPostgresql extends OnDatabase {
        OnPostgresql() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class OnMariadb extends OnDatabase {
        OnMariadb() {
            super(TestDatabase.MARIADB);
        }
    }

    abstract static class OnDatabase extends SessionStoreContract {
        private final TestDatabase kind;
        private String url = "";
        private Optional<Database> database = Optional.empty();

        OnDatabase(TestDatabase kind) {
            this.kind = kind;
        }

        @Override
        protected SessionStore open() throws Exception {
            if (url.isEmpty()) {
                url = kind.url();
            }
            if (database.isEmpty()) {
                database = Optional.of(DataSources.open(url, Optional.empty(), Optional.empty()));
                Schema.apply(database.get());
            }
            return new JdbcSessions(database.get(), () -> NOW);
        }

        @Override
        protected void close() {
            database.ifPresent(Database::close);
            database = Optional.empty();
        }

        @Override
        protected Optional<Denial> denial(String kind, String denied) throws Exception {
            return database
                    .orElseThrow()
                    .run(connection -> Statements.query(
                            connection,
                            "SELECT until, noted FROM mapae_revocation WHERE kind = ? AND denied = ?",
                            row -> new Denial(
                                    Instant.ofEpochMilli(row.getLong(1)),
                                    Optional.of(Instant.ofEpochMilli(row.getLong(2)))),
                            kind,
                            denied))
                    .stream()
                    .findFirst();
        }
    }
}
