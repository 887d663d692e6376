package io.mapae.revocation;

import io.mapae.jmx.Beans;
import io.mapae.jws.Claims;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The revocations of one application, with the one thread that reads them, a daemon. Until they have been read once, and
 * when the source has been out of reach for too long, nothing is known. Nothing runs before {@link #start} or after
 * {@link #close}.
 */
public final class RevocationFeed implements Revocations, AutoCloseable {
    private static final Logger LOG = System.getLogger("io.mapae.revocation");
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
    private static final long FAREWELL_SECONDS = 3;

    private final RevocationSource source;
    private final Duration poll;
    private final Snapshot snapshot;
    private final ScheduledThreadPoolExecutor executor;
    private Runnable shown = () -> {};

    /**
     * What {@code source} says, read anew {@code poll} after the last time.
     *
     * @param maxStale how long after the last success that serves while the source is out of reach; zero: not at all
     * @param classes for whatever runs on the thread
     */
    public RevocationFeed(
            RevocationSource source, Duration poll, Duration maxStale, ClassLoader classes, InstantSource clock) {
        this.source = source;
        this.poll = poll;
        this.snapshot = new Snapshot(source, new Snapshot.Limits(poll, maxStale), clock);
        this.executor = new ScheduledThreadPoolExecutor(1, work -> thread(work, classes));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable work, ClassLoader classes) {
        Thread thread = new Thread(work, "mapae-revocation");
        thread.setDaemon(true);
        thread.setContextClassLoader(classes);
        return thread;
    }

    @Override
    public Optional<Revocation.Kind> of(Claims claims, Instant now) throws IOException {
        return snapshot.of(claims, now);
    }

    /**
     * Begins to read; returns at once.
     *
     * @param application by which name JMX shows it
     */
    public void start(String application) {
        shown = Beans.show(
                "Revocations",
                application,
                "",
                new RevocationsBean(snapshot, () -> submit(snapshot::readAll)),
                RevocationsMXBean.class);
        var unused = submit(this::begin);
    }

    private void begin() {
        try {
            snapshot.listen();
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.ERROR, "Revocations are read, but not listened for", bug);
        }
        pollForever();
    }

    /** Whatever happens, there is a next time. */
    private void pollForever() {
        try {
            snapshot.read();
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.ERROR, "A reading of revocations was cut short", bug);
        } finally {
            pollLater();
        }
    }

    private void pollLater() {
        Duration pause =
                snapshot.held().problem().isEmpty() || poll.compareTo(SHORTEST_RETRY) > 0 ? poll : SHORTEST_RETRY;
        try {
            var unused = executor.schedule(this::pollForever, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.log(Level.DEBUG, "No reading after the end");
        }
    }

    private Future<?> submit(Runnable task) {
        try {
            return executor.submit(task);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** A reading that is under way may end: to interrupt it would close the files of a database in this JVM for everybody. */
    @Override
    public void close() {
        executor.shutdown();
        shown.run();
        try {
            if (!executor.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "The source of revocations does not answer; its connection is cut");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        try {
            source.close();
        } catch (RuntimeException | LinkageError bug) {
            LOG.log(Level.WARNING, "The source of revocations cannot be closed", bug);
        }
    }
}
