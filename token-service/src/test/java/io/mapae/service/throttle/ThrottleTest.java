package io.mapae.service.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import io.mapae.service.account.CapturedLog;
import io.mapae.service.throttle.AttemptStore.Attempts;
import io.mapae.service.throttle.Permission.Granted;
import io.mapae.service.throttle.Permission.Refused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleTest {
    private static final String HERE = "192.0.2.1";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochMilli(1_772_366_400_123L));
    private final MemoryAttempts store = new MemoryAttempts(now::get);
    private final Throttle throttle = new Throttle(store, now::get, 10, 100);
    private int sources;

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** From another source each time. */
    private Permission ask(String account) throws StoreException {
        return throttle.ask(account, "source " + sources++);
    }

    private void fail(String account, int times) throws StoreException {
        for (int i = 0; i < times; i++) {
            assertThat(ask(account)).isInstanceOf(Granted.class);
        }
    }

    private static long retryAfter(Permission permission) {
        return ((Refused) permission).retryAfter();
    }

    private static void succeed(Permission permission) throws StoreException {
        ((Granted) permission).takeBack();
    }

    @Test
    void tenFailuresAreFree() throws Exception {
        fail("anna", 10);
        assertThat(retryAfter(ask("anna"))).isEqualTo(2);
        assertThat(ask("bob")).isInstanceOf(Granted.class);
    }

    @Test
    void waitsTwiceAsLongEachTime() throws Exception {
        fail("anna", 10);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            long wait = retryAfter(ask("anna"));
            waits.add(wait);
            pass(Duration.ofSeconds(wait).minusMillis(1));
            assertThat(retryAfter(ask("anna"))).isEqualTo(1);
            pass(Duration.ofMillis(1));
            fail("anna", 1);
        }
        assertThat(waits).containsExactly(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L, 900L, 900L, 900L);
    }

    @ParameterizedTest(name = "after {0} ms: {1} s")
    @CsvSource({"0, 2", "1, 2", "999, 2", "1000, 1", "1001, 1", "1999, 1"})
    void saysHowLongInWholeSeconds(long millis, long seconds) throws Exception {
        fail("anna", 10);
        pass(Duration.ofMillis(millis));
        assertThat(retryAfter(ask("anna"))).isEqualTo(seconds);
    }

    @Test
    void refusalsCountNowhere() throws Exception {
        fail("anna", 10);
        for (int i = 0; i < 1_000; i++) {
            assertThat(retryAfter(throttle.ask("anna", HERE))).isEqualTo(2);
        }
        pass(Duration.ofSeconds(2));
        assertThat(throttle.ask("anna", HERE)).isInstanceOf(Granted.class);
        assertThat(retryAfter(throttle.ask("anna", HERE))).isEqualTo(4);
    }

    @Test
    void successesCountNowhere() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            succeed(throttle.ask("anna", HERE));
        }
        fail("anna", 9);
        for (int i = 0; i < 1_000; i++) {
            succeed(throttle.ask("anna", HERE));
        }
        fail("anna", 1);
        assertThat(retryAfter(ask("anna"))).isEqualTo(2);
    }

    @Test
    void takesBackWhatItCountedAndNothingElse() throws Exception {
        fail("anna", 8);
        Permission own = ask("anna");
        fail("anna", 1);
        assertThat(ask("anna")).isInstanceOf(Refused.class);
        succeed(own);
        succeed(own);
        fail("anna", 1);
        assertThat(ask("anna")).isInstanceOf(Refused.class);
    }

    @Test
    void takesBackTheTimeToo() throws Exception {
        fail("anna", 11 - 1);
        pass(Duration.ofSeconds(2));
        Permission right = ask("anna");
        assertThat(retryAfter(ask("anna"))).isEqualTo(4);
        succeed(right);
        assertThat(ask("anna")).isInstanceOf(Granted.class);
    }

    @Test
    void aHundredFailuresOfASourceAreFree() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.ask("account " + i, HERE)).isInstanceOf(Granted.class);
        }
        assertThat(retryAfter(throttle.ask("anna", HERE))).isEqualTo(2);
        assertThat(throttle.ask("anna", "192.0.2.2")).isInstanceOf(Granted.class);
        pass(Duration.ofSeconds(2));
        assertThat(throttle.ask("anna", HERE)).isInstanceOf(Granted.class);
        assertThat(retryAfter(throttle.ask("anna", HERE))).isEqualTo(4);
    }

    @Test
    void aNetworkOf64BitsIsOneSource() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.ask("account " + i, "2001:db8:1:2:" + Integer.toHexString(i) + "::1"))
                    .isInstanceOf(Granted.class);
        }
        assertThat(throttle.ask("anna", "2001:db8:1:2:ffff::")).isInstanceOf(Refused.class);
        assertThat(throttle.ask("anna", "2001:db8:1:3::")).isInstanceOf(Granted.class);
    }

    /** Whoever is refused as a source cannot make an account wait, and the other way round. */
    @Test
    void refusalsLeaveNoTraceAtTheOther() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.ask("account " + i, HERE)).isInstanceOf(Granted.class);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(throttle.ask("anna", HERE)).isInstanceOf(Refused.class);
        }
        fail("anna", 10);
        for (int i = 0; i < 200; i++) {
            assertThat(throttle.ask("anna", "192.0.2.2")).isInstanceOf(Refused.class);
        }
        assertThat(throttle.ask("bob", "192.0.2.2")).isInstanceOf(Granted.class);
    }

    /** Between the first look at an account and its turn, others may have failed. */
    @Test
    void takesTheSourceBackWhereTheAccountWasFaster() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        Throttle overtaken = new Throttle(
                new AttemptStore() {
                    @Override
                    public Optional<Attempts> read(String key) {
                        return store.read(key);
                    }

                    @Override
                    public boolean replace(String key, Optional<Attempts> before, Attempts after, Instant expires)
                            throws StoreException {
                        if (writes.getAndIncrement() == 0) {
                            fail("anna", 10);
                        }
                        return store.replace(key, before, after, expires);
                    }
                },
                now::get,
                10,
                100);
        assertThat(retryAfter(overtaken.ask("anna", HERE))).isEqualTo(2);
        assertThat(writes).hasValue(2);
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.ask("account " + i, HERE)).isInstanceOf(Granted.class);
        }
        assertThat(throttle.ask("bob", HERE)).isInstanceOf(Refused.class);
    }

    @Test
    void namesAreExact() throws Exception {
        fail("anna", 10);
        for (String other : List.of("Anna", "anna ", " anna", "", "jos\u00E9", "jose\u0301", "source:" + HERE)) {
            assertThat(ask(other)).isInstanceOf(Granted.class);
        }
        fail("x".repeat(1 << 20), 10);
        assertThat(ask("x".repeat(1 << 20))).isInstanceOf(Refused.class);
    }

    @Test
    void theStoreHoldsNoNames() throws Exception {
        fail("anna", 1);
        assertThat(store.entries.keySet()).hasSize(2).allMatch(key -> key.matches("[0-9a-f]{64}"));
        // printf account:anna | sha256sum
        assertThat(store.entries).containsKey("471247b2ec8de993b0b7d2a3359705a52fbb8ce8ee298c32500a89ddb5c2d687");
    }

    @ParameterizedTest(name = "after {0} s: {1} more")
    @CsvSource({"899, 0", "900, 1", "1799, 1", "1800, 2", "8999, 9", "9000, 10", "86400, 10"})
    void failuresFadeOneByOne(long seconds, int more) throws Exception {
        fail("anna", 10);
        pass(Duration.ofSeconds(seconds));
        fail("anna", Math.max(1, more));
        assertThat(retryAfter(ask("anna"))).isEqualTo(more == 0 ? 4 : 2);
    }

    @Test
    void nobodyIsLockedOutForGood() throws Exception {
        fail("anna", 10);
        for (int i = 0; i < 200; i++) {
            pass(Duration.ofMinutes(15));
            fail("anna", 1);
        }
        pass(Duration.ofMinutes(15));
        assertThat(ask("anna")).isInstanceOf(Granted.class);
    }

    @ParameterizedTest(name = "back by {0} s: {1} s")
    @CsvSource({"1, 3", "900, 902", "901, 0", "31536000, 0"})
    void aClockSetBackLocksNobodyOut(long seconds, long wait) throws Exception {
        fail("anna", 10);
        pass(Duration.ofSeconds(-seconds));
        Permission permission = ask("anna");
        assertThat(permission instanceof Refused refused ? refused.retryAfter() : 0)
                .isLessThanOrEqualTo(wait);
        assertThat(permission).isInstanceOf(wait == 0 ? Granted.class : Refused.class);
    }

    @Test
    @Timeout(60)
    void aThousandAtOnceAreTen() throws Exception {
        assertThat(granted(1_000, "anna")).isEqualTo(10);
        pass(Duration.ofSeconds(2));
        assertThat(granted(1_000, "anna")).isEqualTo(1);
        pass(Duration.ofSeconds(4));
        assertThat(granted(1_000, "anna")).isEqualTo(1);
    }

    private int granted(int times, String account) throws Exception {
        int threads = 50;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        AtomicInteger granted = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            all.add(pool.submit(() -> {
                together.await();
                for (int j = 0; j < times / threads; j++) {
                    if (throttle.ask(account, "source " + number + '/' + j) instanceof Granted) {
                        granted.incrementAndGet();
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
        return granted.get();
    }

    /** Fifty people behind one address log in at once, with the right passwords: all get in, and nothing is left. */
    @Test
    @Timeout(60)
    void aCrowdThatKnowsItsPasswordsGetsIn() throws Exception {
        int threads = 50;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            all.add(pool.submit(() -> {
                together.await();
                boolean isIn = true;
                for (int j = 0; j < 20; j++) {
                    Permission permission = throttle.ask("account " + number, HERE);
                    isIn &= permission instanceof Granted;
                    if (permission instanceof Granted granted) {
                        granted.takeBack();
                    }
                }
                return isIn;
            }));
        }
        for (Future<Boolean> one : all) {
            assertThat(one.get()).isTrue();
        }
        pool.shutdown();
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.ask("other " + i, HERE)).isInstanceOf(Granted.class);
        }
        assertThat(throttle.ask("anna", HERE)).isInstanceOf(Refused.class);
    }

    /** A store where somebody else is always faster. */
    @Test
    void whoeverNeverGetsToTheCounterIsRefused() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Throttle crowded = new Throttle(
                new AttemptStore() {
                    @Override
                    public Optional<Attempts> read(String key) {
                        return Optional.empty();
                    }

                    @Override
                    public boolean replace(String key, Optional<Attempts> before, Attempts after, Instant expires) {
                        tries.incrementAndGet();
                        return false;
                    }
                },
                now::get,
                10,
                100);
        assertThat(retryAfter(crowded.ask("anna", HERE))).isEqualTo(1);
        assertThat(tries).hasValue(100);
    }

    @Test
    void aStoreOutOfReachDecidesNothing() throws Exception {
        AtomicBoolean isOut = new AtomicBoolean();
        Throttle failing = new Throttle(
                new AttemptStore() {
                    @Override
                    public Optional<Attempts> read(String key) throws StoreException {
                        if (isOut.get()) {
                            throw new StoreException("out of reach", new IOException());
                        }
                        return store.read(key);
                    }

                    @Override
                    public boolean replace(String key, Optional<Attempts> before, Attempts after, Instant expires) {
                        return store.replace(key, before, after, expires);
                    }
                },
                now::get,
                10,
                100);
        Permission right = failing.ask("anna", HERE);
        isOut.set(true);
        assertThatThrownBy(() -> failing.ask("anna", HERE)).isInstanceOf(StoreException.class);
        try (CapturedLog log = new CapturedLog("io.mapae.service.throttle")) {
            assertThatThrownBy(() -> succeed(right)).isInstanceOf(StoreException.class);
            assertThat(log.messages()).containsExactly("A login counts as a failed one: out of reach");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void oneFailureIsFreeAtLeast(int limit) {
        assertThatThrownBy(() -> new Throttle(store, now::get, limit, 100))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Throttle(store, now::get, 10, limit)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyLimitWorks() throws Exception {
        Throttle strict = new Throttle(store, now::get, 1, Integer.MAX_VALUE);
        assertThat(strict.ask("anna", HERE)).isInstanceOf(Granted.class);
        assertThat(retryAfter(strict.ask("anna", HERE))).isEqualTo(2);
    }
}
