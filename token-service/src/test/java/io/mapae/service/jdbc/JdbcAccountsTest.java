package io.mapae.service.jdbc;

import org.junit.jupiter.api.Nested;

class JdbcAccountsTest {
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

    abstract static class OnDatabase extends JdbcAccountsContract {
        private final Database database;

        OnDatabase(TestDatabase kind) throws Exception {
            database = kind.emptied();
        }

        @Override
        protected Database database() {
            return database;
        }
    }
}
