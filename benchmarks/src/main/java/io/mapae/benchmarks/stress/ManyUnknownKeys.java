package io.mapae.benchmarks.stress;

import io.mapae.testkit.JwksServer;
import io.mapae.testkit.TestKey;
import io.mapae.verify.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A million unknown keys one after another, in a JVM with no room to remember them. */
final class ManyUnknownKeys implements Scenario {
    private static final String HEAP = "96m";
    private static final int THREADS = 4;
    private static final int ROUNDS = 10;
    private static final int TOKENS_A_ROUND = 100_000;
    private static final long MAX_GROWTH = 4 << 20;

    @Override
    public String title() {
        return "1 000 000 unknown keys by " + THREADS + " threads in a JVM of " + HEAP + ", endpoint healthy";
    }

    @Override
    public List<Figure> run() throws Exception {
        try (JwksServer server = JwksServer.start(TestKey.rsa())) {
            Properties found = SmallJvm.run(
                    ManyUnknownKeys.class, HEAP, List.of(server.jwksUri().toString(), Minting.good(TestKey.rsa())));
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.plain("outcomes", found.getProperty("outcomes")));
            figures.add(Figure.none("neither refused nor undecided", number(found, "wrong")));
            figures.add(Figure.plain("took, ms", found.getProperty("millis")));
            figures.add(Figure.plain("fetches", server.fetches()));
            for (int round : List.of(1, 5, 10)) {
                figures.add(Figure.plain("heap held at " + round * 10 + " %, B", number(found, "held." + round)));
            }
            figures.add(Figure.atMost(
                    "heap held at 100 % above 10 %, B",
                    MAX_GROWTH, number(found, "held.10") - number(found, "held.1")));
            return figures;
        }
    }

    private static long number(Properties found, String name) {
        return Long.parseLong(found.getProperty(name));
    }

    /** {@code KEY_SET GOOD_TOKEN}. */
    public static void main(String[] args) throws Exception {
        Minting minting = new Minting(args[1]);
        try (Engine engine = Engine.start(URI.create(args[0])).withKeys()) {
            Tally tally = new Tally(engine);
            long nanos = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                long begun = System.nanoTime();
                Crowd.once(THREADS, () -> send(minting, tally)).join();
                nanos += System.nanoTime() - begun;
                SmallJvm.say("held." + round, SmallJvm.heldBytes());
            }
            SmallJvm.say("outcomes", tally);
            SmallJvm.say("wrong", tally.otherThan(Reason.NO_MATCHING_KEY.name(), Subject.UNDECIDED));
            SmallJvm.say("millis", Duration.ofNanos(nanos).toMillis());
        }
    }

    private static void send(Minting minting, Tally tally) {
        for (int i = 0; i < TOKENS_A_ROUND / THREADS; i++) {
            tally.verify(minting.unknown());
        }
    }
}
