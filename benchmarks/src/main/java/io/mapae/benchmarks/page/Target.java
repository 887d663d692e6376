package io.mapae.benchmarks.page;

import io.mapae.benchmarks.Value;
import java.util.List;

/**
 * What a figure is to stay within.
 *
 * @param limit what may be found at the most
 */
record Target(String name, int jdk, double limit, Value found) {
    /** Whether the figure is within the limit. */
    enum Outcome {
        MET("met"),
        OPEN("open: within the error"),
        MISSED("**missed**");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    Outcome outcome() {
        if (found.score() <= limit) {
            return Outcome.MET;
        }
        return found.score() - found.error() <= limit ? Outcome.OPEN : Outcome.MISSED;
    }

    List<String> row() {
        return List.of(
                name,
                "JDK " + jdk,
                Numbers.text(found),
                "≤ " + Numbers.text(limit),
                outcome().toString());
    }
}
