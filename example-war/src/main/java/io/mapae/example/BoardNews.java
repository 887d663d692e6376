package io.mapae.example;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who listen what comes to the board and what goes, whichever node it was written at: by looking, as long as
 * anybody listens. Thread-safe.
 */
final class BoardNews implements AutoCloseable {
    private static final Logger LOG = System.getLogger("io.mapae.example");
    static final int MAX_LISTENERS = 500;
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS_A_BEAT = 40;

    /** Something that happened, as the two kinds of connection tell it. */
    record Event(String type, JsonObject data, JsonObject message) {
        private static Event came(Post post) {
            JsonObject message = Json.createObjectBuilder()
                    .add("type", "post")
                    .add("post", post.json())
                    .build();
            return new Event("post", post.json(), message);
        }

        private static Event went(long id) {
            JsonObject message = Json.createObjectBuilder()
                    .add("type", "removed")
                    .add("id", id)
                    .build();
            return new Event("removed", Json.createObjectBuilder().add("id", id).build(), message);
        }
    }

    /** A connection that is told. None of this may wait or throw. */
    interface Listener {
        void tell(Event event);

        /** Shows that the connection is alive, to whatever is on the way. */
        void beat();

        void end();

        /** When the token ends by which it was opened, and so it too. */
        Instant until();
    }

    private final Board board;
    private final Set<Listener> listeners = new CopyOnWriteArraySet<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "example-board");
        daemon.setDaemon(true);
        return daemon;
    });

    private @Nullable Future<?> looking;

    BoardNews(Board board) {
        this.board = board;
    }

    /** Has it told all from now on; false if too many are. */
    synchronized boolean listen(Listener listener) {
        if (listeners.size() == MAX_LISTENERS || thread.isShutdown()) {
            return false;
        }
        if (looking == null) {
            looking = thread.scheduleWithFixedDelay(new Look(), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return listeners.add(listener);
    }

    synchronized void leave(Listener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty() && looking != null) {
            looking.cancel(false);
            looking = null;
        }
    }

    /** From the first listener to the last. They are told without a lock, as they may hold one of their own when they leave. */
    private final class Look implements Runnable {
        private Set<Long> known = board.ids();
        private int looks;

        @Override
        public void run() {
            try {
                Instant now = Instant.now();
                listeners.stream()
                        .filter(listener -> !now.isBefore(listener.until()))
                        .forEach(Listener::end);
                if (++looks % LOOKS_A_BEAT == 0) {
                    listeners.forEach(Listener::beat);
                }
                tellChanges();
            } catch (RuntimeException failed) { // the next time, then
                LOG.log(Level.WARNING, "The board could not be looked at: " + failed.getMessage());
            }
        }

        private void tellChanges() {
            Set<Long> there = board.ids();
            there.stream()
                    .filter(id -> !known.contains(id))
                    .flatMap(id -> board.post(id).stream())
                    .map(Event::came)
                    .forEach(event -> listeners.forEach(listener -> listener.tell(event)));
            known.stream()
                    .filter(id -> !there.contains(id))
                    .map(Event::went)
                    .forEach(event -> listeners.forEach(listener -> listener.tell(event)));
            known = there;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        listeners.forEach(Listener::end);
    }
}
