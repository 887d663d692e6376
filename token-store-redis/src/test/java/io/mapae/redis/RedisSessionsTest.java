package io.mapae.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.session.Session;
import io.mapae.service.session.SessionStore;
import io.mapae.service.session.SessionStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedisSessionsTest extends SessionStoreContract {
    private Optional<Redis> redis = Optional.empty();

    @Override
    protected SessionStore open() {
        if (redis.isEmpty()) {
            redis = Optional.of(Redis.open(TestRedis.uri()));
        }
        return new RedisSessions(redis.get());
    }

    @Override
    protected void close() {
        redis.ifPresent(Redis::close);
        redis = Optional.empty();
    }

    @Override
    protected Optional<Denial> denial(String kind, String denied) {
        Double until = redis.orElseThrow().client().zscore(Keys.DENIED, kind + ":" + denied);
        return Optional.ofNullable(until)
                .map(score -> new Denial(Instant.ofEpochMilli(score.longValue()), Optional.empty()));
    }

    @Test
    void redisForgetsADayAfterASessionIsOver() throws Exception {
        Session session = added();
        Instant forgotten = NOW.plus(Duration.ofDays(15));
        assertThat(expiry(Keys.SESSION + session.id())).isBetween(forgotten.minusSeconds(60), forgotten.plusSeconds(1));
        Session rotated = rotated(session, "digest-1");
        new RedisSessions(redis.orElseThrow()).replace(session, rotated);
        assertThat(expiry(Keys.SESSION + session.id())).isAfter(forgotten.plusSeconds(1));
        Instant accountForgotten = NOW.plus(Duration.ofDays(91));
        assertThat(expiry(Keys.ACCOUNT + session.account()))
                .isBetween(accountForgotten.minusSeconds(60), accountForgotten.plusSeconds(1));
    }

    /** Its answer may get lost on the way, and then it is sent again. */
    @Test
    void addedTwiceIsAddedOnce() throws Exception {
        Session session = added();
        RedisSessions store = new RedisSessions(redis.orElseThrow());
        store.add(session);
        assertThat(store.of(session.account())).containsExactly(session);
        assertThat(store.replace(session, rotated(session, "digest-1"))).isTrue();
        assertThatThrownBy(() -> store.add(session)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void manySessionsArePurgedAtOnce() throws Exception {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            sessions.add(added());
        }
        RedisSessions store = new RedisSessions(redis.orElseThrow());
        store.purge(NOW.plus(Duration.ofDays(14)));
        assertThat(store.find(sessions.get(0).id())).isPresent();
        store.purge(NOW.plus(Duration.ofDays(14)).plusMillis(1));
        for (Session session : sessions) {
            assertThat(store.find(session.id())).isEmpty();
            assertThat(redis.orElseThrow().client().exists(Keys.ACCOUNT + session.account()))
                    .isFalse();
        }
    }

    @Test
    void allKeysAreInOneSlotOfACluster() throws Exception {
        added();
        open().end(added().id(), NOW);
        assertThat(List.copyOf(redis.orElseThrow().client().keys("*"))).allMatch(key -> key.startsWith("{mapae}:"));
    }

    private Instant expiry(String key) {
        return Instant.now().plusMillis(redis.orElseThrow().client().pttl(key));
    }
}
