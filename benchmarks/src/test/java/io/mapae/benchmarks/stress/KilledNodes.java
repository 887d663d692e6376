package io.mapae.benchmarks.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many sessions are refreshed again and again, while the nodes are killed by turns. */
record KilledNodes(ServiceStore store, ServiceScale scale) implements Scenario {
    private static final int THREADS = 64;

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** Of so many refreshes one is asked for again, at the other node. */
    private static final int REPEATED = 4;

    @Override
    public String title() {
        return store + ": " + scale.rotations() + " rotations on " + THREADS + " threads, a node killed every "
                + scale.untilKill().toSeconds() + " s";
    }

    @Override
    public List<Figure> run() throws Exception {
        try (ServiceNodes nodes = ServiceNodes.start(store, Map.of())) {
            List<String> tokens = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                tokens.add(nodes.loggedIn("alice").refreshToken());
            }
            String observer = nodes.loggedIn("alice").accessToken();
            int before = nodes.sessions(observer);
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger kills = new AtomicInteger();
            Crowd killer = Crowd.once(1, () -> kill(nodes, over, kills));
            Rotations rotations = new Rotations(nodes, scale.rotations());
            AtomicInteger next = new AtomicInteger();
            long begun = System.nanoTime();
            Crowd crowd = Crowd.once(THREADS, () -> rotations.run(tokens.get(next.getAndIncrement())));
            if (crowd.unfinished(PATIENCE) > 0) {
                throw new IllegalStateException("no end of it within " + PATIENCE);
            }
            crowd.join();
            double seconds = (System.nanoTime() - begun) / 1e9;
            over.set(true);
            killer.join();
            return List.of(
                    Figure.plain("nodes killed, and up again before the next", kills),
                    Figure.plain("seconds", Math.round(seconds)),
                    Figure.plain("answers that were lost or 503, asked for again", rotations.undecided),
                    Figure.atLeast("rotations", scale.rotations(), rotations.done.get()),
                    Figure.none("tokens with two successors", rotations.doubles.get()),
                    Figure.none("sessions lost", rotations.lost.get()),
                    Figure.outcome("sessions", String.valueOf(before), String.valueOf(nodes.sessions(observer))));
        }
    }

    private void kill(ServiceNodes nodes, AtomicBoolean over, AtomicInteger kills) {
        try {
            for (int node = 0; !over.get(); node = 1 - node) {
                ServiceNodes.rest(scale.untilKill());
                nodes.kill(node);
                kills.incrementAndGet();
                nodes.restart(node);
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The rotations of all threads. */
    private static final class Rotations {
        final AtomicLong done = new AtomicLong();
        final AtomicLong doubles = new AtomicLong();
        final AtomicLong lost = new AtomicLong();
        final AtomicLong undecided = new AtomicLong();
        private final ServiceNodes nodes;
        private final int wanted;

        Rotations(ServiceNodes nodes, int wanted) {
            this.nodes = nodes;
            this.wanted = wanted;
        }

        /** One session's, from its first token on. */
        void run(String first) {
            String token = first;
            while (done.get() < wanted) {
                ServiceAnswer answer = refresh(token);
                boolean repeated = ThreadLocalRandom.current().nextInt(REPEATED) == 0;
                if (repeated && answer.isGood()) {
                    ServiceAnswer again = refresh(token);
                    if (again.isGood() && !again.refreshToken().equals(answer.refreshToken())) {
                        doubles.incrementAndGet();
                    }
                    answer = again;
                }
                if (!answer.isGood()) {
                    System.out.println("  lost by " + answer.outcome());
                    lost.incrementAndGet();
                    return;
                }
                token = answer.refreshToken();
                done.incrementAndGet();
            }
        }

        private ServiceAnswer refresh(String token) {
            return ServiceNodes.patiently(ThreadLocalRandom.current().nextInt(2), node -> {
                ServiceAnswer answer = nodes.refresh(node, token);
                if (answer.isUndecided()) {
                    undecided.incrementAndGet();
                }
                return answer;
            });
        }
    }
}
