package io.mapae.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.service.throttle.AttemptStore;
import io.mapae.service.throttle.AttemptStore.Attempts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisAttemptsTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Instant later = now.plusSeconds(600);
    private final String key = "al'ice \u00eb \ud83d\ude80" + UUID.randomUUID();
    private Optional<RedisStores> stores = Optional.empty();

    @BeforeEach
    void open() throws Exception {
        stores = Optional.of(RedisStores.open(TestRedis.uri()));
    }

    @AfterEach
    void close() {
        stores.ifPresent(RedisStores::close);
    }

    private AttemptStore store() {
        return stores.orElseThrow().attempts();
    }

    @Test
    void onlyExactlyWhatWasBeforeIsReplaced() throws Exception {
        Attempts one = new Attempts(1, now);
        Attempts two = new Attempts(2, now.plusMillis(1));
        assertThat(store().read(key)).isEmpty();
        assertThat(store().replace(key, Optional.of(one), two, later)).isFalse();
        assertThat(store().replace(key, Optional.empty(), one, later)).isTrue();
        assertThat(store().replace(key, Optional.empty(), two, later)).isFalse();
        assertThat(store().replace(key, Optional.of(two), one, later)).isFalse();
        assertThat(store().replace(key, Optional.of(new Attempts(1, now.plusMillis(1))), two, later))
                .isFalse();
        assertThat(store().read(key)).contains(one);
        assertThat(store().replace(key, Optional.of(one), two, later)).isTrue();
        assertThat(store().read(key)).contains(two);
        assertThat(store().read(key.toUpperCase(Locale.ROOT))).isEmpty();
    }

    @Test
    void whatHasExpiredIsGone() throws Exception {
        assertThat(store().replace(key, Optional.empty(), new Attempts(7, now), now.minusMillis(1)))
                .isTrue();
        assertThat(store().read(key)).isEmpty();
        assertThat(store().replace(key, Optional.empty(), new Attempts(1, now), later))
                .isTrue();
    }

    @Test
    void ofManyAtOnceOneReplaces() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<Boolean>> racers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Attempts mine = new Attempts(1, now.plusMillis(i));
                racers.add(() -> store().replace(key, Optional.empty(), mine, later));
            }
            int won = 0;
            for (Future<Boolean> racer : threads.invokeAll(racers)) {
                won += racer.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }
}
