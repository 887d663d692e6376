package io.mapae.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** What a token costs at first sight with providers that are faster than the JDK. */
final class ProvidersPart implements Part {
    @Override
    public String settings(Pace pace) {
        return Jmh.settings(pace);
    }

    /** One algorithm after the other. */
    @Override
    public List<Measurement> measure(Pace pace) throws RunnerException {
        String[] providers = CryptoProvider.available().stream().map(Enum::name).toArray(String[]::new);
        List<Measurement> measurements = new ArrayList<>();
        for (Scheme scheme : List.of(Scheme.RS256, Scheme.ES256, Scheme.EDDSA)) {
            measurements.addAll(Jmh.run(
                    Jmh.options(pace, ProviderBenchmark.class)
                            .param("scheme", scheme.name())
                            .param("provider", providers),
                    run -> Measurement.of(
                            run,
                            Measurement.method(run) + ", " + run.getParams().getParam("provider"),
                            scheme.name())));
        }
        return measurements;
    }
}
