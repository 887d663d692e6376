package io.mapae.benchmarks;

import io.mapae.revocation.Revocations;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.CacheSize;
import io.mapae.verify.Issuer;
import io.mapae.verify.TokenVerifier;
import io.mapae.verify.Verdict;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A header with a token that was verified before, as one of so many that are in use. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CacheBenchmark {
    static final int MILLION = 1_000_000;

    private static final String PREFIX = "Bearer ";

    @Param({"10", "10000", "1000000"})
    int live;

    private Rotation<String> headers;
    private TokenVerifier verifier;

    @Setup
    public void setUp() throws InvalidKeyException, IOException {
        Scheme scheme = live < MILLION ? Scheme.RS256 : Scheme.HS256; // to sign so many would take half an hour
        Supplier<String> token = live < MILLION
                ? Tokens.good(scheme)::text
                : TokenBuilder.signedBy(scheme.key()).expiresIn(Tokens.LIFETIME_SECONDS)::text;
        verifier = new TokenVerifier(
                List.of(new Issuer(
                        Verifiers.policy(scheme, TokenBuilder.ISSUER, 8192), Verifiers.keys(scheme, scheme.jwk()))),
                Revocations.NONE,
                new CacheSize(2 * live, Long.MAX_VALUE), // with room, so that none is forgotten
                InstantSource.system());
        headers = Rotation.of(() -> PREFIX + token.get(), live);
        for (int i = 0; i < live; i++) {
            if (!(verifier.verify(headers.next().substring(PREFIX.length())) instanceof Verdict.Accepted)) {
                throw new IllegalStateException("a good token was refused");
            }
        }
        if (repeated().isEmpty()) {
            throw new IllegalStateException("a token is not known again");
        }
    }

    @Benchmark
    public Optional<Verdict> repeated() {
        return verifier.recall(headers.next(), PREFIX.length());
    }
}
