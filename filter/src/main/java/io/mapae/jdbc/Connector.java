package io.mapae.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * New connections of a driver, made on threads beside those that want them: drivers wait for a network that swallows
 * everything as long as they like, and each has another property for that. The threads are daemons, and end when there is
 * nothing to do. One that hangs is given up and replaced, the later the more there are, so that they do not pile up.
 */
public final class Connector {
    private static final int AT_ONCE = 16;
    private static final int WAITING = 1_000;
    private static final int IDLE_SECONDS = 10;
    private static final Duration HANGING = Duration.ofSeconds(30);
    private static final String UNREACHABLE = "08001";

    private final Driver driver;
    private final String url;
    private final Duration patience;
    private final Duration hanging;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger connecting = new AtomicInteger();
    private int givenUp;

    /**
     * Connects to nothing yet.
     *
     * @param patience of those who want a connection
     * @param classes of the threads
     */
    public Connector(Driver driver, String url, Duration patience, ClassLoader classes) {
        this(driver, url, patience, HANGING, classes);
    }

    /** @param hanging how long the first may take, of those that connect at the same time; the next twice that */
    Connector(Driver driver, String url, Duration patience, Duration hanging, ClassLoader classes) {
        this.driver = driver;
        this.url = url;
        this.patience = patience;
        this.hanging = hanging;
        this.threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "mapae-jdbc");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(classes);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** A connection of the caller's own. */
    public Connection open() throws SQLException {
        CompletableFuture<Connection> promise = new CompletableFuture<>();
        try {
            threads.execute(() -> keep(promise));
            return promise.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof SQLException told
                    ? told
                    : new SQLException("no connection", UNREACHABLE, failed.getCause());
        } catch (RejectedExecutionException full) {
            throw new SQLException("no connection", UNREACHABLE, full);
        } catch (TimeoutException slow) {
            abandon(promise);
            throw new SQLException("no connection yet", UNREACHABLE, slow);
        } catch (InterruptedException stopped) {
            abandon(promise);
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", UNREACHABLE, stopped);
        }
    }

    private void keep(CompletableFuture<Connection> promise) {
        if (promise.isDone()) {
            return; // nobody waits any more
        }
        CompletableFuture<Boolean> returned = watched(hanging.multipliedBy(connecting.incrementAndGet()));
        try {
            Connection connection = Jdbc.connect(driver, url);
            if (!promise.complete(connection)) {
                Jdbc.close(connection);
            }
        } catch (SQLException | RuntimeException | Error failure) {
            promise.completeExceptionally(failure);
        } finally {
            connecting.decrementAndGet();
            if (!returned.complete(true)) {
                replace(-1); // after all
            }
        }
    }

    /** Replaces this thread if it has not returned by then. */
    private CompletableFuture<Boolean> watched(Duration most) {
        CompletableFuture<Boolean> returned =
                new CompletableFuture<Boolean>().completeOnTimeout(false, most.toMillis(), TimeUnit.MILLISECONDS);
        var unused = returned.thenAccept(inTime -> {
            if (!inTime) {
                replace(1);
            }
        });
        return returned;
    }

    private synchronized void replace(int more) {
        givenUp += more;
        int size = AT_ONCE + Math.max(givenUp, 0);
        threads.setMaximumPoolSize(Math.max(size, threads.getCorePoolSize()));
        threads.setCorePoolSize(size);
        threads.setMaximumPoolSize(size);
    }

    /** What comes later is closed; what came just now too. */
    private static void abandon(CompletableFuture<Connection> promise) {
        if (!promise.cancel(false)) {
            var unused = promise.thenAccept(Jdbc::close);
        }
    }

    /** Connects no more; the connections are their users'. */
    public void close() {
        threads.shutdown();
    }
}
