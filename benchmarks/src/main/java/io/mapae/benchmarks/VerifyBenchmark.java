package io.mapae.benchmarks;

import io.mapae.verify.TokenVerifier;
import io.mapae.verify.Verdict;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.lang.JoseException;
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

    private Rotation<String> good;
    private Rotation<String> forged;
    private Rotation<BareCheck> checks;
    private TokenVerifier mapae;
    private JwtConsumer jose4j;

    @Setup
    public void setUp() throws GeneralSecurityException, IOException, JoseException {
        good = Rotation.of(Tokens.good(scheme)::text);
        forged = good.map(Tokens::forged);
        checks = good.map(token -> new BareCheck(scheme, token));
        mapae = Verifiers.mapae(scheme);
        jose4j = Verifiers.jose4j(scheme);
        if (!(mapae() instanceof Verdict.Accepted)) {
            throw new IllegalStateException("a good token was refused"); // and with it, its header would stay unknown
        }
    }

    @Benchmark
    public boolean bare() throws GeneralSecurityException {
        return checks.next().passes();
    }

    @Benchmark
    public Verdict mapae() {
        return mapae.verify(good.next());
    }

    @Benchmark
    public JwtClaims jose4j() throws InvalidJwtException {
        return jose4j.processToClaims(good.next());
    }

    @Benchmark
    public Verdict forged() {
        return mapae.verify(forged.next());
    }
}
