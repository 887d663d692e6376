package io.mapae.redis;

import io.mapae.service.http.OutageContract;
import java.util.Map;
import java.util.UUID;

/** Accounts and keys in a database, all else in Redis. */
class RedisOutcomesTest extends OutageContract {
    @Override
    protected Map<String, String> store() {
        return Map.of(
                "service.store",
                "redis",
                "service.redis",
                TestRedis.uri(),
                "service.datasource",
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @Override
    protected void pause() {
        TestRedis.pause();
    }

    @Override
    protected void resume() {
        TestRedis.resume();
    }
}
