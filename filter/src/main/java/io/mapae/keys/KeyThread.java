package io.mapae.keys;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that fetches an application's keys. A daemon; nothing on it may block. */
final class KeyThread implements Agenda, AutoCloseable {
    private static final Logger LOG = System.getLogger("io.mapae.keys");

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, KeyThread::thread);

    KeyThread() {
        executor.setRemoveOnCancelPolicy(true);
    }

    /** What the JDK starts from here inherits this class loader, and may outlive the application by a while. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "mapae-keys");
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        try {
            Future<?> due = executor.schedule(() -> attempt(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> due.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    /** Where the HTTP client does its own work; it waits for nothing there. */
    void execute(Runnable work) {
        soon(work);
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError bug) {
            LOG.log(Level.ERROR, "A task about keys failed", bug); // else the executor would swallow it
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
