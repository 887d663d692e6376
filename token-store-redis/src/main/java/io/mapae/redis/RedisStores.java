package io.mapae.redis;

import io.mapae.revocation.RevocationSource;
import io.mapae.service.StoreException;
import io.mapae.service.Stores;
import io.mapae.service.session.SessionStore;
import io.mapae.service.throttle.AttemptStore;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** The stores of a token service on one Redis or cluster, which share their connections. Safe for use by several threads. */
public final class RedisStores implements Stores {
    private final Redis redis;
    private final SessionStore sessions;
    private final AttemptStore attempts;

    private RedisStores(Redis redis) {
        this.redis = redis;
        this.sessions = new RedisSessions(redis);
        this.attempts = new RedisAttempts(redis);
    }

    /**
     * Redis need not be there yet, but of a cluster one node.
     *
     * @param setting {@code redis://[[user]:password@]host[:port][/database]}, {@code rediss:} for TLS; of a cluster some
     *     nodes, each like this, separated by commas
     * @throws IllegalArgumentException with what is wrong with the setting, to be told behind its name
     * @throws StoreException if no node of a cluster answers
     */
    public static RedisStores open(String setting) throws StoreException {
        Redis redis = Redis.open(setting);
        boolean unused = call(redis, open -> true);
        return new RedisStores(redis);
    }

    @Override
    public SessionStore sessions() {
        return sessions;
    }

    @Override
    public AttemptStore attempts() {
        return attempts;
    }

    @Override
    public RevocationSource revocations() {
        return new RedisRevocationSource(redis, () -> {});
    }

    static @Nullable Object run(Redis redis, Script script, List<String> keys, List<String> arguments)
            throws StoreException {
        return call(redis, open -> redis.run(script, keys, arguments));
    }

    /** What a command answers. */
    static <T extends @Nullable Object> T call(Redis redis, Function<UnifiedJedis, T> command) throws StoreException {
        try {
            return command.apply(redis.client());
        } catch (JedisException failure) {
            throw new StoreException(Redis.message(failure), failure);
        }
    }

    /** Closes the connections. */
    @Override
    public void close() {
        redis.close();
    }
}
