package io.mapae.benchmarks.page;

import io.mapae.benchmarks.Measurement;
import io.mapae.benchmarks.Run;
import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Value;
import io.mapae.benchmarks.VerifyPart;
import io.mapae.benchmarks.peers.Contestant;
import io.mapae.benchmarks.server.Engine;
import io.mapae.benchmarks.server.Guard;
import io.mapae.benchmarks.server.ServerPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What Mapae's figures are to stay within, and whether they do. */
final class Targets implements Section {
    static final double RS256_TO_BARE = 1.15;
    static final double BYTES_ABOVE_BARE = 7_168;
    static final double FORGED_TO_GOOD = 1.05;
    static final double MALFORMED_MICROS = 5;
    static final Map<Scheme, Double> PROVIDED_MICROS =
            new TreeMap<>(Map.of(Scheme.RS256, 25.0, Scheme.ES256, 85.0, Scheme.EDDSA, 60.0));
    static final double REPEATED_MICROS = 0.7;
    static final double REPEATED_MICROS_LATER = 0.5;
    static final double REPEATED_BYTES = 256;
    static final double REPEATED_TO_NONE = 1.05;
    static final double REVOCATION_MICROS = 0.15;
    static final double REVOCATION_MEGABYTES = 64;
    static final double JAX_RS_MICROS = 5;
    static final double START_MILLIS = 300;

    private static final double MEGABYTE = 1 << 20;
    private static final double MICROS_PER_MILLI = 1_000;

    @Override
    public Stream<String> lines(Runs runs) {
        List<Target> targets = of(runs);
        if (targets.isEmpty()) {
            return Stream.of();
        }
        return Stream.concat(
                Stream.of(
                        "## Targets",
                        "",
                        "As this run found them. *Open* is a figure over its target by no more than its error.",
                        ""),
                new Table(
                                2,
                                List.of("", "on", "found", "target", ""),
                                targets.stream().map(Target::row).toList())
                        .lines());
    }

    /** Of all that was measured. */
    static List<Target> of(Runs runs) {
        List<Target> targets = new ArrayList<>();
        runs.of(Verification.PART).forEach(run -> addVerification(targets, run));
        for (Run run : runs.of("providers")) {
            PROVIDED_MICROS.forEach((scheme, limit) -> add(
                    targets, run, scheme + " by Amazon Corretto, µs", limit, time("mapae, CORRETTO", scheme.name())));
        }
        for (Run run : runs.of("cache")) {
            double limit = run.jdk() < 25 ? REPEATED_MICROS : REPEATED_MICROS_LATER;
            add(targets, run, "the same token again, µs", limit, time("repeated", "10000"));
            add(
                    targets,
                    run,
                    "the same token again, B",
                    REPEATED_BYTES,
                    found -> found.find("repeated", "10000").map(Measurement::bytes));
        }
        for (Run run : runs.of(ServerLoad.PART)) {
            for (Engine engine : Engine.values()) {
                add(
                        targets,
                        run,
                        engine + ": seen before ÷ none",
                        REPEATED_TO_NONE,
                        time(engine + ", 1 client" + ServerPart.RATIO, Guard.MAPAE_REPEAT.name()));
            }
        }
        for (Run run : runs.of("revocation")) {
            add(targets, run, "a check among 1 000 000 revocations, µs", REVOCATION_MICROS, time("check", "1000000"));
            add(
                    targets,
                    run,
                    "1 000 000 revocations, MB",
                    REVOCATION_MEGABYTES,
                    found -> found.find("memory", "1000000")
                            .map(each -> each.bytes().times(1 / MEGABYTE)));
        }
        runs.of("jaxrs").forEach(run -> add(targets, run, "JAX-RS filters add, µs", JAX_RS_MICROS, time("added", "-")));
        for (Run run : runs.of("startup")) {
            for (String how : List.of("cold", "warm")) {
                add(
                        targets,
                        run,
                        "a start takes longer, " + how + ", ms",
                        START_MILLIS,
                        found ->
                                found.find(how, "added").map(each -> each.wall().times(1 / MICROS_PER_MILLI)));
            }
        }
        return targets;
    }

    private interface Figure {
        Optional<Value> of(Run run);
    }

    private static Figure time(String benchmark, String variant) {
        return run -> run.find(benchmark, variant).map(Measurement::cpu);
    }

    private static void add(List<Target> targets, Run run, String name, double limit, Figure figure) {
        figure.of(run).ifPresent(found -> targets.add(new Target(name, run.jdk(), limit, found)));
    }

    private static void addVerification(List<Target> targets, Run run) {
        for (Scheme scheme : Scheme.values()) {
            Optional<Measurement> mapae = Verification.of(run, Contestant.MAPAE, scheme);
            Optional<Measurement> bare = Verification.of(run, Contestant.BARE, scheme);
            if (mapae.isEmpty() || bare.isEmpty()) {
                continue;
            }
            targets.add(firstSight(run, scheme, mapae.get().cpu(), bare.get().cpu()));
            targets.add(new Target(
                    scheme + ": Mapae − bare, B",
                    run.jdk(),
                    BYTES_ABOVE_BARE,
                    mapae.get().bytes().minus(bare.get().bytes())));
            run.find(VerifyPart.FORGED, scheme.name())
                    .ifPresent(forged -> targets.add(new Target(
                            scheme + ": forged ÷ good",
                            run.jdk(),
                            FORGED_TO_GOOD,
                            forged.cpu().over(mapae.get().cpu()))));
        }
        run.measurements().stream()
                .filter(each -> each.benchmark().equals("malformed"))
                .map(each ->
                        new Target("malformed: " + each.variant() + ", µs", run.jdk(), MALFORMED_MICROS, each.cpu()))
                .forEach(targets::add);
    }

    /** A ratio where the signature takes nearly all, else a time. */
    private static Target firstSight(Run run, Scheme scheme, Value mapae, Value bare) {
        return switch (scheme) {
            case RS256 -> new Target("RS256: Mapae ÷ bare", run.jdk(), RS256_TO_BARE, mapae.over(bare));
            case ES256, EDDSA -> new Target(scheme + ": Mapae − bare, µs", run.jdk(), 8, mapae.minus(bare));
            case HS256 -> new Target("HS256: Mapae − bare, µs", run.jdk(), 3, mapae.minus(bare));
        };
    }
}
