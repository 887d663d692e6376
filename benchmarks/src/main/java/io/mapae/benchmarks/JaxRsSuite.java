package io.mapae.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures what the JAX-RS filters add and writes the report: {@code JaxRsSuite DIRECTORY QUICK}. */
final class JaxRsSuite {
    static final double ADDED_MICROS = 5;

    private static final int TURNS = 10_000;
    private static final int QUICK_TURNS = 1_000;

    /** After which all that matters is compiled, however busy the machine. */
    private static final int WARM_UP_TURNS = 2_000;

    private JaxRsSuite() {}

    public static void main(String[] args) throws Exception {
        int turns = Boolean.parseBoolean(args[1]) ? QUICK_TURNS : TURNS;
        Map<String, String> circumstances = Circumstances.now(
                turns + " turns each of " + Turns.CALLS + " requests, after " + WARM_UP_TURNS + " to warm up");
        JaxRs jaxRs = new JaxRs(Tokens.good(Scheme.RS256).text());
        List<Measurement> measurements = new Turns(jaxRs::plain, jaxRs::secured).measure("jaxRs", WARM_UP_TURNS, turns);
        write(Path.of(args[0]), report(circumstances, measurements));
    }

    private static void write(Path directory, String report) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("jaxrs-jdk" + Runtime.version().feature() + ".txt"), report);
        System.out.println(report);
    }

    /** The whole text, its lines ended by line feeds. */
    static String report(Map<String, String> circumstances, List<Measurement> measurements) {
        Measurement added = measurements.stream()
                .filter(measurement -> measurement.benchmark().equals("jaxRsAdded"))
                .findFirst()
                .orElseThrow();
        return Stream.of(
                        Stream.of("JAX-RS behind the servlet filter", ""),
                        Report.lines(circumstances),
                        Stream.of(
                                "",
                                "A request that the servlet filter has let through, from Jersey's door to its response: in an",
                                "application without Mapae (plain), and with all of its filters (secured).",
                                "Time is the measuring thread's CPU time: the median of turns, ± half of what their middle half",
                                "spans.",
                                ""),
                        Report.table(measurements),
                        Stream.of("", "Targets", ""),
                        Stream.of(Report.line(Target.time("JAX-RS filters add, µs", ADDED_MICROS, added))))
                .flatMap(lines -> lines)
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
