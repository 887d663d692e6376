package io.mapae.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a part found on one JDK.
 *
 * @param part its name
 * @param jdk the JDK's feature version
 * @param circumstances what the figures depend on, in the order to be shown in
 * @param measurements in the order of the run
 */
public record Run(String part, int jdk, Map<String, String> circumstances, List<Measurement> measurements) {
    /** The one with these names. */
    public Optional<Measurement> find(String benchmark, String variant) {
        return measurements.stream()
                .filter(each ->
                        each.benchmark().equals(benchmark) && each.variant().equals(variant))
                .findFirst();
    }
}
