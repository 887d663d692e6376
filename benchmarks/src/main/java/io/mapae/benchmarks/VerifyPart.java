package io.mapae.benchmarks;

import io.mapae.benchmarks.peers.Contestant;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** What a token costs that is seen for the first time, with each who can verify it. */
public final class VerifyPart implements Part {
    /** Tokens that Mapae refuses for their signature. */
    public static final String FORGED = "forged";

    @Override
    public String settings(Pace pace) {
        return Jmh.settings(pace);
    }

    /** One algorithm after the other, so that what is compared is measured close together. */
    @Override
    public List<Measurement> measure(Pace pace) throws RunnerException {
        List<Measurement> measurements = new ArrayList<>();
        for (Scheme scheme : Scheme.values()) {
            measurements.addAll(measure(pace, scheme, "good", Contestant.of(scheme)));
            measurements.addAll(measure(pace, scheme, FORGED, List.of(Contestant.MAPAE)));
        }
        measurements.addAll(Jmh.run(Jmh.options(pace, MalformedBenchmark.class)));
        measurements.addAll(Jmh.run(Jmh.options(pace, GateBenchmark.class)));
        return measurements;
    }

    private static List<Measurement> measure(Pace pace, Scheme scheme, String method, List<Contestant> contestants)
            throws RunnerException {
        return Jmh.run(
                Jmh.options(pace, VerifyBenchmark.class, method)
                        .param("scheme", scheme.name())
                        .param(
                                "contestant",
                                contestants.stream().map(Enum::name).toArray(String[]::new)),
                VerifyPart::named);
    }

    /** After who verified what. */
    private static Measurement named(RunResult run) {
        String contestant = run.getParams().getParam("contestant");
        return Measurement.of(
                run,
                Measurement.method(run).equals(FORGED) ? FORGED : contestant,
                run.getParams().getParam("scheme"));
    }
}
