package io.mapae.benchmarks;

import io.mapae.jws.Claims;
import io.mapae.revocation.Revocation;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Whether a token was revoked, by its id, its session and its subject. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RevocationBenchmark {
    /** More than the processor's caches hold what is looked at for. */
    private static final int TOKENS = 4_096;

    @Param({"0", "10000", "1000000", "10000000"})
    int revoked;

    private final Instant now = Instant.now();
    private Rotation<Claims> good;
    private Denials denials;

    @Setup
    public void setUp() throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(3);
        good = Rotation.of(() -> Denials.claims(random), TOKENS);
        denials = new Denials(revoked);
    }

    @TearDown
    public void tearDown() {
        denials.close();
    }

    @Benchmark
    public Optional<Revocation.Kind> check() throws IOException {
        return denials.of(good.next(), now);
    }
}
