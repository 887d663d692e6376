package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import io.mapae.service.key.StoredKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcKeysTest {
    private static final Instant FROM = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final StoredKey FIRST = key(0, "first");

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

    abstract static class OnDatabase {
        private final Database database;
        private final JdbcKeys keys;

        OnDatabase(TestDatabase kind) throws StoreException {
            database = kind.emptied();
            keys = new JdbcKeys(database);
        }

        @Test
        void hasNothingAtFirst() throws StoreException {
            assertThat(keys.all()).isEmpty();
        }

        @Test
        void keepsAllOfAKey() throws StoreException {
            StoredKey longest =
                    new StoredKey(Long.MAX_VALUE, "i".repeat(64), "EdDSA", FROM, "p".repeat(4000), "s".repeat(8000));
            StoredKey secret = new StoredKey(1, "", "HS256", Instant.EPOCH, "", "");
            assertThat(keys.add(longest)).isTrue();
            assertThat(keys.add(secret)).isTrue();
            assertThat(keys.all()).containsExactlyInAnyOrder(longest, secret);
        }

        @Test
        void takesOneKeyAGeneration() throws StoreException {
            assertThat(keys.add(FIRST)).isTrue();
            assertThat(keys.add(key(0, "other"))).isFalse();
            assertThat(keys.add(key(1, "other"))).isTrue();
            assertThat(keys.all()).containsExactlyInAnyOrder(FIRST, key(1, "other"));
        }

        @Test
        void removesWhatItIsTold() throws StoreException {
            keys.add(FIRST);
            keys.add(key(1, "second"));
            keys.add(key(2, "third"));
            keys.remove(List.of(0L, 2L, 7L));
            assertThat(keys.all()).containsExactly(key(1, "second"));
            keys.remove(List.of());
            assertThat(keys.all()).containsExactly(key(1, "second"));
        }

        @Test
        void oneOfManyNodesAdds() throws Exception {
            List<Callable<Boolean>> adds =
                    new ArrayList<>(Collections.nCopies(8, () -> new JdbcKeys(database).add(FIRST)));
            ExecutorService threads = Executors.newFixedThreadPool(8);
            int added = 0;
            try {
                for (Future<Boolean> add : threads.invokeAll(adds)) {
                    added += add.get() ? 1 : 0;
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(added).isEqualTo(1);
        }

        @Test
        void anythingElseIsAStoreOutOfReach() {
            assertThatThrownBy(() -> keys.add(key(0, "i".repeat(65)))).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> keys.add(key(0, "\0".repeat(65)))).isInstanceOf(StoreException.class);
        }
    }

    private static StoredKey key(long generation, String id) {
        return new StoredKey(generation, id, "RS256", FROM, "{\"kty\":\"RSA\"}", "sealed");
    }
}
