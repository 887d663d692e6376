package io.mapae.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.params.XAddParams;

/** From the settings to the answer. */
@Timeout(120)
class VerifyingNodeTest {
    private final String id = UUID.randomUUID().toString();
    private final Instant until = Instant.now().plusSeconds(600);

    @Test
    void refusesWhatIsDenied() throws Exception {
        try (Redis redis = Redis.open(TestRedis.uri());
                VerifyingNode node = new VerifyingNode(TestRedis.uri(), "revocation.poll", "PT1M")) {
            RedisSessions sessions = new RedisSessions(redis);
            sessions.deny("before " + id, until);
            assertThat(node.becomes(200, id, id)).isTrue();
            assertThat(node.becomes(401, id, "before " + id)).isTrue();
            sessions.end(id, until);
            assertThat(node.becomes(401, id, id)).isTrue();
            assertThat(node.status("/", "other", id)).isEqualTo(200);
            sessions.deny(id, until);
            assertThat(node.becomes(401, "other", id)).isTrue();
            assertThat(node.status("/", "other", "other")).isEqualTo(200);
        }
    }

    /** As if the message had been lost, and long before the next reading. */
    @Test
    void findsWhatNobodyHasTold() throws Exception {
        try (Redis redis = Redis.open(TestRedis.uri());
                VerifyingNode node = new VerifyingNode(TestRedis.uri(), "revocation.poll", "PT1M")) {
            new RedisSessions(redis).deny("told " + id, until);
            assertThat(node.becomes(401, "s", "told " + id)).isTrue();
            String millis = Long.toString(until.toEpochMilli());
            redis.client().xadd(Keys.DENIALS, Map.of("name", "jti:" + id, "until", millis), XAddParams.xAddParams());
            assertThat(node.becomes(401, "s", id)).isTrue();
        }
    }

    @Test
    void outlivesAnOutage() throws Exception {
        TestRedis server = new TestRedis();
        try (Redis redis = Redis.open(server.address());
                VerifyingNode node = new VerifyingNode(server.address(), "revocation.max-stale", "PT2S")) {
            new RedisSessions(redis).end(id, until);
            assertThat(node.becomes(401, id, "t")).isTrue();
            server.kill();
            assertThat(node.becomes(503, "s", "t")).isTrue();
            assertThat(node.status("/once", "s", "t")).isEqualTo(503);
            server.restart();
            assertThat(node.becomes(200, "s", "t")).isTrue();
            assertThat(node.status("/", id, "t")).isEqualTo(401);
            try (Redis another = Redis.open(server.address())) {
                new RedisSessions(another).deny("after", until);
                assertThat(node.becomes(401, "s", "after")).isTrue();
            }
        } finally {
            server.kill();
        }
    }

    @Test
    void letsATokenPassOnceOnAllNodes() throws Exception {
        try (VerifyingNode one = new VerifyingNode(TestRedis.uri());
                VerifyingNode other = new VerifyingNode(TestRedis.uri())) {
            assertThat(one.becomes(200, "s", id)).isTrue();
            assertThat(other.becomes(200, "s", id)).isTrue();
            assertThat(one.status("/once", "s", id)).isEqualTo(200);
            assertThat(one.status("/once", "s", id)).isEqualTo(401);
            assertThat(other.status("/once", "s", id)).isEqualTo(401);
            assertThat(other.status("/once", "s", "other " + id)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://127.0.0.1:1", "redis://127.0.0.1:1,redis://127.0.0.1:2"})
    void startsWithoutRedisAndIsUnavailable(String nobody) {
        try (VerifyingNode node = new VerifyingNode(nobody)) {
            assertThat(node.status("/", "s", id)).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:s3cret@", "rediss://:s3cret@host,nonsense"})
    void whatIsNoUriIsToldWithoutIt(String nonsense) {
        assertThatThrownBy(() -> new VerifyingNode(nonsense).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("redis://:password@host:6379/0")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void needsNothingOfTheTokenService() throws Exception {
        try (Redis redis = Redis.open(TestRedis.uri())) {
            new RedisSessions(redis).end(id, until);
        }
        Class<?> node = new WithoutService().loadClass(VerifyingNode.class.getName());
        try (AutoCloseable there = (AutoCloseable)
                node.getConstructor(String.class, String[].class).newInstance(TestRedis.uri(), new String[0])) {
            var becomes = node.getMethod("becomes", int.class, String.class, String.class);
            var status = node.getMethod("status", String.class, String.class, String.class);
            assertThat(becomes.invoke(there, 401, id, "t")).isEqualTo(true);
            assertThat(becomes.invoke(there, 200, "s", "t")).isEqualTo(true);
            assertThat(status.invoke(there, "/once", "s", id)).isEqualTo(200);
            assertThat(status.invoke(there, "/once", "s", id)).isEqualTo(401);
        }
    }

    /** Has everything but {@code io.mapae.service} and what it declares. */
    private static final class WithoutService extends ClassLoader {
        WithoutService() {
            super(VerifyingNodeTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.mapae.")) {
                return super.loadClass(name, resolve);
            }
            if (name.startsWith("io.mapae.service.")) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : defined(name);
            }
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals("META-INF/services/io.mapae.config.Declaration")
                    ? Collections.emptyEnumeration()
                    : super.getResources(name);
        }
    }
}
