package io.mapae.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@link RemoteKeys} for JMX. */
record KeysBean(RemoteKeys keys, Duration patience) implements KeysMXBean {
    @Override
    public String getState() {
        return keys.state().name();
    }

    @Override
    public List<String> getKeyIds() {
        return keys.held().ids();
    }

    @Override
    public List<String> getSkippedEntries() {
        return keys.held().keys().map(KeySet::skipped).orElse(List.of());
    }

    @Override
    public String getLastSuccess() {
        RemoteKeys.Held held = keys.held();
        return held.keys().isPresent() ? held.since().toString() : "";
    }

    @Override
    public String getLastError() {
        return keys.held().problem();
    }

    @Override
    public String getNextRefresh() {
        return keys.next().map(Instant::toString).orElse("");
    }

    @Override
    public long getFetches() {
        return keys.counters().fetches();
    }

    @Override
    public long getFailures() {
        return keys.counters().failures();
    }

    @Override
    public long getTurnedAway() {
        return keys.counters().turnedAway();
    }

    @Override
    public String refreshNow() {
        try {
            keys.renew().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stillUnderWay) {
            return "under way"; // the state tells later
        }
        return getState();
    }
}
