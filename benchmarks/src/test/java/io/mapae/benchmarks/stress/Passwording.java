package io.mapae.benchmarks.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Guesses, names that are not there, and logins that leave processors for others. */
record Passwording(ServiceStore store, ServiceScale scale) implements Scenario {
    private static final int HASHES = 12;
    private static final int LOGINS = 16;
    private static final int VERIFIERS = 4;
    private static final long LEAST_PERCENT = 40;
    private static final double TIMING = 0.05;
    private static final Duration LONGEST = Duration.ofMillis(250);
    private static final Map<String, String> UNTHROTTLED =
            Map.of("service.throttle-account", "1000000", "service.throttle-source", "1000000");

    @Override
    public String title() {
        return store + ": " + scale.guesses() + " guesses at once, unknown names, logins without end";
    }

    @Override
    public List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (ServiceNodes nodes = ServiceNodes.start(store, Map.of())) {
            guesses(nodes, figures);
        }
        try (ServiceNodes nodes = ServiceNodes.start(store, UNTHROTTLED)) {
            nodes.kill(1);
            names(nodes, figures);
            saturation(nodes, figures);
        }
        return figures;
    }

    /** A password is said to be wrong only after it was computed; all else is refused before. */
    private void guesses(ServiceNodes nodes, List<Figure> figures) throws Exception {
        AtomicLong computed = new AtomicLong();
        AtomicLong slowed = new AtomicLong();
        AtomicLong undecided = new AtomicLong();
        AtomicLong others = new AtomicLong();
        AtomicInteger next = new AtomicInteger();
        Crowd.once(scale.guesses(), () -> {
                    int guess = next.getAndIncrement();
                    ServiceAnswer answer = nodes.login(guess % 2, "bob", "guess" + guess);
                    AtomicLong counter =
                            switch (answer.outcome()) {
                                case "400 invalid_grant" -> computed;
                                case "429 slow_down" -> slowed;
                                case "503 temporarily_unavailable", "0" -> undecided;
                                default -> others;
                            };
                    counter.incrementAndGet();
                })
                .join();
        figures.add(Figure.atMost("guesses at one account: hashes computed", HASHES, computed.get()));
        figures.add(Figure.plain("answers 429", slowed));
        figures.add(Figure.plain("answers 503, or none", undecided));
        figures.add(Figure.none("other answers", others.get()));
    }

    /** By turns, and each the first by turns, so that what else the machine does meets both. */
    private void names(ServiceNodes nodes, List<Figure> figures) {
        double[] known = new double[scale.tries()];
        double[] unknown = new double[scale.tries()];
        for (int i = -scale.tries() / 4; i < scale.tries(); i++) {
            boolean first = (i & 1) == 0;
            double one = millis(nodes, first ? "bob" : "nobody");
            double other = millis(nodes, first ? "nobody" : "bob");
            if (i >= 0) {
                known[i] = first ? one : other;
                unknown[i] = first ? other : one;
            }
        }
        double ofKnown = median(known);
        double ofUnknown = median(unknown);
        figures.add(Figure.millis("wrong password, median ms", ofKnown));
        figures.add(Figure.millis("unknown name, median ms", ofUnknown));
        figures.add(Figure.ratio(
                "difference, of the larger", TIMING, Math.abs(ofKnown - ofUnknown) / Math.max(ofKnown, ofUnknown)));
    }

    private static double millis(ServiceNodes nodes, String name) {
        long begun = System.nanoTime();
        String outcome = nodes.login(0, name, "wrong password").outcome();
        if (!outcome.equals("400 invalid_grant")) {
            throw new IllegalStateException(outcome);
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void saturation(ServiceNodes nodes, List<Figure> figures) throws Exception {
        String bearer = nodes.loggedIn("alice").accessToken();
        Verifying warming = new Verifying();
        double unused = warming.rate(nodes, bearer, scale.load());
        Verifying alone = new Verifying();
        double idle = alone.rate(nodes, bearer, scale.load());
        AtomicLong logins = new AtomicLong();
        AtomicLong turnedAway = new AtomicLong();
        // Whoever is turned away waits a little, as clients should by Retry-After.
        Crowd entering = Crowd.endless(LOGINS, Duration.ofMillis(20), () -> {
            boolean good = nodes.login(0, "alice", ServiceNodes.PASSWORD).isGood();
            (good ? logins : turnedAway).incrementAndGet();
        });
        Verifying crowded = new Verifying();
        double busy = crowded.rate(nodes, bearer, scale.load());
        entering.stop().join();
        long percent = Math.round(100 * busy / idle);
        figures.add(Figure.plain("tokens verified a second, idle", Math.round(idle)));
        figures.add(Figure.plain("the same beside logins without end", Math.round(busy)));
        figures.add(new Figure(
                "percent of it",
                String.valueOf(percent),
                "≥ " + LEAST_PERCENT,
                percent >= LEAST_PERCENT ? Figure.Verdict.MET : Figure.Verdict.MISSED));
        figures.add(Figure.millis("longest verification when idle, ms", alone.latencies.longestMillis()));
        figures.add(Figure.inTime("the same beside logins, ms", LONGEST, crowded.latencies.longestMillis()));
        figures.add(Figure.plain("logins", logins));
        figures.add(Figure.plain("logins turned away", turnedAway));
        figures.add(Figure.none("tokens refused", alone.wrong.get() + crowded.wrong.get()));
    }

    private static final class Verifying {
        final Latencies latencies = new Latencies();
        final AtomicLong wrong = new AtomicLong();

        double rate(ServiceNodes nodes, String bearer, Duration time) throws Exception {
            long start = System.nanoTime();
            Crowd crowd = Crowd.endless(VERIFIERS, Duration.ZERO, () -> {
                long begun = System.nanoTime();
                wrong.addAndGet(nodes.who(0, bearer).isGood() ? 0 : 1);
                latencies.add(System.nanoTime() - begun);
            });
            ServiceNodes.rest(time);
            crowd.stop().join();
            return latencies.count() / ((System.nanoTime() - start) / 1e9);
        }
    }
}
