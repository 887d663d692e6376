package io.mapae.benchmarks.stress;

import com.sun.management.ThreadMXBean;
import io.mapae.testkit.JwksServer;
import io.mapae.testkit.JwksServer.Behaviour;
import io.mapae.testkit.TestKey;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.LongStream;

/** Answers that are far too long, or come far too slowly, to a JVM with little memory. */
final class EndlessBodies implements Scenario {
    private static final String HEAP = "48m";
    private static final Duration IN_TIME = Engine.DEADLINE.plusMillis(500);
    private static final long MAX_GROWTH = 1 << 20;

    @Override
    public String title() {
        return "Answers of 500 MB, and one byte every 100 ms, to a JVM of " + HEAP;
    }

    @Override
    public List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (Behaviour behaviour : List.of(Behaviour.HUGE, Behaviour.HUGE_CHUNKED, Behaviour.SLOW_DRIP)) {
            try (JwksServer server = JwksServer.start(TestKey.rsa());
                    JwksServer bad = JwksServer.start(TestKey.rsa())) {
                bad.behave(behaviour);
                Properties found = SmallJvm.run(
                        EndlessBodies.class,
                        HEAP,
                        List.of(server.jwksUri().toString(), bad.jwksUri().toString()));
                figures.addAll(judged(behaviour.name(), found));
            }
        }
        return figures;
    }

    private static List<Figure> judged(String name, Properties found) {
        return List.of(
                Figure.outcome(name + ": fetch", "failed", found.getProperty("outcome")),
                Figure.inTime(name + ": failed after, ms", IN_TIME, Double.parseDouble(found.getProperty("millis"))),
                Figure.atMost(
                        name + ": heap held afterwards above before, B",
                        MAX_GROWTH,
                        Long.parseLong(found.getProperty("held"))),
                Figure.plain(name + ": allocated, B", found.getProperty("allocated")));
    }

    /** {@code GOOD_KEY_SET BAD_KEY_SET}. */
    public static void main(String[] args) {
        try (Engine warmUp = Engine.start(URI.create(args[0])).withKeys()) {
            SmallJvm.say("warm", warmUp.firstProblem().isEmpty());
        }
        long held = SmallJvm.heldBytes();
        long allocated = allocatedBytes();
        long begun = System.nanoTime();
        try (Engine engine = Engine.start(URI.create(args[1]))) {
            SmallJvm.say("outcome", engine.firstProblem().isPresent() ? "failed" : "succeeded");
            SmallJvm.say("millis", Duration.ofNanos(System.nanoTime() - begun).toMillis());
            SmallJvm.say("allocated", allocatedBytes() - allocated);
            SmallJvm.say("held", SmallJvm.heldBytes() - held);
        }
    }

    /** By all threads that are alive. */
    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
