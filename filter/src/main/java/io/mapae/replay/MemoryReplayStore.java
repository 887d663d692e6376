package io.mapae.replay;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A store of this node alone, bounded. Full, it takes nothing more: whoever made it forget could use something twice. Safe
 * for use by several threads.
 */
public final class MemoryReplayStore implements ReplayStore {
    static final int MAX_ENTRIES = 100_000;

    /** As many as all entries may weigh, one with a content as much as its characters fill entries without. */
    private static final int CHARACTERS_OF_AN_ENTRY = 100;

    private record Entry(String id, String content, Instant until) {
        int weight() {
            return 1 + content.length() / CHARACTERS_OF_AN_ENTRY;
        }
    }

    private final InstantSource clock;
    private final int capacity;
    private final Map<String, Entry> entries = new HashMap<>();
    private final PriorityQueue<Entry> ends = new PriorityQueue<>(Comparator.comparing(Entry::until));
    private int weight;

    /** An empty one. */
    public MemoryReplayStore(InstantSource clock) {
        this(clock, MAX_ENTRIES);
    }

    MemoryReplayStore(InstantSource clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    @Override
    public synchronized boolean use(String id, Instant until) throws IOException {
        forget();
        if (entries.containsKey(id)) {
            return false;
        }
        add(new Entry(id, "", until));
        return true;
    }

    @Override
    public synchronized void keep(String id, String content, Instant until) throws IOException {
        forget();
        if (entries.containsKey(id)) {
            throw new IOException("something is kept under this id");
        }
        add(new Entry(id, content, until));
    }

    @Override
    public synchronized Optional<String> kept(String id) {
        forget();
        return Optional.ofNullable(entries.get(id)).map(Entry::content);
    }

    private void add(Entry entry) throws IOException {
        if (weight + entry.weight() > capacity) {
            throw new IOException("the memory for what may be used once is full");
        }
        weight += entry.weight();
        entries.put(entry.id(), entry);
        ends.add(entry);
    }

    /** What is over. */
    private void forget() {
        Instant now = clock.instant();
        for (Entry first = ends.peek(); first != null && !first.until().isAfter(now); first = ends.peek()) {
            ends.remove();
            entries.remove(first.id());
            weight -= first.weight();
        }
    }

    @Override
    public synchronized String toString() {
        return "MemoryReplayStore[" + entries.size() + "]";
    }
}
