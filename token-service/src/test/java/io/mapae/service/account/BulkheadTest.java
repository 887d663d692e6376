package io.mapae.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BulkheadTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void stop() {
        go.countDown();
        threads.shutdownNow();
    }

    private Future<String> occupy(Bulkhead bulkhead) {
        return threads.submit(() -> bulkhead.run(() -> {
            await(go);
            return "done";
        }));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void until(Bulkhead bulkhead, int inside) throws InterruptedException {
        while (bulkhead.inside() != inside) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    void runsWorkOnTheThreadThatBringsIt() throws Exception {
        assertThat(new Bulkhead(1).run(Thread::currentThread)).isSameAs(Thread.currentThread());
    }

    @Test
    void runsSoManyAtOnceAndNoMore() throws Exception {
        Bulkhead bulkhead = new Bulkhead(3, 100, LONG);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(threads.submit(() -> bulkhead.run(() -> {
                int now = most.accumulateAndGet(running.incrementAndGet(), Math::max);
                await(go);
                running.decrementAndGet();
                return now;
            })));
        }
        until(bulkhead, 50);
        while (running.get() < 3) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        go.countDown();
        for (Future<Integer> one : all) {
            one.get();
        }
        assertThat(most).hasValue(3);
        assertThat(bulkhead.inside()).isZero();
    }

    @Test
    void turnsAwayAtOnceWhoeverFindsTheQueueFull() throws Exception {
        Bulkhead bulkhead = new Bulkhead(1, 2, LONG);
        List<Future<String>> inside = List.of(occupy(bulkhead), occupy(bulkhead), occupy(bulkhead));
        until(bulkhead, 3);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> bulkhead.run(ran::incrementAndGet))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("too many passwords to compute");
        }
        go.countDown();
        for (Future<String> one : inside) {
            assertThat(one.get()).isEqualTo("done");
        }
        assertThat(ran).hasValue(0);
        assertThat(bulkhead.run(ran::incrementAndGet)).isEqualTo(1);
    }

    @Test
    void turnsAwayWhoeverHasWaitedLongEnough() throws Exception {
        Bulkhead bulkhead = new Bulkhead(1, 10, Duration.ofMillis(1));
        Future<String> first = occupy(bulkhead);
        until(bulkhead, 1);
        assertThatThrownBy(() -> bulkhead.run(() -> "ran"))
                .isInstanceOf(StoreException.class)
                .hasMessage("too many passwords to compute");
        assertThat(bulkhead.inside()).isEqualTo(1);
        go.countDown();
        assertThat(first.get()).isEqualTo("done");
    }

    @Test
    void servesInTheOrderOfArrival() throws Exception {
        Bulkhead bulkhead = new Bulkhead(1, 20, LONG);
        Future<String> first = occupy(bulkhead);
        until(bulkhead, 1);
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            CountDownLatch begun = new CountDownLatch(1);
            List<Thread> thread = new CopyOnWriteArrayList<>();
            all.add(threads.submit(() -> {
                thread.add(Thread.currentThread());
                begun.countDown();
                return bulkhead.run(() -> order.add(number));
            }));
            begun.await();
            while (thread.get(0).getState() != Thread.State.TIMED_WAITING) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
        go.countDown();
        assertThat(first.get()).isEqualTo("done");
        for (Future<Boolean> one : all) {
            assertThat(one.get()).isTrue();
        }
        assertThat(order).isSorted().hasSize(20);
    }

    @Test
    void givesThePlaceBackWhenWorkFails() throws Exception {
        Bulkhead bulkhead = new Bulkhead(1, 0, LONG);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> bulkhead.run(() -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }
        assertThat(bulkhead.run(() -> "ran")).isEqualTo("ran");
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        Bulkhead bulkhead = new Bulkhead(1, 10, LONG);
        Future<String> first = occupy(bulkhead);
        until(bulkhead, 1);
        CountDownLatch isStillInterrupted = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                bulkhead.run(() -> "ran");
            } catch (StoreException stopped) {
                if (Thread.currentThread().isInterrupted()) {
                    isStillInterrupted.countDown();
                }
            }
        });
        waiting.start();
        until(bulkhead, 2);
        waiting.interrupt();
        isStillInterrupted.await();
        until(bulkhead, 1);
        go.countDown();
        assertThat(first.get()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void runsSomethingAtLeast(int parallelism) {
        assertThatThrownBy(() -> new Bulkhead(parallelism)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesAnyOtherNumber() throws StoreException, ExecutionException {
        assertThat(new Bulkhead(Integer.MAX_VALUE).run(() -> "ran")).isEqualTo("ran");
        assertThat(Bulkhead.usualParallelism()).isPositive();
    }
}
