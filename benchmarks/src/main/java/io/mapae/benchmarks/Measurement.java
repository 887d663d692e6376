package io.mapae.benchmarks;

import java.util.Optional;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one benchmark came to, an operation.
 *
 * @param benchmark the method
 * @param variant the value of its parameter, a dash where it has none
 * @param micros thread CPU time in µs
 * @param error half of JMH's 99.9 % interval of {@code micros}
 * @param wall the clock's time in µs
 * @param bytes what was allocated: it varies with what the compiler makes of the JDK's arithmetic
 * @param bytesError half of JMH's 99.9 % interval of {@code bytes}
 */
record Measurement(
        String benchmark, String variant, double micros, double error, double wall, double bytes, double bytesError) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    static Measurement of(RunResult run) {
        String method = run.getParams().getBenchmark();
        Result<?> cpu = profiled(run, ThreadCpu.METRIC);
        Result<?> allocated = profiled(run, ALLOCATED);
        return new Measurement(
                method.substring(method.lastIndexOf('.') + 1),
                run.getParams().getParamsKeys().stream()
                        .map(run.getParams()::getParam)
                        .findFirst()
                        .orElse("-"),
                cpu.getScore(),
                known(cpu.getScoreError()),
                run.getPrimaryResult().getScore(),
                allocated.getScore(),
                known(allocated.getScoreError()));
    }

    private static Result<?> profiled(RunResult run, String metric) {
        return Optional.<Result<?>>ofNullable(run.getSecondaryResults().get(metric))
                .orElseThrow(() -> new IllegalArgumentException(metric + " was not measured"));
    }

    /** From too few samples JMH estimates no error. */
    private static double known(double error) {
        return Double.isNaN(error) ? 0 : error;
    }
}
