package io.mapae.benchmarks.stress;

import io.mapae.testkit.JwksServer;
import io.mapae.testkit.JwksServer.Behaviour;
import io.mapae.testkit.TestKey;
import io.mapae.verify.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many tokens at once, each of another key that nobody knows, while a known one is in use. */
final class UnknownKeys implements Scenario {
    private static final int THREADS = 500;
    private static final int MAX_FETCHES = 5;
    private static final Duration IN_TIME = Engine.DEADLINE.plusMillis(500);
    private static final Duration LEAD = Duration.ofSeconds(1);

    private final String token = Minting.good(TestKey.rsa());

    /** @param late how many unknown tokens had no answer in time */
    private record Flood(Tally unknown, Tally known, int fetches, long late) {}

    @Override
    public String title() {
        return THREADS + " unknown keys at once, and a known one all the while";
    }

    @Override
    public List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (Behaviour behaviour : List.of(Behaviour.GOOD, Behaviour.HANG)) {
            String when = behaviour == Behaviour.GOOD ? "endpoint healthy" : "endpoint hanging";
            try (JwksServer server = JwksServer.start(TestKey.rsa());
                    Engine engine = Engine.start(server.jwksUri()).withKeys()) {
                figures.addAll(judged(when, flood(server, engine, behaviour)));
            }
            try (JwksServer server = JwksServer.start(TestKey.rsa())) {
                Peer peer = new Peer(server.jwksUri(), Duration.ofHours(1));
                peer.verify(token); // fetches
                figures.addAll(told("jose4j, " + when, flood(server, peer, behaviour)));
            }
        }
        return figures;
    }

    private Flood flood(JwksServer server, Subject subject, Behaviour behaviour) throws Exception {
        Minting minting = new Minting(token);
        Tally known = new Tally(subject);
        Tally unknown = new Tally(subject);
        server.behave(behaviour);
        int before = server.fetches();
        Crowd regulars = Crowd.endless(1, Duration.ofMillis(1), () -> known.verify(token));
        Thread.sleep(LEAD.toMillis());
        Crowd strangers = Crowd.once(THREADS, () -> unknown.verify(minting.unknown()));
        long late = strangers.unfinished(IN_TIME);
        int fetches = server.fetches() - before;
        server.behave(Behaviour.GOOD); // lets go of threads that hang
        strangers.join();
        regulars.stop().join();
        return new Flood(unknown, known, fetches, late);
    }

    private static List<Figure> judged(String when, Flood flood) {
        long wrong = flood.unknown().otherThan(Reason.NO_MATCHING_KEY.name(), Subject.UNDECIDED);
        return List.of(
                Figure.plain(when + ": outcomes", flood.unknown()),
                Figure.none(when + ": neither refused nor undecided", wrong),
                Figure.atMost(when + ": fetches", MAX_FETCHES, flood.fetches()),
                Figure.inTime(
                        when + ": longest, ms",
                        IN_TIME,
                        flood.unknown().latencies().longestMillis()),
                Figure.none(when + ": known key not accepted", flood.known().otherThan(Subject.ACCEPTED)),
                Figure.millis(
                        when + ": known key, p99, ms", flood.known().latencies().millis(0.99)));
    }

    private static List<Figure> told(String when, Flood flood) {
        return List.of(
                Figure.plain(when + ": fetches", flood.fetches()),
                Figure.plain(when + ": no answer after " + IN_TIME.toMillis() + " ms", flood.late()),
                Figure.plain(when + ": known key not accepted", flood.known().otherThan(Subject.ACCEPTED)),
                Figure.millis(
                        when + ": known key, p99, ms", flood.known().latencies().millis(0.99)));
    }
}
