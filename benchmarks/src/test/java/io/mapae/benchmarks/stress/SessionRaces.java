package io.mapae.benchmarks.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One token in many hands, answers that are lost, and logouts that race refreshes, at two nodes. */
record SessionRaces(ServiceStore store, ServiceScale scale) implements Scenario {
    private static final int HANDS = 50;
    private static final int NOTICES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Override
    public String title() {
        return store + ": crowds, lost answers, " + scale.logouts() + " logouts that race a refresh";
    }

    @Override
    public List<Figure> run() throws Exception {
        // Clients wait for nothing here but the machine, which may be slow.
        try (ServiceNodes nodes = ServiceNodes.start(store, Map.of("service.refresh-grace", "PT2M"))) {
            List<Figure> figures = new ArrayList<>();
            crowd(nodes, figures);
            lostAnswers(nodes, figures);
            logouts(nodes, figures);
            notice(nodes, figures);
            return figures;
        }
    }

    private static void crowd(ServiceNodes nodes, List<Figure> figures) throws Exception {
        ServiceAnswer login = nodes.loggedIn("alice");
        int before = nodes.sessions(login.accessToken());
        Set<String> successors = ConcurrentHashMap.newKeySet();
        AtomicInteger turn = new AtomicInteger();
        Crowd.once(
                        HANDS,
                        () -> successors.add(ServiceNodes.patiently(
                                        turn.getAndIncrement() % 2, node -> nodes.refresh(node, login.refreshToken()))
                                .refreshToken()))
                .join();
        figures.add(Figure.outcome(
                "lineages of a token that " + HANDS + " refresh at once", "1", String.valueOf(successors.size())));
        boolean goesOn = ServiceNodes.patiently(
                        0, node -> nodes.refresh(node, successors.iterator().next()))
                .isGood();
        figures.add(Figure.none("sessions lost by it", goesOn ? 0 : 1));
        figures.add(Figure.none("sessions made by it", nodes.sessions(login.accessToken()) - before));
    }

    private void lostAnswers(ServiceNodes nodes, List<Figure> figures) {
        ServiceAnswer login = nodes.loggedIn("alice");
        int before = nodes.sessions(login.accessToken());
        String token = login.refreshToken();
        int others = 0;
        for (int i = 0; i < scale.lostAnswers(); i++) {
            String asked = token;
            ServiceAnswer lost = ServiceNodes.patiently(i % 2, node -> nodes.refresh(node, asked));
            ServiceAnswer again = ServiceNodes.patiently(1 - i % 2, node -> nodes.refresh(node, asked));
            others += lost.isGood() && again.isGood() && lost.refreshToken().equals(again.refreshToken()) ? 0 : 1;
            token = again.refreshToken();
        }
        figures.add(Figure.none("of " + scale.lostAnswers() + " lost answers, not the same again", others));
        figures.add(Figure.none("sessions made by them", nodes.sessions(login.accessToken()) - before));
    }

    private void logouts(ServiceNodes nodes, List<Figure> figures) throws Exception {
        int surviving = 0;
        int renewed = 0;
        for (int i = 0; i < scale.logouts(); i++) {
            String token = nodes.loggedIn("alice").refreshToken();
            List<ServiceAnswer> answers = new ArrayList<>();
            AtomicInteger turn = new AtomicInteger();
            Crowd.once(2, () -> {
                        ServiceAnswer answer = turn.getAndIncrement() == 0
                                ? ServiceNodes.patiently(0, node -> nodes.logout(node, token))
                                : ServiceNodes.patiently(1, node -> nodes.refresh(node, token));
                        synchronized (answers) {
                            answers.add(answer);
                        }
                    })
                    .join();
            List<String> tokens = new ArrayList<>(List.of(token));
            answers.stream()
                    .filter(ServiceAnswer::isGood)
                    .map(ServiceAnswer::refreshToken)
                    .forEach(tokens::add);
            renewed += tokens.size() - 1;
            for (String each : tokens) {
                surviving += ServiceNodes.patiently(0, node -> nodes.refresh(node, each))
                                .isGood()
                        ? 1
                        : 0;
            }
        }
        figures.add(Figure.plain("refreshes that came before their logout", renewed));
        figures.add(Figure.none("tokens that survived their logout", surviving));
    }

    private void notice(ServiceNodes nodes, List<Figure> figures) {
        if (!nodes.hearsOfRevocations()) {
            figures.add(Figure.plain("revocation visible at the other node", "not built"));
            return;
        }
        Latencies latencies = new Latencies();
        for (int i = 0; i < NOTICES; i++) {
            ServiceAnswer login = nodes.loggedIn("alice");
            var unused = ServiceNodes.patiently(1, node -> nodes.who(node, login.accessToken()));
            ServiceAnswer logout = ServiceNodes.patiently(0, node -> nodes.logout(node, login.refreshToken()));
            long begun = System.nanoTime();
            while (logout.status() == 204
                    && nodes.who(1, login.accessToken()).status() != 401
                    && System.nanoTime() - begun < PATIENCE.toNanos()) {
                ServiceNodes.rest(Duration.ofMillis(5));
            }
            latencies.add(System.nanoTime() - begun);
        }
        figures.add(Figure.millis("revocation visible at the other node, median ms", latencies.millis(0.5)));
        figures.add(Figure.inTime("longest of " + NOTICES + ", ms", store.notice, latencies.longestMillis()));
        figures.add(Figure.atMost(
                "longest, seconds that no machine excuses",
                PATIENCE.toSeconds() - 1,
                TimeUnit.MILLISECONDS.toSeconds((long) latencies.longestMillis())));
    }
}
