package io.mapae.benchmarks.stress;

import io.mapae.testkit.JwksServer;
import io.mapae.testkit.TestKey;
import io.mapae.verify.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A key that was published a moment ago, at rest and under a flood of unknown ones. */
final class KeyRotation implements Scenario {
    private static final int THREADS = 8;
    private static final int ROTATIONS = 3;
    private static final long PATIENCE_MILLIS = Engine.COOLDOWN.multipliedBy(3).toMillis();
    private static final Duration LEAD = Duration.ofSeconds(1);
    private static final long STEP_MILLIS = 1;

    private final TestKey old = TestKey.rsa();

    @Override
    public String title() {
        return "Rotation, at rest and while " + THREADS + " threads send unknown keys without a pause";
    }

    @Override
    public List<Figure> run() throws Exception {
        try (JwksServer server = JwksServer.start(old);
                Engine engine = Engine.start(server.jwksUri()).withKeys()) {
            List<Figure> figures = new ArrayList<>(atRest(server, engine));
            figures.addAll(underFlood(server, engine));
            return figures;
        }
    }

    private List<Figure> atRest(JwksServer server, Engine engine) throws InterruptedException {
        Thread.sleep(Engine.COOLDOWN.plusMillis(500).toMillis());
        TestKey next = TestKey.rsa().withKeyId("at-rest");
        server.publish(old, next);
        Tally first = new Tally(engine);
        return List.of(
                Figure.outcome("at rest: first token", Subject.ACCEPTED, first.verify(Minting.good(next))),
                Figure.inTime(
                        "at rest: first token, ms",
                        Engine.DEADLINE,
                        first.latencies().longestMillis()));
    }

    private List<Figure> underFlood(JwksServer server, Engine engine) throws Exception {
        String token = Minting.good(old);
        Minting minting = new Minting(token);
        Tally known = new Tally(engine);
        Tally unknown = new Tally(engine);
        int before = server.fetches();
        Crowd regulars = Crowd.endless(1, Duration.ofMillis(1), () -> known.verify(token));
        Crowd strangers = Crowd.endless(THREADS, Duration.ZERO, () -> unknown.verify(minting.unknown()));
        Thread.sleep(LEAD.toMillis()); // no fetch is left of the cooldown's burst then
        List<Figure> figures = new ArrayList<>();
        for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
            TestKey next = TestKey.rsa().withKeyId("under-flood-" + rotation);
            server.publish(old, next);
            figures.add(Figure.inTime(
                    "under flood: accepted if sent after, ms", Engine.COOLDOWN, millisUntilSent(engine, next)));
        }
        strangers.stop().join();
        regulars.stop().join();
        figures.add(
                Figure.plain("under flood: unknown keys", unknown.latencies().count()));
        figures.add(Figure.none(
                "under flood: neither refused nor undecided",
                unknown.otherThan(Reason.NO_MATCHING_KEY.name(), Subject.UNDECIDED)));
        figures.add(Figure.plain("under flood: fetches", server.fetches() - before));
        figures.add(Figure.none("under flood: old key not accepted", known.otherThan(Subject.ACCEPTED)));
        return figures;
    }

    /** When the first token that is accepted was sent; before it, the others were refused at once. */
    private static double millisUntilSent(Engine engine, TestKey key) throws InterruptedException {
        String token = Minting.good(key);
        long begun = System.nanoTime();
        long sent = begun;
        while (!engine.verify(token).equals(Subject.ACCEPTED)) {
            if (Duration.ofNanos(System.nanoTime() - begun).toMillis() > PATIENCE_MILLIS) {
                throw new IllegalStateException("a new key was not accepted within " + PATIENCE_MILLIS + " ms");
            }
            Thread.sleep(STEP_MILLIS);
            sent = System.nanoTime();
        }
        return (sent - begun) / 1e6;
    }
}
