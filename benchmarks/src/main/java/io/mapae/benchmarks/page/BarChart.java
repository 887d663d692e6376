package io.mapae.benchmarks.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bars side by side, as SVG that follows the reader's light or dark page.
 *
 * @param series what bars of the same colour have in common
 */
record BarChart(String title, List<String> series, List<Group> groups) {
    private static final int WIDTH = 720;
    private static final int LEFT = 170;
    private static final int RIGHT = 130;
    private static final int TOP = 56;
    private static final int BAR = 15;
    private static final int GAP = 11;

    private static final String STYLE = """
            text { font: 13px system-ui, sans-serif; fill: #1f2328 }
            .title { font-size: 15px; font-weight: 600 }
            .ours { font-weight: 600 }
            .s0 { fill: #1f6feb }
            .s1 { fill: #8250df }
            .theirs.s0 { fill: #9db8dd }
            .theirs.s1 { fill: #c4b3e0 }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3 }
              .s0 { fill: #58a6ff }
              .s1 { fill: #bc8cff }
              .theirs.s0 { fill: #3d5f8c }
              .theirs.s1 { fill: #62508a }
            }
            """;

    /**
     * Bars with a label in common.
     *
     * @param ours whether it is to catch the eye
     * @param values one for each series; not a number where there is none
     */
    record Group(String label, boolean ours, List<Double> values) {}

    /** The figures in words, for those who do not see it. */
    String description() {
        return title + ": "
                + groups.stream()
                        .map(group -> group.label() + " "
                                + group.values().stream().map(BarChart::text).collect(Collectors.joining(" and ")))
                        .collect(Collectors.joining(", "));
    }

    String svg() {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, height()));
        lines.add("<title>" + escaped(title) + "</title>");
        lines.add("<desc>" + escaped(description()) + "</desc>");
        lines.add("<style>\n" + STYLE + "</style>");
        lines.add(format("<text class=\"title\" x=\"12\" y=\"22\">%s</text>", escaped(title)));
        IntStream.range(0, series.size()).mapToObj(this::legend).forEach(lines::add);
        IntStream.range(0, groups.size()).mapToObj(this::bars).forEach(group -> group.forEach(lines::add));
        lines.add("</svg>");
        return String.join("\n", lines) + "\n";
    }

    private int height() {
        return TOP + groups.size() * step();
    }

    private int step() {
        return series.size() * BAR + GAP;
    }

    private String legend(int at) {
        int x = LEFT + at * 100;
        return format("<rect class=\"s%d\" x=\"%d\" y=\"33\" width=\"10\" height=\"10\"/>", at, x)
                + format("<text x=\"%d\" y=\"42\">%s</text>", x + 15, escaped(series.get(at)));
    }

    private Stream<String> bars(int at) {
        Group group = groups.get(at);
        int y = TOP + at * step();
        String kind = group.ours() ? "ours" : "theirs";
        String label = format(
                "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                kind, LEFT - 8, y + series.size() * BAR / 2 + 5, escaped(group.label()));
        return Stream.concat(
                Stream.of(label),
                IntStream.range(0, group.values().size())
                        .mapToObj(i ->
                                bar(kind + " s" + i, y + i * BAR, group.values().get(i))));
    }

    private String bar(String kind, int y, double value) {
        double width = Double.isNaN(value) ? 0 : value / largest() * (WIDTH - LEFT - RIGHT);
        return format(
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                        kind, LEFT, y + 1, width, BAR - 2)
                + format("<text x=\"%.1f\" y=\"%d\">%s</text>", LEFT + width + 6, y + 12, text(value));
    }

    private double largest() {
        return groups.stream()
                .flatMap(group -> group.values().stream())
                .filter(value -> !value.isNaN())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "–" : Numbers.text(value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
