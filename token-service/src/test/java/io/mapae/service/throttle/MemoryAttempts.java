package io.mapae.service.throttle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Attempts in memory, of one node, for tests. */
public final class MemoryAttempts implements AttemptStore {
    private record Entry(Attempts attempts, Instant expires) {}

    final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public MemoryAttempts(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Attempts> read(String key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> entry.expires().isAfter(clock.instant()))
                .map(Entry::attempts);
    }

    @Override
    public boolean replace(String key, Optional<Attempts> before, Attempts after, Instant expires) {
        AtomicBoolean done = new AtomicBoolean();
        entries.compute(key, (same, entry) -> {
            done.set(read(entry).equals(before));
            return done.get() ? new Entry(after, expires) : entry;
        });
        return done.get();
    }

    private Optional<Attempts> read(@org.jspecify.annotations.Nullable Entry entry) {
        return entry != null && entry.expires().isAfter(clock.instant())
                ? Optional.of(entry.attempts())
                : Optional.empty();
    }
}
