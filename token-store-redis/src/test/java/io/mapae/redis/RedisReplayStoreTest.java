package io.mapae.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.replay.ReplayStore;
import io.mapae.replay.ReplayStoreContract;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisReplayStoreTest extends ReplayStoreContract {
    private final Redis redis = Redis.open(TestRedis.uri());

    @Override
    protected ReplayStore store() {
        redis.client().keys(Keys.ONCE + "*").forEach(redis.client()::del);
        return new RedisReplayStore(redis, () -> now);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void nodesShareIt() throws Exception {
        ReplayStore one = store();
        try (ReplayStore other =
                new RedisReplayStores().open(TestRedis.uri(), () -> now).orElseThrow()) {
            assertThat(one.use("a", NOW.plusSeconds(9))).isTrue();
            assertThat(other.use("a", NOW.plusSeconds(9))).isFalse();
            one.keep("b", "kept:", NOW.plusSeconds(9));
            assertThat(other.kept("b")).contains("kept:");
        }
    }

    @Test
    void redisForgetsAWhileAfterItIsOver() throws Exception {
        ReplayStore store = store();
        store.use("later", NOW.plusSeconds(60));
        assertThat(redis.client().pttl(Keys.ONCE + "later")).isBetween(600_000L, 660_000L);
        assertThat(store.use("long ago", NOW.minusSeconds(3600))).isTrue();
        assertThat(redis.client().pttl(Keys.ONCE + "long ago")).isLessThanOrEqualTo(1);
    }

    @Test
    void isOutOfReachWithoutRedis() throws Exception {
        for (String nobody : new String[] {"redis://:s3cret@127.0.0.1:1", "redis://127.0.0.1:1,redis://127.0.0.1:2"}) {
            try (ReplayStore store =
                    new RedisReplayStores().open(nobody, InstantSource.system()).orElseThrow()) {
                assertThatThrownBy(() -> store.use("secret-id", NOW))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("Redis does not answer (");
                assertThatThrownBy(() -> store.kept("a")).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> store.keep("a", "", NOW)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void isAtRedisOnly() {
        for (String location : new String[] {"memory", "jdbc:h2:mem:x", "redisx:", "redis"}) {
            assertThat(new RedisReplayStores().open(location, () -> now)).isEmpty();
        }
        assertThatThrownBy(() -> new RedisReplayStores().open("redis://:s3cret@", () -> now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }
}
