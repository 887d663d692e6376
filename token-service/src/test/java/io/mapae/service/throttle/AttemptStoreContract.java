package io.mapae.service.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.service.throttle.AttemptStore.Attempts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every store of attempts promises. A store that lets entries expire by its own clock is given times around the real
 * one.
 */
@Timeout(120)
public abstract class AttemptStoreContract {
    private static final String KEY = "ab".repeat(32);

    private Instant now = Instant.EPOCH;
    private Instant later = Instant.EPOCH;
    private AttemptStore store;

    /** Empty at the beginning of each test. */
    protected abstract AttemptStore store(InstantSource clock);

    /** When the tests begin. */
    protected Instant begin() {
        return Instant.ofEpochMilli(1_772_366_400_123L);
    }

    @BeforeEach
    void open() {
        now = begin();
        later = now.plusSeconds(3_600);
        store = store(() -> now);
    }

    private Attempts failures(int count) {
        return new Attempts(count, now);
    }

    @Test
    void readsWhatWasPutThere() throws Exception {
        assertThat(store.read(KEY)).isEmpty();
        assertThat(store.replace(KEY, Optional.empty(), failures(1), later)).isTrue();
        assertThat(store.read(KEY)).contains(failures(1));
        assertThat(store.read("cd".repeat(32))).isEmpty();
        assertThat(store.replace(KEY, Optional.of(failures(1)), failures(2), later))
                .isTrue();
        assertThat(store.read(KEY)).contains(failures(2));
    }

    @Test
    void replacesOnlyWhatIsThere() throws Exception {
        assertThat(store.replace(KEY, Optional.of(failures(1)), failures(2), later))
                .isFalse();
        assertThat(store.read(KEY)).isEmpty();
        assertThat(store.replace(KEY, Optional.empty(), failures(5), later)).isTrue();
        assertThat(store.replace(KEY, Optional.empty(), failures(1), later)).isFalse();
        assertThat(store.replace(KEY, Optional.of(failures(4)), failures(6), later))
                .isFalse();
        Attempts otherTime = new Attempts(5, now.minusMillis(1));
        assertThat(store.replace(KEY, Optional.of(otherTime), failures(6), later))
                .isFalse();
        assertThat(store.read(KEY)).contains(failures(5));
    }

    @Test
    void putsTheSameThereAgain() throws Exception {
        assertThat(store.replace(KEY, Optional.empty(), failures(5), later)).isTrue();
        assertThat(store.replace(KEY, Optional.of(failures(5)), failures(5), later))
                .isTrue();
        assertThat(store.read(KEY)).contains(failures(5));
    }

    @Test
    void forgetsWhatHasExpired() throws Exception {
        Instant soon = now.plusSeconds(1);
        assertThat(store.replace(KEY, Optional.empty(), failures(5), soon)).isTrue();
        pass();
        assertThat(store.read(KEY)).isEmpty();
        Attempts before = new Attempts(5, begin());
        assertThat(store.replace(KEY, Optional.of(before), failures(6), later)).isFalse();
        assertThat(store.replace(KEY, Optional.empty(), failures(1), later)).isTrue();
        assertThat(store.read(KEY)).contains(failures(1));
    }

    /** One second, exactly. */
    protected void pass() throws InterruptedException {
        now = now.plusSeconds(1);
    }

    /** Fifty threads, one hundred turns: none is lost and none is counted twice. */
    @Test
    void countsAtOnce() throws Exception {
        AtomicInteger won = new AtomicInteger();
        atOnce(50, () -> {
            for (int i = 0; i < 2; i++) {
                boolean done = false;
                while (!done) {
                    Optional<Attempts> before = store.read(KEY);
                    int count = before.map(Attempts::failures).orElse(0) + 1;
                    done = store.replace(KEY, before, failures(count), later);
                }
                won.incrementAndGet();
            }
            return true;
        });
        assertThat(won).hasValue(100);
        assertThat(store.read(KEY)).contains(failures(100));
    }

    @Test
    void isBegunByOneOfMany() throws Exception {
        for (int round = 0; round < 3; round++) {
            String key = Integer.toHexString(round).repeat(64);
            assertThat(atOnce(50, () -> store.replace(key, Optional.empty(), failures(1), later)))
                    .containsOnlyOnce(true);
            assertThat(atOnce(50, () -> store.replace(key, Optional.of(failures(1)), failures(2), later)))
                    .containsOnlyOnce(true);
        }
    }

    private static List<Boolean> atOnce(int threads, java.util.concurrent.Callable<Boolean> work) throws Exception {
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Boolean>> all = IntStream.range(0, threads)
                .mapToObj(i -> pool.submit(() -> {
                    together.await();
                    return work.call();
                }))
                .toList();
        List<Boolean> results = new java.util.ArrayList<>();
        for (Future<Boolean> one : all) {
            results.add(one.get());
        }
        pool.shutdown();
        return results;
    }
}
