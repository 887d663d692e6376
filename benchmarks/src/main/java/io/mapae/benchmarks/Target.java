package io.mapae.benchmarks;

/**
 * What a figure is to stay within.
 *
 * @param least the least that the figure may be in truth, as far as it is known: below {@code found} by its error
 */
record Target(String name, double limit, double found, double least) {
    /** Bytes are counted, not estimated. */
    static Target exact(String name, double limit, double found) {
        return new Target(name, limit, found, found);
    }

    static Target time(String name, double limit, Measurement measured) {
        return new Target(name, limit, measured.micros(), measured.micros() - error(measured));
    }

    static Target ratio(String name, double limit, Measurement of, Measurement to) {
        return new Target(
                name,
                limit,
                of.micros() / to.micros(),
                Math.max(0, of.micros() - error(of)) / (to.micros() + error(to)));
    }

    String outcome() {
        if (found <= limit) {
            return "met";
        }
        return least <= limit ? "open: within the error" : "MISSED";
    }

    /** From too few samples JMH estimates none. */
    private static double error(Measurement measured) {
        return Double.isNaN(measured.error()) ? 0 : measured.error();
    }
}
