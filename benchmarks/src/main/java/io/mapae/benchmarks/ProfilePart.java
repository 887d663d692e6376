package io.mapae.benchmarks;

import io.mapae.verify.TokenVerifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import one.profiler.AsyncProfiler;
import one.profiler.Counter;

/**
 * Where the time of a token's first sight goes, by samples of async-profiler: of each the innermost class of ours. CPU time is
 * its share of what one token takes. JDK Flight Recorder would not do: it drops what it finds in the JVM's own code, as that of SHA-256.
 */
public final class ProfilePart implements Part {
    private static final String OURS = "io/mapae/";
    private static final Duration PERIOD = Duration.ofMillis(1);
    private static final double NANOS_PER_MICRO = 1_000;

    /** Whatever else the classes of this module are doing. */
    private static final String ELSEWHERE = "io/mapae/benchmarks/";

    @Override
    public String settings(Pace pace) {
        return "async-profiler, a sample each " + PERIOD.toMillis() + " ms of CPU time, " + seconds(pace)
                + " s an algorithm";
    }

    @Override
    public Optional<String> obstacle() {
        String system = System.getProperty("os.name");
        return system.equals("Linux")
                ? Optional.empty()
                : Optional.of("async-profiler has no clock of CPU time on " + system);
    }

    private static double seconds(Pace pace) {
        return pace.of(20.0, 5.0, 0.5);
    }

    @Override
    public List<Measurement> measure(Pace pace) throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        for (Scheme scheme : List.of(Scheme.RS256, Scheme.HS256)) {
            TokenVerifier verifier = Verifiers.mapae(scheme);
            Rotation<String> tokens = Rotation.of(Tokens.good(scheme)::text);
            verify(verifier, tokens, seconds(pace)); // until it is compiled
            AsyncProfiler profiler = AsyncProfiler.getInstance();
            profiler.execute("start,event=ctimer,cstack=vm,interval=" + PERIOD.toNanos());
            double micros;
            try {
                micros = verify(verifier, tokens, seconds(pace));
            } finally {
                profiler.execute("stop");
            }
            measurements.addAll(shares(scheme, samples(profiler.dumpCollapsed(Counter.SAMPLES)), micros));
        }
        return measurements;
    }

    /** What one took, by the clock. */
    private static double verify(TokenVerifier verifier, Rotation<String> tokens, double seconds) {
        long begun = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - begun < seconds * 1e9) {
            for (int i = 0; i < 100; i++, count++) {
                var unused = verifier.verify(tokens.next());
            }
        }
        return (System.nanoTime() - begun) / NANOS_PER_MICRO / count;
    }

    /** By the innermost class of ours; a line is a stack, outermost first, and how often it was met. */
    static Map<String, Integer> samples(String collapsed) {
        Map<String, Integer> samples = new TreeMap<>();
        collapsed.lines().forEach(line -> {
            int end = line.lastIndexOf(' ');
            innermost(line.substring(0, end))
                    .filter(frame -> !frame.startsWith(ELSEWHERE))
                    .ifPresent(frame ->
                            samples.merge(type(frame), Integer.parseInt(line.substring(end + 1)), Integer::sum));
        });
        return samples;
    }

    private static Optional<String> innermost(String stack) {
        return Arrays.stream(stack.split(";"))
                .filter(frame -> frame.startsWith(OURS))
                .reduce((outer, inner) -> inner);
    }

    /** Without its package, its method, and the class that it stands in. */
    private static String type(String frame) {
        return frame.substring(frame.lastIndexOf('/') + 1).replaceFirst("[.$].*", "");
    }

    private static List<Measurement> shares(Scheme scheme, Map<String, Integer> samples, double micros) {
        int all = samples.values().stream().mapToInt(Integer::intValue).sum();
        return samples.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(each -> {
                    double share = each.getValue() / (double) all;
                    double error = Math.sqrt(each.getValue()) / all; // of a count
                    return new Measurement(
                            scheme.name(),
                            each.getKey(),
                            new Value(share * micros, error * micros),
                            Value.NONE,
                            Value.NONE);
                })
                .toList();
    }
}
