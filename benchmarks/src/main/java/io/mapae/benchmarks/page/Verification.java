package io.mapae.benchmarks.page;

import io.mapae.benchmarks.Measurement;
import io.mapae.benchmarks.Run;
import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Value;
import io.mapae.benchmarks.page.BarChart.Group;
import io.mapae.benchmarks.peers.Contestant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A token that is seen for the first time, with each who can verify it. */
final class Verification implements Section {
    static final String PART = "verify";

    private static final List<String> INTRODUCTION = List.of(
            "## A token at first sight",
            "",
            "All have the same key, issuer, audience and clock skew, and the type and the algorithm where they let one choose;",
            "each is built once, accepts the good token, and refuses a forged one, an expired one, one for another audience and",
            "one of another issuer before it is measured. The keys are at hand, the signature is checked by the JDK's own provider. The",
            "*bare signature check* is a new `Signature`, `initVerify`, `update` and `verify` over bytes that were decoded before: no",
            "library can be below it. A dash: it cannot. Nimbus and Spring Security, which uses it, have no EdDSA in their",
            "processors, java-jwt has none at all, FusionAuth takes the name `Ed25519` alone; SmallRye is used by its parser, outside of its frameworks.",
            "",
            "`mvn verify -Pbench -Dbench=verify`",
            "");

    private static final List<String> OTHERS = List.of(
            "*Forged* is a token with an altered signature. *Malformed* ones are refused before any signature is checked. *Gate…* is a request's",
            "way from its header to the answer, without a server: with a token that is new, one that is known, and none.",
            "");

    @Override
    public Stream<String> lines(Runs runs) {
        List<Run> measured = runs.of(PART);
        if (measured.isEmpty()) {
            return Stream.of();
        }
        return Stream.of(
                        INTRODUCTION.stream(),
                        Arrays.stream(Scheme.values()).flatMap(scheme -> picture(scheme, measured)),
                        measured.stream().flatMap(Verification::tables))
                .flatMap(lines -> lines);
    }

    private static Stream<String> picture(Scheme scheme, List<Run> measured) {
        return Stream.of("![" + chart(scheme, measured).description() + "](images/" + file(scheme) + ")", "");
    }

    private static Stream<String> tables(Run run) {
        return Stream.of(
                        Stream.of("CPU time on JDK " + run.jdk() + ", µs, and its ratio to the bare check:", ""),
                        table(run, Verification::time).lines(),
                        Stream.of("Allocated on JDK " + run.jdk() + ", bytes on top of the bare check:", ""),
                        table(run, Verification::bytes).lines(),
                        Stream.of("Other tokens, on JDK " + run.jdk() + ":", ""),
                        others(run).lines(),
                        OTHERS.stream())
                .flatMap(lines -> lines);
    }

    private static Table table(Run run, BiFunction<Measurement, Measurement, String> cell) {
        List<List<String>> rows = new ArrayList<>();
        for (Contestant contestant : Contestant.values()) {
            List<String> row = new ArrayList<>(List.of(contestant.toString()));
            for (Scheme scheme : Scheme.values()) {
                Optional<Measurement> bare = of(run, Contestant.BARE, scheme);
                row.add(of(run, contestant, scheme)
                        .flatMap(found -> bare.map(base -> cell.apply(found, base)))
                        .orElse("–"));
            }
            rows.add(row);
        }
        List<String> titles = new ArrayList<>(List.of(""));
        Arrays.stream(Scheme.values()).map(Scheme::toString).forEach(titles::add);
        return new Table(1, titles, rows);
    }

    private static String time(Measurement found, Measurement bare) {
        return Numbers.text(found.cpu()) + ", "
                + Numbers.ratio(found.cpu().score() / bare.cpu().score());
    }

    private static String bytes(Measurement found, Measurement bare) {
        Value more = found.bytes().minus(bare.bytes());
        return found.equals(bare) ? Numbers.text(found.bytes().score()) + " itself" : Numbers.text(more.score());
    }

    /** What is not a good token, and what comes around it. */
    private static Table others(Run run) {
        List<String> contestants =
                Arrays.stream(Contestant.values()).map(Enum::name).toList();
        return Plain.table(run.measurements().stream()
                .filter(each -> !contestants.contains(each.benchmark()))
                .toList());
    }

    static Optional<Measurement> of(Run run, Contestant contestant, Scheme scheme) {
        return run.find(contestant.name(), scheme.name());
    }

    @Override
    public Map<String, String> charts(Runs runs) {
        Map<String, String> charts = new LinkedHashMap<>();
        if (!runs.of(PART).isEmpty()) {
            for (Scheme scheme : Scheme.values()) {
                charts.put(file(scheme), chart(scheme, runs.of(PART)).svg());
            }
        }
        return charts;
    }

    private static BarChart chart(Scheme scheme, List<Run> measured) {
        return new BarChart(
                scheme + ", CPU time in µs",
                measured.stream().map(run -> "JDK " + run.jdk()).toList(),
                Contestant.of(scheme).stream()
                        .map(contestant -> new Group(
                                contestant.toString(),
                                contestant == Contestant.MAPAE,
                                measured.stream()
                                        .map(run -> of(run, contestant, scheme)
                                                .map(found -> found.cpu().score())
                                                .orElse(Double.NaN))
                                        .toList()))
                        .toList());
    }

    private static String file(Scheme scheme) {
        return "performance-" + scheme.name().toLowerCase(Locale.ROOT) + ".svg";
    }
}
