package io.mapae.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** What a token costs where there is more of something. */
final class ScalingPart implements Part {
    @Override
    public String settings(Pace pace) {
        return Jmh.settings(pace);
    }

    @Override
    public List<Measurement> measure(Pace pace) throws RunnerException {
        List<Measurement> measurements = new ArrayList<>();
        for (Scale scale : Scale.values()) {
            measurements.addAll(Jmh.run(
                    Jmh.options(pace, ScalingBenchmark.class)
                            .param("scale", scale.name())
                            .threads(scale.threads()),
                    run -> Measurement.of(run, scale.title(), String.valueOf(scale.size()))));
        }
        return measurements;
    }
}
