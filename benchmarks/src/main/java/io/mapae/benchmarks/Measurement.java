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
 * @param bytes what was allocated
 */
record Measurement(String benchmark, String variant, double micros, double error, double wall, double bytes) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    static Measurement of(RunResult run) {
        String method = run.getParams().getBenchmark();
        Result<?> cpu = profiled(run, ThreadCpu.METRIC);
        return new Measurement(
                method.substring(method.lastIndexOf('.') + 1),
                run.getParams().getParamsKeys().stream()
                        .map(run.getParams()::getParam)
                        .findFirst()
                        .orElse("-"),
                cpu.getScore(),
                cpu.getScoreError(),
                run.getPrimaryResult().getScore(),
                profiled(run, ALLOCATED).getScore());
    }

    private static Result<?> profiled(RunResult run, String metric) {
        return Optional.<Result<?>>ofNullable(run.getSecondaryResults().get(metric))
                .orElseThrow(() -> new IllegalArgumentException(metric + " was not measured"));
    }
}
