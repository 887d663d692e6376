package io.mapae.benchmarks.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The store answers nothing for a while: tokens are verified as ever, and nobody is told to be in the wrong. */
record StoreOutage(ServiceStore store, ServiceScale scale) implements Scenario {
    private static final int SESSIONS = 16;
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    @Override
    public String title() {
        return store + ": the store stops to answer for " + scale.outage().toSeconds() + " s";
    }

    @Override
    public List<Figure> run() throws Exception {
        try (ServiceNodes nodes = ServiceNodes.start(store, Map.of())) {
            List<ServiceAnswer> logins = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                logins.add(nodes.loggedIn("alice"));
            }
            String bearer = logins.get(0).accessToken();
            AtomicLong unverified = new AtomicLong();
            Latencies verified = new Latencies();
            Crowd verifying = Crowd.endless(2, Duration.ofMillis(10), () -> {
                long begun = System.nanoTime();
                unverified.addAndGet(nodes.who(0, bearer).isGood() ? 0 : 1);
                verified.add(System.nanoTime() - begun);
            });
            ServiceNodes.rest(SETTLED);
            Asked refreshes = new Asked();
            Asked loggingIn = new Asked();
            store.pause();
            long resumed;
            try {
                AtomicInteger next = new AtomicInteger();
                Crowd asking = Crowd.endless(4, PAUSE, () -> {
                    String token = logins.get(next.getAndIncrement() % SESSIONS).refreshToken();
                    refreshes.ask(() -> nodes.refresh(0, token));
                });
                Crowd entering = Crowd.endless(
                        1, PAUSE, () -> loggingIn.ask(() -> nodes.login(0, "alice", ServiceNodes.PASSWORD)));
                ServiceNodes.rest(scale.outage());
                asking.stop().join();
                entering.stop().join();
            } finally {
                store.resume();
                resumed = System.nanoTime();
            }
            int lost = 0;
            for (ServiceAnswer login : logins) {
                String outcome = becomesGood(() -> nodes.refresh(0, login.refreshToken()));
                lost += outcome.equals("200") ? 0 : 1;
            }
            String entered = becomesGood(() -> nodes.login(0, "alice", ServiceNodes.PASSWORD));
            double recovery = (System.nanoTime() - resumed) / 1e6;
            verifying.stop().join();
            List<Figure> figures = new ArrayList<>(List.of(
                    Figure.plain("tokens verified", verified.count()),
                    Figure.none("of them refused or not answered", unverified.get()),
                    Figure.millis("longest verification, ms", verified.longestMillis())));
            figures.addAll(refreshes.figures("refresh"));
            figures.addAll(loggingIn.figures("login"));
            figures.add(Figure.none("sessions lost", lost));
            figures.add(Figure.outcome("login afterwards", "200", entered));
            figures.add(Figure.inTime("all sessions and a login go on after, ms", RECOVERY, recovery));
            return figures;
        }
    }

    private static String becomesGood(Supplier<ServiceAnswer> question) {
        long end = System.nanoTime() + GIVE_UP.toNanos();
        ServiceAnswer answer = question.get();
        while (answer.isUndecided() && System.nanoTime() < end) {
            ServiceNodes.rest(PAUSE);
            answer = question.get();
        }
        return answer.outcome();
    }

    /** What came of one kind of question while the store was away. */
    private static final class Asked {
        private final Latencies latencies = new Latencies();
        private final AtomicLong others = new AtomicLong();

        void ask(Supplier<ServiceAnswer> question) {
            long begun = System.nanoTime();
            ServiceAnswer answer = question.get();
            latencies.add(System.nanoTime() - begun);
            boolean right = answer.outcome().equals("503 temporarily_unavailable")
                    && answer.retryAfter().equals("1");
            if (!right) {
                System.out.println("  " + answer.outcome() + " instead of 503");
                others.incrementAndGet();
            }
        }

        List<Figure> figures(String name) {
            return List.of(
                    Figure.plain(name + ": answers", latencies.count()),
                    Figure.none(name + ": answers other than 503 with Retry-After: 1", others.get()),
                    Figure.millis(name + ": median ms", latencies.millis(0.5)),
                    Figure.inTime(name + ": longest, ms", ANSWER, latencies.longestMillis()));
        }
    }
}
