package io.mapae.benchmarks.stress;

import io.mapae.testkit.JwksServer;
import io.mapae.testkit.JwksServer.Behaviour;
import io.mapae.testkit.TestKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens of one key that is known, while its endpoint answers and while it hangs. */
final class KnownKey implements Scenario {
    private static final int THREADS = 64;
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration PHASE = Duration.ofSeconds(10);
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Duration PARKED = Duration.ofSeconds(1);
    private static final double P99_RATIO = 1.5;

    private final String token = Minting.good(TestKey.rsa());

    /** @param parked threads that were inside one verification for the last second of the phase */
    private record Phase(Tally tally, int fetches, long parked) {}

    @Override
    public String title() {
        return "A known key: " + THREADS + " threads, a token every " + PAUSE.toMillis() + " ms each, for "
                + PHASE.toSeconds() + " s; refreshed every second";
    }

    @Override
    public List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (JwksServer server = JwksServer.start(TestKey.rsa());
                Engine engine =
                        Engine.start(server.jwksUri(), Optional.of(REFRESH)).withKeys()) {
            phase(server, engine, Behaviour.GOOD, WARM_UP);
            Phase healthy = phase(server, engine, Behaviour.GOOD, PHASE);
            Phase hanging = phase(server, engine, Behaviour.HANG, PHASE);
            figures.addAll(judged("endpoint healthy", healthy));
            figures.addAll(judged("endpoint hanging", hanging));
            figures.add(Figure.ratio("p99, hanging ÷ healthy", P99_RATIO, p99(hanging) / p99(healthy)));
        }
        try (JwksServer server = JwksServer.start(TestKey.rsa())) {
            Peer peer = new Peer(server.jwksUri(), REFRESH);
            phase(server, peer, Behaviour.GOOD, WARM_UP);
            figures.addAll(told("jose4j, endpoint healthy", phase(server, peer, Behaviour.GOOD, PHASE)));
            figures.addAll(told("jose4j, endpoint hanging", phase(server, peer, Behaviour.HANG, PHASE)));
        }
        return figures;
    }

    private Phase phase(JwksServer server, Subject subject, Behaviour behaviour, Duration length) throws Exception {
        Tally tally = new Tally(subject);
        server.behave(behaviour);
        int before = server.fetches();
        Crowd crowd = Crowd.endless(THREADS, PAUSE, () -> tally.verify(token));
        Thread.sleep(length.toMillis());
        long parked = crowd.stop().unfinished(PARKED);
        int fetches = server.fetches() - before;
        server.behave(Behaviour.GOOD); // lets go of threads that hang
        crowd.join();
        return new Phase(tally, fetches, parked);
    }

    private static double p99(Phase phase) {
        return phase.tally().latencies().millis(0.99);
    }

    private static List<Figure> judged(String when, Phase phase) {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.none(when + ": not accepted", phase.tally().otherThan(Subject.ACCEPTED)));
        figures.add(Figure.none(when + ": threads parked at the end", phase.parked()));
        figures.add(Figure.atLeast(when + ": fetches", 2, phase.fetches()));
        figures.addAll(latencies(when, phase));
        return figures;
    }

    private static List<Figure> told(String when, Phase phase) {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.plain(when + ": not accepted", phase.tally().otherThan(Subject.ACCEPTED)));
        figures.add(Figure.plain(when + ": threads parked at the end", phase.parked()));
        figures.add(Figure.plain(when + ": fetches", phase.fetches()));
        figures.addAll(latencies(when, phase));
        return figures;
    }

    private static List<Figure> latencies(String when, Phase phase) {
        Latencies latencies = phase.tally().latencies();
        return List.of(
                Figure.plain(when + ": verified", latencies.count()),
                Figure.millis(when + ": p50, ms", latencies.millis(0.5)),
                Figure.millis(when + ": p99, ms", latencies.millis(0.99)),
                Figure.millis(when + ": longest, ms", latencies.longestMillis()));
    }
}
