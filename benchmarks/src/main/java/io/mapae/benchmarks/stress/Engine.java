package io.mapae.benchmarks.stress;

import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Verifiers;
import io.mapae.keys.JwksEndpoint;
import io.mapae.keys.JwksEndpoint.Limits;
import io.mapae.keys.JwksEndpoints;
import io.mapae.keys.Transport;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.TokenVerifier;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mapae with the keys of one endpoint, its limits those of the settings' defaults. */
final class Engine implements Subject, AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(2);
    static final Duration COOLDOWN = Duration.ofSeconds(5);

    private final JwksEndpoints endpoints =
            new JwksEndpoints(new Transport(Optional.empty(), Optional.empty(), false), InstantSource.system());
    private final TokenVerifier verifier;

    private Engine(URI keySet, Optional<Duration> refreshAfter) {
        Limits limits =
                new Limits(refreshAfter, Duration.ofHours(24), Duration.ofSeconds(1), DEADLINE, COOLDOWN, 50, 1 << 20);
        verifier = Verifiers.mapae(
                Scheme.RS256,
                endpoints.add(new JwksEndpoint(TokenBuilder.ISSUER, Optional.of(keySet), List.of(), Map.of(), limits)));
    }

    /** Begins to fetch. */
    static Engine start(URI keySet) {
        return start(keySet, Optional.empty());
    }

    static Engine start(URI keySet, Optional<Duration> refreshAfter) {
        Engine engine = new Engine(keySet, refreshAfter);
        engine.endpoints.start("stress");
        return engine;
    }

    /** What is wrong after the first fetch, if anything; waits for its end. */
    Optional<String> firstProblem() {
        return endpoints.firstProblems().stream().findFirst();
    }

    /** Waits for the first keys. */
    Engine withKeys() {
        firstProblem().ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
        return this;
    }

    @Override
    public String verify(String token) {
        return verifier.verify(token)
                .fold(accepted -> ACCEPTED, rejected -> rejected.reason().name(), undecided -> UNDECIDED);
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
