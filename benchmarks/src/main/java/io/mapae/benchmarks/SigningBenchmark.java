package io.mapae.benchmarks;

import io.mapae.jws.Engines;
import io.mapae.service.key.Rollover;
import io.mapae.service.key.SigningAlgorithm;
import io.mapae.service.key.SigningKeyStore;
import io.mapae.service.key.SigningKeys;
import io.mapae.service.key.StoredKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
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

/** Access tokens signed as the token service does, from claims that are written already. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SigningBenchmark {
    @Param
    Scheme scheme;

    private byte[] claims;
    private byte[] input;
    private SigningKeys keys;

    /** Of one node, for as long as it runs. */
    private static final class Kept implements SigningKeyStore {
        private final List<StoredKey> keys = new ArrayList<>();

        @Override
        public List<StoredKey> all() {
            return List.copyOf(keys);
        }

        @Override
        public boolean add(StoredKey key) {
            return keys.add(key);
        }

        @Override
        public void remove(Collection<Long> generations) {
            keys.removeIf(key -> generations.contains(key.generation()));
        }
    }

    @Setup
    public void setUp() throws GeneralSecurityException, IOException {
        String token = Tokens.good(scheme).text();
        int dot = token.lastIndexOf('.');
        claims = Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1, dot));
        input = token.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
        keys = SigningKeys.open(
                new Kept(),
                new byte[32],
                SigningAlgorithm.named(scheme.toString()).orElseThrow(),
                Rollover.every(Duration.ofDays(90), Duration.ofMinutes(10)),
                Engines.jdk(),
                InstantSource.system());
    }

    /** The JDK's bare signature of the same length of text. */
    @Benchmark
    public byte[] bareSignature() throws GeneralSecurityException {
        return scheme.sign(input);
    }

    @Benchmark
    public String tokenService() throws IOException {
        return keys.sign(claims);
    }
}
