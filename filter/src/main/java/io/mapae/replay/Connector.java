package io.mapae.replay;

import io.mapae.jdbc.Jdbc;
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

/**
 * New connections of a driver, made on threads beside the requests: drivers wait for a network that swallows everything as
 * long as they like, and each has another property for that. The threads are daemons, and end when there is nothing to do.
 */
final class Connector implements JdbcReplayStore.Connections {
    private static final int AT_ONCE = 16;
    private static final int WAITING = 1_000;
    private static final int IDLE_SECONDS = 10;
    private static final String UNREACHABLE = "08001";

    private final Driver driver;
    private final String url;
    private final Duration patience;
    private final ThreadPoolExecutor threads;

    Connector(Driver driver, String url, Duration patience, ClassLoader classes) {
        this.driver = driver;
        this.url = url;
        this.patience = patience;
        this.threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "mapae-replay");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(classes);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
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
        try {
            Connection connection = Jdbc.connect(driver, url);
            if (!promise.complete(connection)) {
                Jdbc.close(connection);
            }
        } catch (SQLException | RuntimeException | Error failure) {
            promise.completeExceptionally(failure);
        }
    }

    /** What comes later is closed; what came just now too. */
    private static void abandon(CompletableFuture<Connection> promise) {
        if (!promise.cancel(false)) {
            var unused = promise.thenAccept(Jdbc::close);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
