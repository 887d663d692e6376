package io.mapae.benchmarks.page;

import java.util.Map;
import java.util.stream.Stream;

/** A chapter of the page. */
interface Section {
    /** Its lines, none if nothing is known of what it is about. */
    Stream<String> lines(Runs runs);

    /** Its pictures, by file name. */
    default Map<String, String> charts(Runs runs) {
        return Map.of();
    }
}
