package io.mapae.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A clock that stands still until it is told to go on, and an agenda that goes by it. */
final class FakeTime implements Agenda, InstantSource {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private record Due(Instant at, long number, Runnable task) {}

    private final PriorityQueue<Due> tasks =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private Instant now = START;
    private long number;

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        Due due = new Due(now.plus(delay), number++, task);
        tasks.add(due);
        return () -> callOff(due);
    }

    private synchronized void callOff(Due due) {
        tasks.remove(due);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Does everything that is due until then, each thing at its time. */
    void pass(Duration duration) {
        Instant end = instant().plus(duration);
        for (Due due = next(end); due != null; due = next(end)) {
            due.task().run();
        }
        set(end);
    }

    /** Does what is due now. */
    void settle() {
        pass(Duration.ZERO);
    }

    /** Puts the clock alone there. */
    synchronized void set(Instant instant) {
        now = instant;
    }

    private synchronized @Nullable Due next(Instant end) {
        Due due = tasks.peek();
        if (due == null || due.at().isAfter(end)) {
            return null;
        }
        tasks.remove();
        now = due.at().isAfter(now) ? due.at() : now;
        return due;
    }
}
