package io.mapae.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.management.JMException;
import org.openjdk.jmh.runner.RunnerException;

/** What a revocation check costs, and the memory that revocations take. */
final class RevocationPart implements Part {
    private static List<Integer> sizes(Pace pace) {
        return Stream.of(0, 10_000, 1_000_000, 10_000_000)
                .limit(pace.of(4, 3, 2))
                .toList();
    }

    @Override
    public String settings(Pace pace) {
        return Jmh.settings(pace);
    }

    @Override
    public List<Measurement> measure(Pace pace) throws RunnerException, IOException, InterruptedException, JMException {
        List<Measurement> measurements = new ArrayList<>(Jmh.run(Jmh.options(pace, RevocationBenchmark.class)
                .param("revoked", sizes(pace).stream().map(String::valueOf).toArray(String[]::new))));
        for (int size : sizes(pace)) {
            try (Denials denials = new Denials(size)) {
                measurements.add(new Measurement(
                        "memory", String.valueOf(size), Value.NONE, Value.NONE, new Value(denials.bytes(), 0)));
            }
        }
        return measurements;
    }
}
