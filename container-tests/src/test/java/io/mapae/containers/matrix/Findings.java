package io.mapae.containers.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was not as expected; all of it becomes the text of a cell. */
final class Findings {
    static final String OK = "ok";

    private static final int LONGEST = 120;

    private final List<String> findings = new ArrayList<>();

    Findings expect(String what, Object expected, Object actual) {
        return expect(what + ": " + actual, expected.equals(actual));
    }

    Findings expect(String otherwise, boolean asExpected) {
        if (!asExpected) {
            findings.add(otherwise);
        }
        return this;
    }

    /** {@code ok}, or what was found. */
    String text() {
        if (findings.isEmpty()) {
            return OK;
        }
        String all = findings.stream()
                .map(finding -> finding.replaceAll("[|\\s]+", " ").strip())
                .collect(Collectors.joining("; "));
        return all.length() > LONGEST ? all.substring(0, LONGEST) + "…" : all;
    }
}
