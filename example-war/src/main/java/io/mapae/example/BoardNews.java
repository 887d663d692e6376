package io.mapae.example;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Tells those who listen what comes to the board and what goes, whichever node it was written at: by looking, as long as
 * anybody listens. Thread-safe.
 */
final class BoardNews implements AutoCloseable {
    private static final Logger LOG = System.getLogger("io.mapae.example");
    static final int MAX_LISTENERS = 500;
    static final int MAX_OF_ONE = 20;
    private static final int CLOSING_SECONDS = 3;
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS_A_BEAT = 40;

    /**
     * Something that happened, as the two kinds of connection tell it: in text, as many are told the same.
     *
     * @param stream of server-sent events; there is no line end in JSON
     * @param message of a WebSocket
     */
    record Event(String stream, String message) {
        private static Event came(Post post) {
            String json = post.json().toString();
            return new Event("event: post\ndata: " + json + "\n\n", "{\"type\":\"post\",\"post\":" + json + "}");
        }

        private static Event went(long id) {
            return new Event(
                    "event: removed\ndata: {\"id\":" + id + "}\n\n", "{\"type\":\"removed\",\"id\":" + id + "}");
        }
    }

    /** A connection that is told. None of this may wait. */
    interface Listener {
        void tell(Event event);

        /** Shows that the connection is alive, to its client and to whatever is on the way; the first time, that it is told. */
        void beat();

        void end();

        /** Whose it is. */
        String owner();

        /** Whether it has to end. */
        boolean isOver();
    }

    private final Board board;

    /** All that have come and not left. */
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "example-board");
        daemon.setDaemon(true);
        return daemon;
    });

    private final AtomicBoolean looking = new AtomicBoolean();

    // what follows is the thread's own

    /** Those who know the board as {@link #known} has it. */
    private final Set<Listener> told = new HashSet<>();

    private Set<Long> known = Set.of();
    private int looks;

    BoardNews(Board board) {
        this.board = board;
    }

    /** Has it told all from its first beat on; false if too many are, or too many of one owner. Waits for nothing. */
    boolean listen(Listener listener) {
        long own = listeners.stream()
                .filter(other -> other.owner().equals(listener.owner()))
                .count();
        if (listeners.size() >= MAX_LISTENERS || own >= MAX_OF_ONE || thread.isShutdown()) {
            return false;
        }
        listeners.add(listener);
        lookAfter(0);
        return true;
    }

    void leave(Listener listener) {
        listeners.remove(listener);
    }

    private void lookAfter(long millis) {
        if (looking.compareAndSet(false, true)) {
            try {
                var unused = thread.schedule(this::look, millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                // nobody is told any more
            }
        }
    }

    /** As long as there are listeners. */
    private void look() {
        try {
            told.retainAll(listeners);
            Set<Long> there = board.ids();
            List<Event> events = events(there);
            known = there;
            boolean beats = ++looks % LOOKS_A_BEAT == 0;
            listeners.forEach(listener -> tell(listener, events, beats));
        } catch (RuntimeException failed) { // the next time, then
            LOG.log(Level.WARNING, "The board could not be looked at: " + failed.getMessage());
        }
        looking.set(false);
        if (!listeners.isEmpty()) {
            lookAfter(LOOK_MILLIS);
        }
    }

    /** One that is broken is nobody else's affair. */
    private void tell(Listener listener, List<Event> events, boolean beats) {
        try {
            boolean isNew = told.add(listener); // what it reads from its first beat on is what is known here
            if (isNew || beats) {
                listener.beat();
            }
            if (!isNew) {
                events.forEach(listener::tell);
            }
            if (listener.isOver()) {
                listener.end();
            }
        } catch (RuntimeException broken) {
            leave(listener);
        }
    }

    /** What happened since the last time. */
    private List<Event> events(Set<Long> there) {
        if (told.isEmpty()) {
            return List.of();
        }
        Stream<Event> came = there.stream()
                .filter(id -> !known.contains(id))
                .flatMap(id -> board.post(id).stream())
                .map(Event::came);
        Stream<Event> went = known.stream().filter(id -> !there.contains(id)).map(Event::went);
        return Stream.concat(came, went).toList();
    }

    /** Waits for the thread, which must not be interrupted: H2 would close the file that it reads. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            var unused = thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        listeners.forEach(Listener::end);
    }
}
