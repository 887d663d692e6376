package io.mapae.benchmarks;

import io.mapae.testkit.Hostile;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.TokenVerifier;
import io.mapae.verify.Verdict;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Text that is refused before any key is looked for, of about the length of a good token. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MalformedBenchmark {
    @Param({"TWO_PARTS", "FOUR_PARTS", "JUNK_INSIDE", "SIGNATURE_PADDED", "ALG_TWICE", "HEADER_BINARY", "ALG_UNKNOWN"})
    Hostile kind;

    private Rotation<String> texts;
    private TokenVerifier mapae;

    @Setup
    public void setUp() throws GeneralSecurityException, IOException {
        TokenBuilder good = Tokens.good(Scheme.RS256);
        texts = Rotation.of(() -> kind.token(good, Scheme.RS256.key()));
        mapae = Verifiers.mapae(Scheme.RS256);
    }

    @Benchmark
    public Verdict malformed() {
        return mapae.verify(texts.next());
    }
}
