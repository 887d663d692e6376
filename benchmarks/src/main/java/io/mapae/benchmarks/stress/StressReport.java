package io.mapae.benchmarks.stress;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The findings of one run.
 *
 * @param circumstances what the figures depend on, in the order to be shown in
 */
record StressReport(String title, Map<String, String> circumstances, List<Chapter> chapters) {
    private static final String HEAD = new Figure("what", "found", "target", Figure.Verdict.NONE).line();

    /** The whole text, its lines ended by line feeds. */
    String text() {
        return Stream.of(
                        Stream.of(title, ""),
                        circumstances.entrySet().stream()
                                .map(e -> String.format(Locale.ROOT, "%-10s%s", e.getKey(), e.getValue())),
                        Stream.of("", "MISSED: took too long. WRONG: must not be, whatever the machine.", "", HEAD),
                        chapters.stream().flatMap(StressReport::lines))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> lines(Chapter chapter) {
        return Stream.concat(
                Stream.of("", chapter.title()), chapter.figures().stream().map(Figure::line));
    }

    /** What must not be. */
    List<String> wrong() {
        return chapters.stream()
                .flatMap(chapter -> chapter.figures().stream())
                .filter(figure -> figure.verdict() == Figure.Verdict.WRONG)
                .map(figure -> figure.name() + ": " + figure.found() + " instead of " + figure.target())
                .toList();
    }
}
