package io.mapae.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.redis.RedisRevocations.Denial;
import io.mapae.redis.RedisRevocations.Position;
import io.mapae.redis.RedisRevocations.Read;
import io.mapae.redis.RedisRevocations.Wakening;
import io.mapae.revocation.RevocationSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisRevocationsTest {
    private final Instant until = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(600);

    private final Redis redis = Redis.open(TestRedis.uri());
    private final RedisSessions sessions = new RedisSessions(redis);
    private final RedisRevocations revocations = new RedisRevocations(redis);

    @BeforeEach
    void nothingIsDenied() {
        redis.client().del(Keys.DENIED);
        redis.client().del(Keys.DENIALS);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void allIsLoaded() throws Exception {
        List<Denial> expected = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            String id = "a:b' " + i;
            sessions.deny(id, until.plusMillis(i));
            expected.add(new Denial("jti", id, until.plusMillis(i)));
        }
        sessions.end("sid:" + 1, until);
        expected.add(new Denial("sid", "sid:1", until));
        assertThat(revocations.load().denials()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void whatIsNewFollows() throws Exception {
        Read begin = revocations.load();
        assertThat(begin.denials()).isEmpty();
        assertThat(revocations.since(begin.position())).contains(begin);
        sessions.deny("one", until);
        Read first = revocations.since(begin.position()).orElseThrow();
        assertThat(first.denials()).containsExactly(new Denial("jti", "one", until));
        assertThat(revocations.load().position()).isEqualTo(first.position());
        sessions.end("two", until);
        sessions.deny("three", until);
        Read second = revocations.since(first.position()).orElseThrow();
        assertThat(second.denials())
                .containsExactly(new Denial("sid", "two", until), new Denial("jti", "three", until));
        assertThat(revocations.since(second.position()).orElseThrow().denials()).isEmpty();
    }

    @Test
    void manyFollowSomeAtATime() throws Exception {
        Read read = revocations.load();
        for (int i = 0; i < 2500; i++) {
            sessions.deny(UUID.randomUUID().toString(), until);
        }
        int count = 0;
        do {
            read = revocations.since(read.position()).orElseThrow();
            count += read.denials().size();
        } while (!read.denials().isEmpty());
        assertThat(count).isEqualTo(2500);
    }

    @Test
    void whoMissedSomethingLoadsAgain() throws Exception {
        Position begin = revocations.load().position();
        sessions.deny("one", until);
        Position position = revocations.load().position();
        sessions.deny("two", until);
        redis.client().xtrim(Keys.DENIALS, 1, false);
        assertThat(revocations.since(begin)).isEmpty();
        assertThat(revocations.since(position)).isEmpty();
        redis.client().del(Keys.DENIALS);
        assertThat(revocations.since(position)).isEmpty();
        sessions.deny("another history", until);
        assertThat(revocations.since(position)).isEmpty();
        assertThat(revocations.since(new Position("1-0", Map.of("name", "jti:x"))))
                .isEmpty();
        assertThat(revocations.since(revocations.load().position())).isPresent();
    }

    @Test
    void redisForgetsDenialsADayAfterTheLast() throws Exception {
        sessions.deny("last", until);
        sessions.deny("first", until.minusSeconds(300));
        Instant expiry = Instant.now().plusMillis(redis.client().pttl(Keys.DENIED));
        Instant expected = until.plus(1, ChronoUnit.DAYS);
        assertThat(expiry).isBetween(expected.minusSeconds(60), expected.plusSeconds(1));
    }

    /** What stops it may come before Redis has answered. */
    @Test
    void whoIsStoppedBeforeItIsSubscribedEndsThen() throws Exception {
        Semaphore wakes = new Semaphore(0);
        Wakening wakening = new Wakening(wakes::release);
        wakening.stop();
        revocations.subscribe(wakening);
        assertThat(wakes.availablePermits()).isZero();
    }

    @Test
    void noThreadIsLeftBehind() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (RevocationSource source = new RedisRevocationSource(redis, () -> {})) {
                source.listen(revocation -> {});
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("mapae-redis-"));
        }
    }

    @Test
    void whoIsSubscribedIsWoken() throws Exception {
        Semaphore wakes = new Semaphore(0);
        Wakening wakening = new Wakening(wakes::release);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Optional<Void>> ended = thread.submit(() -> {
                revocations.subscribe(wakening);
                return Optional.empty();
            });
            assertThat(wakes.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            sessions.deny("one", until);
            assertThat(wakes.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            sessions.end("two", until);
            assertThat(wakes.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            wakening.stop();
            ended.get(10, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
    }
}
