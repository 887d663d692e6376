package io.mapae.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** What a token costs that was verified before. */
final class CachePart implements Part {
    private static final int MANY = 10_000;

    @Override
    public String settings(Pace pace) {
        return Jmh.settings(pace) + ", in a heap of 6 GB";
    }

    @Override
    public List<Measurement> measure(Pace pace) throws RunnerException {
        List<Measurement> measurements = new ArrayList<>();
        for (int live : List.of(10, MANY, CacheBenchmark.MILLION).subList(0, pace.of(3, 2, 1))) {
            measurements.addAll(Jmh.run(Jmh.options(pace, CacheBenchmark.class)
                    .param("live", String.valueOf(live))
                    .jvmArgsAppend("-Xmx6g")));
        }
        return measurements;
    }
}
