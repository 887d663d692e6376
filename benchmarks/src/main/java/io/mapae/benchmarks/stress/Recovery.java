package io.mapae.benchmarks.stress;

import io.mapae.testkit.JwksServer;
import io.mapae.testkit.JwksServer.Behaviour;
import io.mapae.testkit.TestKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Applications that start during an outage, their users knocking all the while: how soon after its end they work. */
final class Recovery implements Scenario {
    private static final long SEED = 1;
    private static final int REPETITIONS = 10;
    private static final int SHORTEST_MILLIS = 3_000;
    private static final int LONGEST_MILLIS = 9_000;
    private static final int LONG_OUTAGE_MILLIS = 12_000;
    private static final Duration IN_TIME = Duration.ofSeconds(5);
    private static final long PATIENCE_SECONDS = 15;
    private static final Duration KNOCK = Duration.ofMillis(20);

    private enum Outage {
        REFUSED("connections refused", JwksServer::down, JwksServer::up),
        /** At its end the server cuts what hangs, and the JDK's client sends such a request again by itself. */
        HANGING("endpoint hanging", server -> server.behave(Behaviour.HANG), server -> server.behave(Behaviour.GOOD)),
        /** What is cut then stays failed. */
        HANGING_BODY(
                "body hanging",
                server -> server.behave(Behaviour.HANG_AFTER_HEADERS),
                server -> server.behave(Behaviour.GOOD));

        private final String text;
        private final Consumer<JwksServer> begin;
        private final Consumer<JwksServer> end;

        Outage(String text, Consumer<JwksServer> begin, Consumer<JwksServer> end) {
            this.text = text;
            this.begin = begin;
            this.end = end;
        }
    }

    /** @param wrong how often a good token was refused instead of being left undecided */
    private record Return(double millis, long wrong) {}

    private final Random random = new Random(SEED);

    @Override
    public String title() {
        return "Recovery after an outage from the very start: of " + LONG_OUTAGE_MILLIS + " ms once, of "
                + SHORTEST_MILLIS + " to " + LONGEST_MILLIS + " ms " + REPETITIONS + " times (all at once)";
    }

    @Override
    public List<Figure> run() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Map<Outage, List<Future<Return>>> returns = new EnumMap<>(Outage.class);
            for (Outage outage : Outage.values()) {
                returns.put(outage, begun(outage, threads));
            }
            List<Figure> figures = new ArrayList<>();
            for (Map.Entry<Outage, List<Future<Return>>> entry : returns.entrySet()) {
                figures.addAll(judged(entry.getKey().text, ended(entry.getValue())));
            }
            return figures;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The long one first. */
    private List<Future<Return>> begun(Outage outage, ExecutorService threads) {
        List<Future<Return>> returns = new ArrayList<>();
        returns.add(threads.submit(() -> recover(outage, LONG_OUTAGE_MILLIS)));
        for (int i = 0; i < REPETITIONS; i++) {
            long millis = random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS);
            returns.add(threads.submit(() -> recover(outage, millis)));
        }
        return returns;
    }

    private static List<Return> ended(List<Future<Return>> returns) throws Exception {
        List<Return> ended = new ArrayList<>();
        for (Future<Return> one : returns) {
            ended.add(one.get());
        }
        return ended;
    }

    private static Return recover(Outage outage, long millis) throws Exception {
        TestKey key = TestKey.rsa();
        String token = Minting.good(key);
        try (JwksServer server = JwksServer.start(key)) {
            outage.begin.accept(server);
            try (Engine engine = Engine.start(server.jwksUri())) {
                Tally tally = new Tally(engine);
                CountDownLatch accepted = new CountDownLatch(1);
                Crowd users = Crowd.endless(1, KNOCK, () -> {
                    if (tally.verify(token).equals(Subject.ACCEPTED)) {
                        accepted.countDown();
                    }
                });
                Thread.sleep(millis);
                long back = System.nanoTime();
                outage.end.accept(server);
                boolean inTime = accepted.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                double took = (System.nanoTime() - back) / 1e6;
                users.stop().join();
                if (!inTime) {
                    throw new IllegalStateException("no recovery within " + PATIENCE_SECONDS + " s: " + tally);
                }
                return new Return(took, tally.otherThan(Subject.ACCEPTED, Subject.UNDECIDED));
            }
        }
    }

    private static List<Figure> judged(String outage, List<Return> returns) {
        double[] millis =
                returns.stream().skip(1).mapToDouble(Return::millis).sorted().toArray();
        return List.of(
                Figure.none(
                        outage + ": good token refused",
                        returns.stream().mapToLong(Return::wrong).sum()),
                Figure.inTime(
                        outage + ", " + LONG_OUTAGE_MILLIS + " ms: accepted after, ms",
                        IN_TIME,
                        returns.get(0).millis()),
                Figure.millis(outage + ": least, ms", millis[0]),
                Figure.millis(outage + ": median, ms", (millis[REPETITIONS / 2 - 1] + millis[REPETITIONS / 2]) / 2),
                Figure.inTime(outage + ": most, ms", IN_TIME, millis[REPETITIONS - 1]));
    }
}
