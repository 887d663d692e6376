package io.mapae.benchmarks;

import io.mapae.revocation.Revocations;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.CacheSize;
import io.mapae.verify.Issuer;
import io.mapae.verify.TokenVerifier;
import io.mapae.verify.Verdict;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.time.InstantSource;
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

/** A token at first sight, its signature checked by a provider that is faster than the JDK. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ProviderBenchmark {
    @Param({"RS256", "ES256", "EDDSA"})
    Scheme scheme;

    @Param
    CryptoProvider provider;

    private Rotation<String> good;
    private Rotation<ProviderCheck> checks;
    private TokenVerifier verifier;

    @Setup
    public void setUp() throws GeneralSecurityException, IOException {
        Provider loaded = provider.load(scheme);
        PublicKey key = provider.key(scheme);
        good = Rotation.of(Tokens.good(scheme)::text);
        checks = good.map(token -> new ProviderCheck(loaded, key, scheme, token));
        verifier = new TokenVerifier(
                List.of(new Issuer(
                        Verifiers.policy(scheme, TokenBuilder.ISSUER, 8192), Verifiers.keys(scheme, scheme.jwk()))),
                Revocations.NONE,
                provider.engines(scheme),
                CacheSize.NONE,
                InstantSource.system());
        if (!(mapae() instanceof Verdict.Accepted) || !bare()) {
            throw new IllegalStateException(provider + " refused a good token");
        }
    }

    @Benchmark
    public boolean bare() throws GeneralSecurityException {
        return checks.next().passes();
    }

    @Benchmark
    public Verdict mapae() {
        return verifier.verify(good.next());
    }
}
