package io.mapae.benchmarks.stress;

import java.util.List;

/** One flood or outage. */
interface Scenario {
    String title();

    /** What came of it; throws if that could not even be found out. */
    List<Figure> run() throws Exception;
}
