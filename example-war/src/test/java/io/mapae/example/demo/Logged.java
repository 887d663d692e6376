package io.mapae.example.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What was logged since it was made. */
final class Logged extends Handler implements AutoCloseable {
    private static final Logger ALL = Logger.getLogger("");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    Logged() {
        ALL.addHandler(this);
    }

    List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** Whether that logger says what begins so, by and by. */
    boolean says(String logger, String beginning) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean said;
        do {
            Thread.sleep(50);
            said = records.stream()
                    .anyMatch(record -> logger.equals(record.getLoggerName())
                            && record.getMessage().startsWith(beginning));
        } while (!said && System.nanoTime() < end);
        return said;
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ALL.removeHandler(this);
    }
}
