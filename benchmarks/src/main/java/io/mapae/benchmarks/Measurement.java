package io.mapae.benchmarks;

import java.util.Optional;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one benchmark came to, an operation.
 *
 * @param benchmark what was measured
 * @param variant of which there are several, a dash where there are not
 * @param cpu CPU time in µs: the measuring thread's, unless the part says otherwise
 * @param wall the clock's time in µs
 * @param bytes what was allocated: it varies with what the compiler makes of the JDK's arithmetic
 */
public record Measurement(String benchmark, String variant, Value cpu, Value wall, Value bytes) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Of JMH, the errors half of its 99.9 % intervals. */
    static Measurement of(RunResult run, String benchmark, String variant) {
        return new Measurement(
                benchmark,
                variant,
                value(profiled(run, ThreadCpu.METRIC)),
                value(run.getPrimaryResult()),
                value(profiled(run, ALLOCATED)));
    }

    /** Named as the method, with the value of its parameter if it has one. */
    static Measurement of(RunResult run) {
        return of(
                run,
                method(run),
                run.getParams().getParamsKeys().stream()
                        .map(run.getParams()::getParam)
                        .findFirst()
                        .orElse("-"));
    }

    static String method(RunResult run) {
        String method = run.getParams().getBenchmark();
        return method.substring(method.lastIndexOf('.') + 1);
    }

    private static Result<?> profiled(RunResult run, String metric) {
        return Optional.<Result<?>>ofNullable(run.getSecondaryResults().get(metric))
                .orElseThrow(() -> new IllegalArgumentException(metric + " was not measured"));
    }

    /** From too few samples JMH estimates no error. */
    private static Value value(Result<?> result) {
        double error = result.getScoreError();
        return new Value(result.getScore(), Double.isNaN(error) ? 0 : error);
    }
}
