package io.mapae.benchmarks;

import io.mapae.verify.TokenVerifier;
import io.mapae.verify.Verdict;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A token at first sight where there is more of something, by one verifier for all threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScalingBenchmark {
    @Param
    Scale scale;

    private TokenVerifier verifier;
    private List<String> tokens;

    /** The tokens, of a thread. */
    @State(Scope.Thread)
    public static class Mine {
        private Rotation<String> tokens;

        @Setup
        public void setUp(ScalingBenchmark all) {
            Iterator<String> next = all.tokens.iterator();
            tokens = Rotation.of(next::next, all.tokens.size());
        }
    }

    @Setup
    public void setUp() throws InvalidKeyException, IOException {
        verifier = scale.verifier();
        tokens = scale.tokens();
        for (String token : tokens) {
            if (!(verifier.verify(token) instanceof Verdict.Accepted)) {
                throw new IllegalStateException("a good token was refused: " + verifier.verify(token));
            }
        }
    }

    @Benchmark
    public Verdict scaled(Mine mine) {
        return verifier.verify(mine.tokens.next());
    }
}
