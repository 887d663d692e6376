package io.mapae.redis;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.JedisURIHelper;

/** Connections to Redis, which wait for nothing longer than about a second. Safe for use by several threads. */
final class Redis implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final Duration PATIENCE = Duration.ofMillis(700);

    /** What is broken is found, when Redis was started again, without a request that runs into it. */
    private static final Duration CHECK_PERIOD = Duration.ofSeconds(1);

    /** A subscription that is silent for so long is begun anew: a connection that is lost does not always show. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Supplier<UnifiedJedis> connections;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable UnifiedJedis client;
    private boolean closed;

    private Redis(Supplier<UnifiedJedis> connections) {
        this.connections = connections;
    }

    /**
     * Connects to nothing yet.
     *
     * @param setting {@code redis://[[user]:password@]host[:port][/database]}, {@code rediss:} for TLS; of a cluster some
     *     nodes, each like this, separated by commas
     * @throws IllegalArgumentException with what is wrong with the setting, to be told behind its name; without the URI, which
     *     may hold a password
     */
    static Redis open(String setting) {
        List<URI> nodes = Arrays.stream(setting.split(",", -1))
                .map(node -> uri(node.strip()))
                .toList();
        if (nodes.stream().map(URI::getScheme).distinct().count() > 1) {
            throw new IllegalArgumentException("has nodes with TLS (rediss:) and nodes without (redis:)");
        }
        return new Redis(() -> nodes.size() == 1 ? single(nodes.get(0)) : cluster(nodes));
    }

    private static UnifiedJedis single(URI node) {
        return RedisClient.builder()
                .hostAndPort(hostAndPort(node))
                .clientConfig(config(node))
                .poolConfig(pool())
                .build();
    }

    private static UnifiedJedis cluster(List<URI> nodes) {
        Set<HostAndPort> hosts = nodes.stream().map(Redis::hostAndPort).collect(Collectors.toSet());
        return RedisClusterClient.builder()
                .nodes(hosts)
                .clientConfig(config(nodes.get(0)))
                .poolConfig(pool())
                .maxAttempts(3)
                .maxTotalRetriesDuration(PATIENCE)
                .build();
    }

    private static URI uri(String text) {
        @Nullable URI uri = null;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException unreadable) {
            // Its message holds the text.
        }
        if (uri == null
                || uri.getHost() == null
                || !Set.of("redis", "rediss").contains(String.valueOf(uri.getScheme()))) {
            throw new IllegalArgumentException("is no URI like redis://:password@host:6379/0");
        }
        return uri;
    }

    private static HostAndPort hostAndPort(URI uri) {
        return new HostAndPort(uri.getHost(), uri.getPort() < 0 ? 6379 : uri.getPort());
    }

    private static JedisClientConfig config(URI uri) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis((int) PATIENCE.toMillis())
                .socketTimeoutMillis((int) PATIENCE.toMillis())
                .blockingSocketTimeoutMillis((int) SILENCE.toMillis())
                .clientName("mapae");
        if (uri.getUserInfo() != null) {
            config.user(JedisURIHelper.getUser(uri)).password(JedisURIHelper.getPassword(uri));
        }
        if (JedisURIHelper.hasDbIndex(uri)) {
            config.database(JedisURIHelper.getDBIndex(uri));
        }
        if (JedisURIHelper.isRedisSSLScheme(uri)) {
            config.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        return config.build();
    }

    private static ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(PATIENCE);
        pool.setTestWhileIdle(true);
        pool.setTimeBetweenEvictionRuns(CHECK_PERIOD);
        pool.setJmxEnabled(false);
        return pool;
    }

    /** In one round trip, but for the first time. */
    @Nullable
    Object run(Script script, List<String> keys, List<String> arguments) {
        UnifiedJedis open = client();
        try {
            return open.evalsha(script.digest(), keys, arguments);
        } catch (JedisNoScriptException unknown) {
            return open.eval(script.text(), keys, arguments);
        }
    }

    /**
     * For single commands.
     *
     * @throws JedisException if there is none yet, as no node of a cluster answers
     */
    UnifiedJedis client() {
        UnifiedJedis open = client;
        return open != null ? open : opened();
    }

    /** By one at a time, whom nobody waits for long. */
    private UnifiedJedis opened() {
        try {
            if (!opening.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new JedisConnectionException("no connection yet");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new JedisConnectionException("interrupted", stopped);
        }
        try {
            UnifiedJedis open = client;
            if (closed) {
                throw new JedisConnectionException("closed");
            }
            if (open == null) {
                open = connections.get();
                client = open;
            }
            return open;
        } finally {
            opening.unlock();
        }
    }

    static IOException failed(JedisException failure) {
        return new IOException(message(failure), failure);
    }

    /** The kind of failure alone is told, as messages may hold what was sent; but all of a handshake, which is before that. */
    static String message(JedisException failure) {
        String kind = handshake(failure)
                .map(refused -> "SSLHandshakeException: " + refused.getMessage())
                .orElse(failure.getClass().getSimpleName());
        return "Redis does not answer (" + kind + ")";
    }

    /** Of a cluster's nodes it is suppressed. */
    private static Optional<Throwable> handshake(Throwable failure) {
        return failure instanceof SSLHandshakeException
                ? Optional.of(failure)
                : Stream.concat(Stream.ofNullable(failure.getCause()), Arrays.stream(failure.getSuppressed()))
                        .flatMap(cause -> handshake(cause).stream())
                        .findFirst();
    }

    @Override
    public void close() {
        opening.lock();
        try {
            closed = true;
            UnifiedJedis open = client;
            if (open != null) {
                open.close();
            }
        } finally {
            opening.unlock();
        }
    }
}
