package io.mapae.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisStoresTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "http://:s3cret@localhost",
                "redis://:s3cret@",
                "redis://:s3 cret@localhost",
                "redis://:s3cret@localhost,nonsense",
                "rediss://:s3cret@one,redis://:s3cret@other",
                "redis://:s3cret@one,rediss://:s3cret@other"
            })
    void whatIsNoUriIsToldWithoutIt(String setting) {
        assertThatThrownBy(() -> RedisStores.open(setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining("cret");
    }

    @Test
    void theWrongPasswordIsAFailureThatDoesNotTellIt() throws Exception {
        String uri = TestRedis.uri().replaceAll(":[^:]*@", ":s3cret@");
        try (RedisStores stores = RedisStores.open(uri)) {
            assertThat(trace(() -> stores.sessions().find("x"))).doesNotContain("s3cret");
        }
    }

    @Test
    @Timeout(30)
    void whatIsOutOfReachIsAFailure() throws Exception {
        try (RedisStores stores = RedisStores.open("redis://:s3cret@127.0.0.1:1")) {
            assertThat(trace(() -> stores.sessions().find("x"))).doesNotContain("s3cret");
            assertThat(trace(() -> stores.attempts().read("x"))).doesNotContain("s3cret");
        }
    }

    @Test
    @Timeout(60)
    void anOutageIsToldAtOnceAndOverSoon() throws Exception {
        try (RedisStores stores = RedisStores.open(TestRedis.uri())) {
            stores.sessions().deny("before", Instant.now());
            TestRedis.pause();
            try {
                for (int i = 0; i < 3; i++) {
                    assertThatThrownBy(() -> stores.sessions().find("x")).isInstanceOf(StoreException.class);
                }
            } finally {
                TestRedis.resume();
            }
            while (!answers(stores)) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static boolean answers(RedisStores stores) {
        try {
            return stores.sessions().find("x").isEmpty();
        } catch (StoreException stillOut) {
            return false;
        }
    }

    private static String trace(Callable<?> call) throws Exception {
        try {
            call.call();
        } catch (StoreException failure) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
        throw new AssertionError("no failure");
    }
}
