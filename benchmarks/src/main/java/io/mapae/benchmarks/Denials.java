package io.mapae.benchmarks;

import io.mapae.jws.Claims;
import io.mapae.revocation.Revocation;
import io.mapae.revocation.RevocationFeed;
import io.mapae.revocation.RevocationSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.ObjectName;

/** So many revoked tokens, as an application holds them once it has read them. */
final class Denials implements AutoCloseable {
    private static final long PATIENCE_NANOS = Duration.ofMinutes(5).toNanos();
    private static final String APPLICATION = "benchmark";

    private final RevocationFeed feed;

    /** Random ids; the same ones each time. */
    private record Source(int size) implements RevocationSource {
        @Override
        public void read(Instant since, Consumer<? super Revocation> found) {
            SplittableRandom random = new SplittableRandom(1);
            Instant now = Instant.now();
            Instant until = now.plus(Duration.ofDays(1));
            for (int i = 0; i < size; i++) {
                found.accept(new Revocation(Revocation.Kind.JTI, id(random), Instant.EPOCH, until, now));
            }
        }

        @Override
        public void close() {}
    }

    Denials(int size) throws IOException, InterruptedException {
        feed = new RevocationFeed(
                new Source(size),
                Duration.ofDays(1),
                Duration.ofDays(2),
                Denials.class.getClassLoader(),
                InstantSource.system());
        feed.start(APPLICATION);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!isRead() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        of(claims(new SplittableRandom(2)), Instant.now()); // throws if it has not been read by now
    }

    private boolean isRead() {
        try {
            return of(claims(new SplittableRandom(2)), Instant.now()).isEmpty();
        } catch (IOException notYet) {
            return false;
        }
    }

    Optional<Revocation.Kind> of(Claims claims, Instant now) throws IOException {
        return feed.of(claims, now);
    }

    /** How much memory they take. */
    long bytes() throws JMException {
        return (Long) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(
                        new ObjectName("io.mapae:type=Revocations,application=" + ObjectName.quote(APPLICATION)),
                        "Bytes");
    }

    /** Of a token that is not revoked: nearly all are. */
    static Claims claims(SplittableRandom random) {
        return Claims.kept(Map.of("jti", id(random), "sid", id(random), "sub", id(random)))
                .orElseThrow();
    }

    private static String id(SplittableRandom random) {
        return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }

    @Override
    public void close() {
        feed.close();
    }
}
