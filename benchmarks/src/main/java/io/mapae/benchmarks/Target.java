package io.mapae.benchmarks;

/**
 * What a figure is to stay within.
 *
 * @param least the least that the figure may be in truth, as far as it is known: below {@code found} by its error
 */
record Target(String name, double limit, double found, double least) {
    static Target time(String name, double limit, Measurement of) {
        return new Target(name, limit, of.micros(), of.micros() - of.error());
    }

    static Target ratio(String name, double limit, Measurement of, Measurement to) {
        return new Target(
                name, limit, of.micros() / to.micros(), (of.micros() - of.error()) / (to.micros() + to.error()));
    }

    static Target bytesAbove(String name, double limit, Measurement of, Measurement base) {
        double found = of.bytes() - base.bytes();
        return new Target(name, limit, found, found - of.bytesError() - base.bytesError());
    }

    String outcome() {
        if (found <= limit) {
            return "met";
        }
        return least <= limit ? "open: within the error" : "MISSED";
    }
}
