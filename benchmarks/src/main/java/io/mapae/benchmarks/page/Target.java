package io.mapae.benchmarks.page;

import io.mapae.benchmarks.Value;
import java.util.List;

/**
 * What a figure is to stay within.
 *
 * @param limit what may be found at the most
 */
record Target(String name, int jdk, double limit, Value found) {
    String outcome() {
        if (found.score() <= limit) {
            return "met";
        }
        return found.score() - found.error() <= limit ? "open: within the error" : "**missed**";
    }

    List<String> row() {
        return List.of(name, "JDK " + jdk, Numbers.text(found), "≤ " + Numbers.text(limit), outcome());
    }
}
