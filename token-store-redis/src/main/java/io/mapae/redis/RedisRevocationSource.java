package io.mapae.redis;

import io.mapae.redis.RedisRevocations.Position;
import io.mapae.redis.RedisRevocations.Read;
import io.mapae.redis.RedisRevocations.Wakening;
import io.mapae.revocation.Revocation;
import io.mapae.revocation.Revocation.Kind;
import io.mapae.revocation.RevocationSource;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What is denied in Redis. A message makes it look at once, and without one it looks twice a second, so that a message that
 * is lost costs half a second. Two threads, daemons, from {@link #listen} to {@link #close}; outages are told by readings.
 */
final class RedisRevocationSource implements RevocationSource {
    private static final Logger LOG = System.getLogger("io.mapae.redis");
    private static final long PAUSE_MILLIS = 500;
    private static final long FAREWELL_MILLIS = 2_000;

    private final Runnable closing;
    private final RedisRevocations revocations;
    private final Semaphore wakes = new Semaphore(0);
    private final Wakening wakening = new Wakening(wakes::release);

    /** Up to where was read; another than up to where was told, so that each finds what the other one lost. */
    private Optional<Position> read = Optional.empty();

    private volatile Optional<Position> told = Optional.empty();
    private volatile List<Thread> threads = List.of();
    private volatile boolean closed;

    /** @param closing for connections that are nobody else's */
    RedisRevocationSource(Redis redis, Runnable closing) {
        this.closing = closing;
        this.revocations = new RedisRevocations(redis);
    }

    @Override
    public void listen(Consumer<? super Revocation> news) {
        threads = List.of(thread("messages", this::subscribe), thread("news", () -> tell(news)));
        threads.forEach(Thread::start);
    }

    private Thread thread(String name, Work work) {
        Thread thread = new Thread(() -> again(work), "mapae-redis-" + name);
        thread.setDaemon(true);
        return thread;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void again(Work work) {
        while (!closed) {
            try {
                work.run();
            } catch (IOException | RuntimeException failure) {
                LOG.log(Level.DEBUG, "Redis tells no news: {0}", failure.getClass());
                pause();
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends when the connection does, or is silent for long: then it may be lost, and nobody has noticed. */
    private void subscribe() throws IOException {
        revocations.subscribe(wakening);
    }

    private void tell(Consumer<? super Revocation> news) throws IOException, InterruptedException {
        if (wakes.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            wakes.drainPermits();
        }
        Optional<Position> from = told; // empty until everything was read: that comes first
        if (from.isPresent()) {
            told = Optional.of(follow(from.get(), news));
        }
    }

    @Override
    public void read(Instant since, Consumer<? super Revocation> found) throws IOException {
        Optional<Position> from = since.equals(Instant.EPOCH) ? Optional.empty() : read;
        Position to = from.isPresent() ? follow(from.get(), found) : all(found);
        read = Optional.of(to);
        if (told.isEmpty()) {
            told = read;
        }
    }

    private Position follow(Position from, Consumer<? super Revocation> found) throws IOException {
        Position position = from;
        while (true) {
            Optional<Read> fresh = revocations.since(position);
            if (fresh.isEmpty()) {
                return all(found);
            }
            if (fresh.get().denials().isEmpty()) {
                return position;
            }
            position = handOn(fresh.get(), found);
        }
    }

    private Position all(Consumer<? super Revocation> found) throws IOException {
        return handOn(revocations.load(), found);
    }

    /** When they were noted is nowhere: their numbers say what is new. */
    private static Position handOn(Read fresh, Consumer<? super Revocation> found) {
        for (RedisRevocations.Denial denial : fresh.denials()) {
            Kind.named(denial.kind())
                    .ifPresent(kind -> found.accept(
                            new Revocation(kind, denial.denied(), Instant.EPOCH, denial.until(), Instant.EPOCH)));
        }
        return fresh.position();
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        wakening.stop();
        closing.run();
        try {
            for (Thread thread : threads) {
                thread.join(FAREWELL_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
