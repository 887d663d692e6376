package io.mapae.benchmarks;

import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** What it costs to sign an access token. */
final class SigningPart implements Part {
    @Override
    public String settings(Pace pace) {
        return Jmh.settings(pace);
    }

    @Override
    public List<Measurement> measure(Pace pace) throws RunnerException {
        return Jmh.run(Jmh.options(pace, SigningBenchmark.class));
    }
}
