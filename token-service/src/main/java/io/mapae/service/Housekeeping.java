package io.mapae.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What has to be done now and then until it is closed. Each has a thread, a daemon: one that takes long delays no other. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = System.getLogger("io.mapae.service");
    private static final long FAREWELL_SECONDS = 3;

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(0, task -> {
        Thread thread = new Thread(task, "mapae-service");
        thread.setDaemon(true);
        return thread;
    });

    /** Something that a store which is out of reach fails, and that is done again later. */
    @FunctionalInterface
    interface Chore {
        void run() throws StoreException;
    }

    /** Has it done for the first time after {@code first}, and {@code pause} after each time, whatever became of that. */
    void every(Duration first, Duration pause, Chore chore) {
        threads.setCorePoolSize(threads.getCorePoolSize() + 1);
        var unused = threads.scheduleWithFixedDelay(
                () -> attempt(chore), first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void attempt(Chore chore) {
        try {
            chore.run();
        } catch (StoreException outOfReach) {
            LOG.log(Level.DEBUG, "Done again later: {0}", outOfReach.getMessage());
        } catch (RuntimeException | Error defect) { // else it would never be done again, and nobody would know
            LOG.log(Level.ERROR, "Done again later", defect);
        }
    }

    /** What is under way may end: to interrupt it would close H2's files for everybody in this JVM. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "A store does not answer; its connections are closed");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
