package io.mapae.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Version;

/** Runs every benchmark and writes the report: {@code Suite DIRECTORY QUICK}. */
final class Suite {
    /** How long to measure; a quick run tells an order of magnitude. */
    private record Pace(int forks, int warmups, int iterations, int millis) {
        static final Pace FULL = new Pace(2, 3, 5, 1_000);
        static final Pace QUICK = new Pace(1, 6, 5, 300);

        ChainedOptionsBuilder options() {
            TimeValue time = TimeValue.milliseconds(millis);
            return new OptionsBuilder()
                    .forks(forks)
                    .warmupIterations(warmups)
                    .warmupTime(time)
                    .measurementIterations(iterations)
                    .measurementTime(time)
                    .threads(1)
                    .shouldFailOnError(true)
                    .addProfiler(GCProfiler.class)
                    .addProfiler(ThreadCpu.class);
        }

        @Override
        public String toString() {
            return "JMH " + Version.getPlainVersion() + ", 1 thread, forks: " + forks + ", each " + warmups
                    + " warm-up and " + iterations + " measured iterations of " + millis + " ms";
        }
    }

    private Suite() {}

    public static void main(String[] args) throws RunnerException, IOException {
        Pace pace = Boolean.parseBoolean(args[1]) ? Pace.QUICK : Pace.FULL;
        Map<String, String> circumstances = Circumstances.now(pace.toString());
        List<RunResult> results = new ArrayList<>();
        // One algorithm after the other, so that what is compared is measured close together.
        for (Scheme scheme : Scheme.values()) {
            results.addAll(new Runner(pace.options()
                            .include(VerifyBenchmark.class.getSimpleName())
                            .param("scheme", scheme.name())
                            .build())
                    .run());
        }
        results.addAll(new Runner(pace.options()
                        .include(MalformedBenchmark.class.getSimpleName())
                        .include(GateBenchmark.class.getSimpleName())
                        .build())
                .run());
        String report = Report.of(circumstances, results).text();
        Path file = Path.of(args[0]).resolve("verify-jdk" + Runtime.version().feature() + ".txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, report);
        System.out.println(report);
    }
}
