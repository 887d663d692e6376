package io.mapae.service.account;

import io.mapae.service.StoreException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets only so many computations run at once, so that a flood of logins leaves processors for everything else. Work runs on
 * the thread that brings it, in the order in which it came; a few threads wait a short time, the others are turned away at
 * once. Safe for use by several threads.
 */
public final class Bulkhead {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int WAITING_FOR_EACH = 16;

    /** Servers often have 200 threads: most of them stay free. */
    private static final int MAX_WAITING = 64;

    private final Semaphore places;
    private final int maxInside;
    private final Duration patience;
    private final AtomicInteger inside = new AtomicInteger();

    /** @param parallelism how many computations at once, at least 1 */
    public Bulkhead(int parallelism) {
        this(parallelism, (int) Math.min(MAX_WAITING, (long) WAITING_FOR_EACH * parallelism), PATIENCE);
    }

    /**
     * @param parallelism how many computations at once, at least 1
     * @param maxWaiting how many threads wait for a place
     * @param patience how long each of them does
     */
    public Bulkhead(int parallelism, int maxWaiting, Duration patience) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("at least one computation has to run");
        }
        this.places = new Semaphore(parallelism, true);
        this.maxInside = (int) Math.min(Integer.MAX_VALUE, (long) parallelism + maxWaiting);
        this.patience = patience;
    }

    /** Half of the processors, at least 1. */
    public static int usualParallelism() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /**
     * Runs {@code work} here, as soon as there is a place.
     *
     * @throws StoreException if there was none in time: it did not run
     */
    public <T> T run(Supplier<T> work) throws StoreException {
        try {
            if (inside.incrementAndGet() > maxInside) {
                throw full();
            }
            enter();
            try {
                return work.get();
            } finally {
                places.release();
            }
        } finally {
            inside.decrementAndGet();
        }
    }

    private void enter() throws StoreException {
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw full();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting to compute a password", stopped);
        }
    }

    private static StoreException full() {
        return new StoreException("too many passwords to compute");
    }

    /** How many computations run or wait at this moment. */
    int inside() {
        return inside.get();
    }
}
