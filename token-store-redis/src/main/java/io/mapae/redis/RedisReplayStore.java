package io.mapae.redis;

import io.mapae.replay.ReplayStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Each id a key, with {@code until:content}: nodes decide by their own clocks what is over, and Redis forgets it a while
 * after.
 */
final class RedisReplayStore implements ReplayStore {
    /** For nodes whose clocks are behind. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private static final Script ADD = Script.of("""
            local there = redis.call('GET', KEYS[1])
            if there and tonumber(string.match(there, '^[^:]+')) > tonumber(ARGV[1]) then return 0 end
            redis.call('SET', KEYS[1], ARGV[2] .. ':' .. ARGV[3], 'PX', ARGV[4])
            return 1
            """);

    private final Redis redis;
    private final InstantSource clock;

    RedisReplayStore(Redis redis, InstantSource clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public boolean use(String id, Instant until) throws IOException {
        return add(id, "", until);
    }

    @Override
    public void keep(String id, String content, Instant until) throws IOException {
        if (!add(id, content, until)) {
            throw new IOException("something is kept under this id");
        }
    }

    private boolean add(String id, String content, Instant until) throws IOException {
        long now = clock.millis();
        long kept = Math.max(1, until.toEpochMilli() - now + MARGIN.toMillis());
        List<String> arguments =
                List.of(Long.toString(now), Long.toString(until.toEpochMilli()), content, Long.toString(kept));
        try {
            return Long.valueOf(1).equals(redis.run(ADD, List.of(Keys.ONCE + id), arguments));
        } catch (JedisException failure) {
            throw Redis.failed(failure);
        }
    }

    @Override
    public Optional<String> kept(String id) throws IOException {
        try {
            String there = redis.client().get(Keys.ONCE + id);
            if (there == null) {
                return Optional.empty();
            }
            int colon = there.indexOf(':');
            return Long.parseLong(there.substring(0, colon)) > clock.millis()
                    ? Optional.of(there.substring(colon + 1))
                    : Optional.empty();
        } catch (JedisException failure) {
            throw Redis.failed(failure);
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
