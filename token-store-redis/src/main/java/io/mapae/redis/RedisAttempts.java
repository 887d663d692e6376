package io.mapae.redis;

import io.mapae.service.StoreException;
import io.mapae.service.throttle.AttemptStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Attempts as {@code failures:last}, which Redis forgets by itself. */
final class RedisAttempts implements AttemptStore {
    private static final Script REPLACE = Script.of("""
            if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[2], 'PXAT', ARGV[3])
            return 1
            """);

    private final Redis redis;

    RedisAttempts(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Optional<Attempts> read(String key) throws StoreException {
        return Optional.ofNullable(RedisStores.call(redis, open -> open.get(Keys.ATTEMPTS + key)))
                .map(RedisAttempts::attempts);
    }

    @Override
    public boolean replace(String key, Optional<Attempts> before, Attempts after, Instant expires)
            throws StoreException {
        Object done = RedisStores.run(
                redis,
                REPLACE,
                List.of(Keys.ATTEMPTS + key),
                List.of(
                        before.map(RedisAttempts::text).orElse(""),
                        text(after),
                        Long.toString(expires.toEpochMilli())));
        return Long.valueOf(1).equals(done);
    }

    private static String text(Attempts attempts) {
        return attempts.failures() + ":" + attempts.last().toEpochMilli();
    }

    private static Attempts attempts(String text) {
        int colon = text.indexOf(':');
        return new Attempts(
                Integer.parseInt(text.substring(0, colon)),
                Instant.ofEpochMilli(Long.parseLong(text.substring(colon + 1))));
    }
}
