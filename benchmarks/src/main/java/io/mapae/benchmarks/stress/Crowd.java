package io.mapae.benchmarks.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that begin at the same moment and do the same thing. What they throw comes out of {@link #join}. */
final class Crowd {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExecutorService threads;
    private final List<Future<?>> work = new ArrayList<>();
    private volatile boolean stopped;

    private Crowd(int size) {
        threads = Executors.newFixedThreadPool(size, task -> {
            Thread thread = new Thread(task, "crowd");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Each does it once. */
    static Crowd once(int size, Runnable task) {
        return new Crowd(size).begun(size, task);
    }

    /** Each does it again and again, with a pause in between, until {@link #stop}. */
    static Crowd endless(int size, Duration pause, Runnable task) {
        Crowd crowd = new Crowd(size);
        return crowd.begun(size, () -> crowd.repeat(pause, task));
    }

    private Crowd begun(int size, Runnable task) {
        CyclicBarrier start = new CyclicBarrier(size);
        for (int i = 0; i < size; i++) {
            work.add(threads.submit(() -> {
                start.await();
                task.run();
                return size;
            }));
        }
        threads.shutdown();
        return this;
    }

    private void repeat(Duration pause, Runnable task) {
        while (!stopped) {
            task.run();
            if (!pause.isZero()) {
                rest(pause);
            }
        }
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected); // nobody interrupts a crowd
        }
    }

    /** No thread begins its task anew. */
    Crowd stop() {
        stopped = true;
        return this;
    }

    /** How many threads have not ended after that time; returns earlier if all have. */
    long unfinished(Duration patience) throws InterruptedException {
        if (threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return 0;
        }
        return work.stream().filter(thread -> !thread.isDone()).count();
    }

    /** Waits for the end of all. */
    void join() throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Future<?> thread : work) {
            thread.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }
}
