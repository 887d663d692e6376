package io.mapae.benchmarks.page;

import io.mapae.benchmarks.Measurement;
import io.mapae.benchmarks.Run;
import io.mapae.benchmarks.page.BarChart.Group;
import io.mapae.benchmarks.server.Guard;
import io.mapae.benchmarks.server.ServerPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whole requests. */
final class ServerLoad implements Section {
    static final String PART = "server";

    private static final String FILE = "performance-server.svg";
    private static final double MICROS_PER_SECOND = 1_000_000;

    private static final List<String> INTRODUCTION = List.of(
            "## A whole request",
            "",
            "A server in a JVM of its own, one servlet that writes twelve bytes, and a client in another JVM over loopback, all on the same",
            "cores. Each request has the same 1416-character RS256 token whoever stands before the servlet, 256 of them in turn. Spring",
            "Security is its whole filter chain as a resource server without sessions; SmallRye, which has no filter for servlets, is its parser",
            "in a filter of twenty lines. CPU time is that of the server's whole process, divided by the requests; requests/s depend on the client",
            "too, which takes its share of the same cores. Rounds of all take turns; the ratios are medians of those within a round.",
            "A ratio below 1 is no gain: each server is a JVM of its own, and compiled differently. Some servers make a text of a header only",
            "once somebody asks for it: what that costs is the difference between *none* and *none, the header read*.",
            "",
            "`mvn verify -Pbench -Dbench=server`",
            "");

    @Override
    public Stream<String> lines(Runs runs) {
        List<Run> measured = runs.of(PART);
        if (measured.isEmpty()) {
            return Stream.of();
        }
        return Stream.of(
                        INTRODUCTION.stream(),
                        Stream.of("![" + chart(measured.get(0)).description() + "](images/" + FILE + ")", ""),
                        measured.stream().flatMap(ServerLoad::tables))
                .flatMap(lines -> lines);
    }

    private static Stream<String> tables(Run run) {
        return names(run).stream()
                .flatMap(name -> Stream.concat(
                        Stream.of(name + ", JDK " + run.jdk() + ":", ""),
                        table(run, name).lines()));
    }

    /** Of what was measured, without the ratios. */
    private static List<String> names(Run run) {
        return run.measurements().stream()
                .map(Measurement::benchmark)
                .filter(name -> !name.endsWith(ServerPart.RATIO))
                .distinct()
                .toList();
    }

    private static Table table(Run run, String name) {
        List<List<String>> rows = new ArrayList<>();
        for (Guard guard : Guard.values()) {
            run.find(name, guard.name())
                    .flatMap(found ->
                            run.find(name + ServerPart.RATIO, guard.name()).map(ratio -> row(guard, found, ratio)))
                    .ifPresent(rows::add);
        }
        return new Table(1, List.of("", "CPU µs", "÷ none", "requests/s", "÷ none", "bytes", "÷ none"), rows);
    }

    private static List<String> row(Guard guard, Measurement found, Measurement ratio) {
        return List.of(
                guard.toString(),
                Numbers.text(found.cpu()),
                Numbers.ratio(ratio.cpu().score()),
                Numbers.text(MICROS_PER_SECOND / found.wall().score()),
                Numbers.ratio(1 / ratio.wall().score()),
                Numbers.text(found.bytes().score()),
                Numbers.ratio(ratio.bytes().score()));
    }

    @Override
    public Map<String, String> charts(Runs runs) {
        return runs.of(PART).stream()
                .limit(1)
                .collect(Collectors.toMap(run -> FILE, run -> chart(run).svg()));
    }

    private static BarChart chart(Run run) {
        List<String> names =
                names(run).stream().filter(name -> name.endsWith("1 client")).toList();
        return new BarChart(
                "CPU time of a request, in µs",
                names,
                Arrays.stream(Guard.values())
                        .map(guard -> new Group(
                                guard.toString(),
                                guard.name().startsWith("MAPAE"),
                                names.stream()
                                        .map(name -> run.find(name, guard.name())
                                                .map(found -> found.cpu().score())
                                                .orElse(Double.NaN))
                                        .toList()))
                        .toList());
    }
}
