package io.mapae.benchmarks;

import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Version;

/** JMH at a pace, with the threads' CPU time and allocation. */
final class Jmh {
    /** @param forks JVMs, one after the other; zero is this one */
    private record Iterations(int forks, int warmUps, int measured, int millis) {}

    private Jmh() {}

    private static Iterations iterations(Pace pace) {
        return pace.of(new Iterations(2, 6, 5, 500), new Iterations(1, 4, 4, 200), new Iterations(0, 0, 1, 10));
    }

    static String settings(Pace pace) {
        Iterations iterations = iterations(pace);
        return "JMH " + Version.getPlainVersion() + ", forks: " + iterations.forks() + ", each " + iterations.warmUps()
                + " warm-up and " + iterations.measured() + " measured iterations of " + iterations.millis() + " ms";
    }

    /** One thread measures, unless it is told otherwise. */
    static ChainedOptionsBuilder options(Pace pace, Class<?> benchmark) {
        return options(pace, benchmark, "");
    }

    /** The same, of methods whose names begin so alone. */
    static ChainedOptionsBuilder options(Pace pace, Class<?> benchmark, String method) {
        Iterations iterations = iterations(pace);
        TimeValue time = TimeValue.milliseconds(iterations.millis());
        return new OptionsBuilder()
                .include("\\." + benchmark.getSimpleName() + "\\." + method)
                .forks(iterations.forks())
                .warmupIterations(iterations.warmUps())
                .warmupTime(time)
                .measurementIterations(iterations.measured())
                .measurementTime(time)
                .threads(1)
                .shouldFailOnError(true)
                .verbosity(pace.of(VerboseMode.NORMAL, VerboseMode.NORMAL, VerboseMode.SILENT))
                .addProfiler(GCProfiler.class)
                .addProfiler(ThreadCpu.class);
    }

    static List<Measurement> run(ChainedOptionsBuilder options) throws RunnerException {
        return run(options, Measurement::of);
    }

    static List<Measurement> run(ChainedOptionsBuilder options, Function<RunResult, Measurement> naming)
            throws RunnerException {
        return new Runner(options.build()).run().stream().map(naming).toList();
    }
}
