package io.mapae.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;

/** The figures of one run as text: what was measured, how the verifiers compare, which targets are met. */
final class Report {
    static final double RS256_TO_BARE = 1.3;
    static final double BYTES_ABOVE_BARE = 10_240;
    static final double FORGED_TO_GOOD = 1.05;
    static final double MALFORMED_MICROS = 5;

    private final Map<String, String> circumstances;
    private final List<Measurement> measurements;

    /** @param circumstances what the figures depend on, in the order to be shown in */
    Report(Map<String, String> circumstances, List<Measurement> measurements) {
        this.circumstances = circumstances;
        this.measurements = List.copyOf(measurements);
    }

    static Report of(Map<String, String> circumstances, Collection<RunResult> runs) {
        return new Report(circumstances, runs.stream().map(Measurement::of).toList());
    }

    /** The whole text, its lines ended by line feeds. */
    String text() {
        return Stream.of(
                        Stream.of("Verification at first sight", ""),
                        lines(circumstances),
                        Stream.of("", "Time is the measuring thread's CPU time, ± half of JMH's 99.9 % interval.", ""),
                        table(measurements),
                        Stream.of("", "Side by side, in this run", ""),
                        comparison(),
                        Stream.of("", "Targets", ""),
                        targets().stream().map(Report::line))
                .flatMap(lines -> lines)
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    static Stream<String> lines(Map<String, String> circumstances) {
        return circumstances.entrySet().stream().map(e -> format("%-10s%s", e.getKey(), e.getValue()));
    }

    static Stream<String> table(List<Measurement> measurements) {
        return Stream.concat(
                Stream.of(format(
                        "%-15s%-18s%10s%9s%14s%10s%9s",
                        "benchmark", "variant", "µs/op", "±", "wall µs/op", "B/op", "±")),
                measurements.stream()
                        .map(m -> format(
                                "%-15s%-18s%10.2f%9.2f%14.2f%10.0f%9.0f",
                                m.benchmark(),
                                m.variant(),
                                m.micros(),
                                m.error(),
                                m.wall(),
                                m.bytes(),
                                m.bytesError())));
    }

    private Stream<String> comparison() {
        return Stream.of(
                row("", scheme -> format("%10s", scheme)),
                row("Mapae ÷ bare", "%10.2f", "mapae", "bare", Report::quotient),
                row("jose4j ÷ bare", "%10.2f", "jose4j", "bare", Report::quotient),
                row("forged ÷ good", "%10.2f", "forged", "mapae", Report::quotient),
                row("Mapae − bare, µs", "%10.2f", "mapae", "bare", (a, b) -> a.micros() - b.micros()),
                row("Mapae − bare, B", "%10.0f", "mapae", "bare", (a, b) -> a.bytes() - b.bytes()),
                row("jose4j − bare, B", "%10.0f", "jose4j", "bare", (a, b) -> a.bytes() - b.bytes()));
    }

    private static double quotient(Measurement a, Measurement b) {
        return a.micros() / b.micros();
    }

    private String row(
            String title, String format, String a, String b, BiFunction<Measurement, Measurement, Double> relation) {
        return row(title, scheme -> format(format, relation.apply(find(a, scheme), find(b, scheme))));
    }

    private static String row(String title, Function<Scheme, String> cell) {
        return format("%-18s", title) + Stream.of(Scheme.values()).map(cell).collect(Collectors.joining());
    }

    /** Each target of this run, with what was found. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        targets.add(Target.ratio(
                "RS256: Mapae ÷ bare", RS256_TO_BARE, find("mapae", Scheme.RS256), find("bare", Scheme.RS256)));
        for (Scheme scheme : Scheme.values()) {
            Measurement good = find("mapae", scheme);
            targets.add(Target.bytesAbove(scheme + ": Mapae − bare, B", BYTES_ABOVE_BARE, good, find("bare", scheme)));
            targets.add(Target.ratio(scheme + ": forged ÷ good", FORGED_TO_GOOD, find("forged", scheme), good));
        }
        measurements.stream()
                .filter(m -> m.benchmark().equals("malformed"))
                .map(m -> Target.time(m.variant() + ", µs", MALFORMED_MICROS, m))
                .forEach(targets::add);
        return targets;
    }

    static String line(Target target) {
        String number = target.limit() > 100 ? "%.0f" : "%.2f";
        return format(
                "%-26s%10s  ≤ %-8s%s",
                target.name(), format(number, target.found()), format(number, target.limit()), target.outcome());
    }

    private Measurement find(String benchmark, Scheme scheme) {
        return measurements.stream()
                .filter(m -> m.benchmark().equals(benchmark) && m.variant().equals(scheme.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(benchmark + " was not measured with " + scheme));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
