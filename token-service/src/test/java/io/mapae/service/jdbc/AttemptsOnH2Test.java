package io.mapae.service.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.service.throttle.AttemptStore;
import io.mapae.service.throttle.AttemptStoreContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptsOnH2Test extends AttemptStoreContract {
    private final MemoryDatabase memory;

    AttemptsOnH2Test() throws Exception {
        memory = new MemoryDatabase();
    }

    @Override
    protected AttemptStore store(InstantSource clock) {
        return new JdbcAttempts(memory.database, clock);
    }

    @Test
    void purgesWhatHasExpired() throws Exception {
        Instant now = Instant.ofEpochMilli(1_772_366_400_000L);
        JdbcAttempts store = new JdbcAttempts(memory.database, () -> now);
        AttemptStore.Attempts once = new AttemptStore.Attempts(1, now);
        assertThat(store.replace("gone", Optional.empty(), once, now)).isTrue();
        assertThat(store.replace("there", Optional.empty(), once, now.plusMillis(1)))
                .isTrue();
        assertThat(store.purge()).isEqualTo(1);
        assertThat(store.purge()).isZero();
        assertThat(store.read("there")).contains(once);
    }

    @AfterEach
    void close() throws Exception {
        memory.close();
    }
}
