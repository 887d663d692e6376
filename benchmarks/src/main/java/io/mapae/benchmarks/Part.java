package io.mapae.benchmarks;

import java.util.List;
import java.util.Optional;

/** A part of the benchmarks that can be run alone. */
public interface Part {
    /** How it measures at that pace, in words for whoever reads the figures. */
    String settings(Pace pace);

    /** Why it cannot run here; empty where it can. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** Measures. Nothing else should run on the machine meanwhile. */
    List<Measurement> measure(Pace pace) throws Exception;
}
