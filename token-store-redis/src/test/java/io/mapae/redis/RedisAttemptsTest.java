package io.mapae.redis;

import io.mapae.service.throttle.AttemptStore;
import io.mapae.service.throttle.AttemptStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Redis forgets by its own clock, so that the time is the real one here. */
class RedisAttemptsTest extends AttemptStoreContract {
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Redis redis = Redis.open(TestRedis.uri());

    @Override
    protected Instant begin() {
        return begin;
    }

    @Override
    protected void pass() throws InterruptedException {
        super.pass();
        TimeUnit.MILLISECONDS.sleep(
                Duration.between(Instant.now(), begin.plusMillis(1_010)).toMillis());
    }

    @Override
    protected AttemptStore store(InstantSource clock) {
        redis.client().keys(Keys.ATTEMPTS + "*").forEach(redis.client()::del);
        return new RedisAttempts(redis);
    }

    @AfterEach
    void close() {
        redis.close();
    }
}
