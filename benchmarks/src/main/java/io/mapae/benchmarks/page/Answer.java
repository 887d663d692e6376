package io.mapae.benchmarks.page;

import io.mapae.benchmarks.Measurement;
import io.mapae.benchmarks.Run;
import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.peers.Contestant;
import io.mapae.benchmarks.server.Guard;
import io.mapae.benchmarks.server.ServerPart;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader came for, in four sentences. */
final class Answer implements Section {
    /** One of the others, by what it takes. */
    private record Other(Contestant who, double figure) {}

    @Override
    public Stream<String> lines(Runs runs) {
        List<String> sentences = Stream.of(
                        runs.first(Verification.PART).flatMap(Answer::time),
                        runs.first(Verification.PART).flatMap(Answer::bytes),
                        runs.first(ServerLoad.PART).flatMap(Answer::server),
                        targets(Targets.of(runs)))
                .flatMap(Optional::stream)
                .toList();
        return Stream.concat(sentences.stream(), Stream.of(""));
    }

    private static Optional<String> time(Run run) {
        return bare(run)
                .flatMap(bare -> mapae(run).map(mapae -> {
                    List<Other> others =
                            others(run, each -> each.cpu().score() / bare.cpu().score());
                    return "On JDK " + run.jdk() + " Mapae verifies an RS256 token that it has not seen before in "
                            + Numbers.text(mapae.cpu().score()) + " µs of CPU time, "
                            + Numbers.ratio(mapae.cpu().score() / bare.cpu().score())
                            + " of the bare signature check; of " + others.size() + " others the fastest, "
                            + others.get(0).who() + ", takes "
                            + Numbers.ratio(others.get(0).figure()) + ", the slowest, "
                            + last(others).who() + ", "
                            + Numbers.ratio(last(others).figure()) + ".";
                }));
    }

    private static Optional<String> bytes(Run run) {
        return bare(run)
                .flatMap(bare -> mapae(run).map(mapae -> {
                    List<Other> others = others(
                            run, each -> each.bytes().score() - bare.bytes().score());
                    return "It allocates "
                            + kilobytes(mapae.bytes().score() - bare.bytes().score())
                            + " on top of that check, the others from "
                            + kilobytes(others.get(0).figure()) + " ("
                            + others.get(0).who() + ") to "
                            + kilobytes(last(others).figure()) + " ("
                            + last(others).who()
                            + ").";
                }));
    }

    private static Optional<String> server(Run run) {
        String name = "Tomcat, 1 client" + ServerPart.RATIO;
        String guards = Arrays.stream(Guard.values())
                .filter(Guard::refuses)
                .flatMap(guard -> run.find(name, guard.name()).stream()
                        .map(found -> guard + " " + Numbers.ratio(found.cpu().score())))
                .collect(Collectors.joining(", "));
        return guards.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "A whole request to Tomcat takes so many times the CPU time of one without any authentication: "
                                + guards + ".");
    }

    private static Optional<String> targets(List<Target> targets) {
        Map<Target.Outcome, Long> counts =
                targets.stream().collect(Collectors.groupingBy(Target::outcome, Collectors.counting()));
        return targets.isEmpty()
                ? Optional.empty()
                : Optional.of("Of " + targets.size() + " [targets](#targets) "
                        + counts.getOrDefault(Target.Outcome.MET, 0L) + " are met, "
                        + counts.getOrDefault(Target.Outcome.OPEN, 0L) + " open and "
                        + counts.getOrDefault(Target.Outcome.MISSED, 0L) + " missed.");
    }

    private static Optional<Measurement> bare(Run run) {
        return Verification.of(run, Contestant.BARE, Scheme.RS256);
    }

    private static Optional<Measurement> mapae(Run run) {
        return Verification.of(run, Contestant.MAPAE, Scheme.RS256);
    }

    /** The least first. */
    private static List<Other> others(Run run, ToDoubleFunction<Measurement> figure) {
        return Contestant.of(Scheme.RS256).stream()
                .filter(each -> each != Contestant.BARE && each != Contestant.MAPAE)
                .flatMap(each -> Verification.of(run, each, Scheme.RS256).stream()
                        .map(found -> new Other(each, figure.applyAsDouble(found))))
                .sorted(Comparator.comparingDouble(Other::figure))
                .toList();
    }

    private static Other last(List<Other> others) {
        return others.get(others.size() - 1);
    }

    private static String kilobytes(double bytes) {
        return Numbers.text(bytes / 1024) + " KB";
    }
}
