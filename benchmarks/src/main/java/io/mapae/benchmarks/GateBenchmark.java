package io.mapae.benchmarks;

import io.mapae.http.Answer;
import io.mapae.http.Gate;
import io.mapae.http.GateOptions;
import io.mapae.http.Once;
import io.mapae.http.RefusalBody;
import io.mapae.http.Request;
import io.mapae.http.Rules;
import io.mapae.http.Usage;
import io.mapae.identity.CallerMapping;
import io.mapae.identity.ClaimPath;
import io.mapae.replay.MemoryReplayStore;
import io.mapae.revocation.Revocations;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.CacheSize;
import io.mapae.verify.Issuer;
import io.mapae.verify.TokenVerifier;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A request from its header to its answer, with everything but a container: rules by path, roles, scopes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GateBenchmark {
    /** Held, as the JDK forgets a logger and its settings otherwise. Lines are written for nobody. */
    private static final Logger REFUSALS = Logger.getLogger("io.mapae.refusal");

    private Rotation<Incoming> good;
    private Incoming repeated;
    private Incoming none;
    private Gate gate;
    private Gate gateOfFew;

    /** A request for {@code /api/orders/4711}. */
    record Incoming(List<String> authorization) implements Request {
        @Override
        public String rawQuery() {
            return "";
        }

        @Override
        public Usage used() {
            return new Usage();
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/api/orders/4711";
        }

        @Override
        public String rawTarget() {
            return "/shop/api/orders/4711";
        }

        @Override
        public List<String> headers(String name) {
            return name.equalsIgnoreCase("Authorization") ? authorization : List.of();
        }

        @Override
        public List<String> cookies(String name) {
            return List.of();
        }

        @Override
        public boolean secure() {
            return true;
        }
    }

    @Setup
    public void setUp() throws GeneralSecurityException, IOException {
        REFUSALS.setUseParentHandlers(false);
        good = Rotation.of(Tokens.good(Scheme.RS256)::text).map(token -> new Incoming(List.of("Bearer " + token)));
        none = new Incoming(List.of());
        repeated = good.next();
        // Where one token is known at a time, the next one never is.
        gateOfFew = gate(new CacheSize(1, Long.MAX_VALUE));
        gate = gate(CacheSize.of(1_000));
    }

    private static Gate gate(CacheSize cache) throws GeneralSecurityException, IOException {
        TokenVerifier verifier = new TokenVerifier(
                List.of(new Issuer(
                        Verifiers.policy(Scheme.RS256, TokenBuilder.ISSUER, 8192),
                        Verifiers.keys(Scheme.RS256, Scheme.RS256.jwk()))),
                Revocations.NONE,
                cache,
                InstantSource.system());
        CallerMapping mapping = new CallerMapping(
                List.of(new ClaimPath("groups")), Map.of(), List.of(new ClaimPath("scope")), Set.of());
        GateOptions options = new GateOptions(
                Rules.parse("/public/** permit; /admin/** role admin; GET /api/** role user"),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                RefusalBody.PROBLEM,
                false);
        Once once = new Once(new MemoryReplayStore(InstantSource.system()), Duration.ZERO, InstantSource.system());
        return new Gate(verifier, mapping, options, once, InstantSource.system());
    }

    @Benchmark
    public Answer gateGoodToken() {
        return gateOfFew.admit(good.next());
    }

    @Benchmark
    public Answer gateRepeatedToken() {
        return gate.admit(repeated);
    }

    @Benchmark
    public Answer gateNoToken() {
        return gate.admit(none);
    }
}
