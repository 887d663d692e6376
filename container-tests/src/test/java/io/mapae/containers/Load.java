package io.mapae.containers;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Sends valid tokens, a fresh one and one that it had before by turns, from several threads until it is closed. */
final class Load implements AutoCloseable {
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Token> had = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicLong> acceptedByKey = new ConcurrentHashMap<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Supplier<Token> issuer;
    private final ToIntFunction<Token> application;
    private volatile boolean closed;

    Load(Supplier<Token> issuer, ToIntFunction<Token> application) {
        this.issuer = issuer;
        this.application = application;
        for (int i = 0; i < THREADS; i++) {
            threads.execute(this::run);
        }
    }

    private void run() {
        try {
            while (!closed) {
                Token fresh = issuer.get();
                had.add(fresh);
                send(fresh);
                send(had.get(ThreadLocalRandom.current().nextInt(had.size())));
            }
        } catch (RuntimeException failure) {
            refusals.add(failure.toString());
        }
    }

    private void send(Token token) {
        int status = application.applyAsInt(token);
        if (status == 200) {
            acceptedByKey
                    .computeIfAbsent(token.keyId(), key -> new AtomicLong())
                    .incrementAndGet();
        } else {
            refusals.add(token + ": " + status);
        }
    }

    /** Every token was valid, so this has to stay empty. */
    Queue<String> refusals() {
        return refusals;
    }

    long accepted(String keyId) {
        return acceptedByKey.getOrDefault(keyId, new AtomicLong()).get();
    }

    /** Until so many more tokens of this key were accepted, or one of any key was refused. */
    void awaitMore(String keyId, int count) {
        long enough = accepted(keyId) + count;
        while (accepted(keyId) < enough && refusals.isEmpty()) {
            ServerProcess.pause();
        }
    }

    /** When it returns, nothing is under way. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        while (!threads.isTerminated()) {
            ServerProcess.pause();
        }
    }
}
