package io.mapae.benchmarks;

import java.util.List;

/** A part of the benchmarks that can be run alone. */
public interface Part {
    /** How it measures at that pace, in words for whoever reads the figures. */
    String settings(Pace pace);

    /** Measures. Nothing else should run on the machine meanwhile. */
    List<Measurement> measure(Pace pace) throws Exception;
}
