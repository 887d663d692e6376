package io.mapae.benchmarks.page;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A table of Markdown: texts to the left, numbers to the right. */
record Table(int texts, List<String> titles, List<List<String>> rows) {
    /** Its lines, and an empty one. */
    Stream<String> lines() {
        List<String> ruler = Stream.concat(
                        Collections.nCopies(texts, "---").stream(),
                        Collections.nCopies(titles.size() - texts, "---:").stream())
                .toList();
        return Stream.of(Stream.of(line(titles), line(ruler)), rows.stream().map(Table::line), Stream.of(""))
                .flatMap(lines -> lines);
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
