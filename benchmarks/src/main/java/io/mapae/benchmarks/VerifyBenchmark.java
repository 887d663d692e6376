package io.mapae.benchmarks;

import io.mapae.benchmarks.peers.Contestant;
import io.mapae.benchmarks.peers.Verifier;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A token seen for the first time, on a server that has seen others: its header is known, the rest is new. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VerifyBenchmark {
    @Param
    Scheme scheme;

    @Param
    Contestant contestant;

    private Rotation<Callable<Object>> good;
    private Rotation<Callable<Object>> forged;

    @Setup
    public void setUp() throws Exception {
        Verifier verifier = contestant.verifier(scheme);
        Rotation<String> tokens = Rotation.of(Tokens.good(scheme)::text);
        good = tokens.map(verifier::of);
        forged = tokens.map(Tokens::forged).map(verifier::of);
    }

    @Benchmark
    public Object good() throws Exception {
        return good.next().call();
    }

    /** Of those who throw, it is an error. */
    @Benchmark
    public Object forged() throws Exception {
        return forged.next().call();
    }
}
