package io.mapae.example;

import io.mapae.example.BoardNews.Event;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/** Server-sent events to one client, which keeps no thread waiting: one that reads too slowly is dropped. Thread-safe. */
final class EventStream implements BoardNews.Listener, WriteListener, AsyncListener {
    static final int MAX_WAITING = 100;
    private static final String NOTHING = ":\n\n"; // a comment

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Guest guest;
    private final BoardNews news;
    private final Queue<String> waiting = new ArrayDeque<>();
    private boolean possible;
    private boolean unflushed;
    private boolean ended;

    EventStream(AsyncContext async, ServletOutputStream out, Guest guest, BoardNews news) {
        this.async = async;
        this.out = out;
        this.guest = guest;
        this.news = news;
    }

    void start() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    @Override
    public void tell(Event event) {
        send(event.stream());
    }

    @Override
    public void beat() {
        send(NOTHING);
    }

    private synchronized void send(String text) {
        if (waiting.size() == MAX_WAITING) {
            end();
        } else if (!ended) {
            waiting.add(text);
            write();
        }
    }

    @Override
    public synchronized void onWritePossible() {
        possible = true;
        write();
    }

    /** Whenever it was not ready, the server calls {@link #onWritePossible} as soon as it is. */
    private void write() {
        try {
            while (possible && !ended && out.isReady() && (unflushed || !waiting.isEmpty())) {
                unflushed = !waiting.isEmpty();
                if (unflushed) {
                    out.write(waiting.remove().getBytes(StandardCharsets.UTF_8));
                } else {
                    out.flush();
                }
            }
        } catch (IOException gone) {
            end();
        }
    }

    @Override
    public synchronized void end() {
        if (!ended) {
            ended = true;
            news.leave(this);
            async.complete();
        }
    }

    @Override
    public String owner() {
        return guest.name();
    }

    @Override
    public boolean isOver() {
        return guest.isOver();
    }

    @Override
    public void onError(Throwable gone) {
        end();
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        ended = true;
        news.leave(this);
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {} // nobody does it again
}
