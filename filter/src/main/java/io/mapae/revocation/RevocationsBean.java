package io.mapae.revocation;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** {@link Snapshot} for JMX. */
record RevocationsBean(Snapshot snapshot, Supplier<Future<?>> readAll) implements RevocationsMXBean {
    private static final long PATIENCE_SECONDS = 2;

    @Override
    public String getState() {
        return snapshot.state().name();
    }

    @Override
    public int getEntries() {
        return snapshot.entries();
    }

    @Override
    public long getBytes() {
        return snapshot.bytes();
    }

    @Override
    public String getAge() {
        return snapshot.age().map(Duration::toString).orElse("");
    }

    @Override
    public String getLastSuccess() {
        Snapshot.Held held = snapshot.held();
        return held.isThere() ? held.since().toString() : "";
    }

    @Override
    public String getLastError() {
        return snapshot.held().problem();
    }

    @Override
    public long getReadings() {
        return snapshot.counters().readings();
    }

    @Override
    public long getFailures() {
        return snapshot.counters().failures();
    }

    @Override
    public String refreshNow() {
        try {
            readAll.get().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stillUnderWay) {
            return "under way"; // the state tells later
        }
        return getState();
    }
}
