package io.mapae.service.http;

import io.mapae.service.jdbc.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class OutcomesTest {
    @Nested
    class OnH2 extends OutcomesContract {
        @Override
        protected Map<String, String> store() {
            return settings(TestDatabase.H2);
        }
    }

    @Nested
    class OnPostgresql extends OnServer {
        OnPostgresql() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class OnMariadb extends OnServer {
        OnMariadb() {
            super(TestDatabase.MARIADB);
        }
    }

    private static Map<String, String> settings(TestDatabase database) {
        return Map.of("service.datasource", database.url());
    }

    abstract static class OnServer extends OutageContract {
        private final TestDatabase database;

        OnServer(TestDatabase database) {
            this.database = database;
        }

        @Override
        protected Map<String, String> store() {
            return settings(database);
        }

        @Override
        protected void pause() {
            database.pause();
        }

        @Override
        protected void resume() {
            database.resume();
        }
    }
}
