package io.mapae.benchmarks;

import java.util.Locale;

/**
 * What one deployment took, or by how much it took more than another; in ms.
 *
 * @param wall the clock's time until the application was started
 * @param cpu of it, the deploying thread's CPU time
 * @param first the clock's time until the first request, with a good token, was answered
 */
record Deployment(double wall, double cpu, double first) {
    Deployment above(Deployment base) {
        return new Deployment(wall - base.wall, cpu - base.cpu, first - base.first);
    }

    /** As {@link #of} reads it. */
    String line() {
        return String.format(Locale.ROOT, "%.3f %.3f %.3f", wall, cpu, first);
    }

    static Deployment of(String line) {
        String[] figures = line.split(" ", -1);
        return new Deployment(
                Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), Double.parseDouble(figures[2]));
    }
}
