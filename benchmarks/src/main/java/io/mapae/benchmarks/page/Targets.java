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
    static final double REPEATED_TO_NONE_BYTES = 1_024;
    static final double REVOCATION_MICROS = 0.15;
    static final double REVOCATION_MEGABYTES = 64;
    static final double JAX_RS_MICROS = 5;
    static final double START_MILLIS = 300;

    private static final int JDK_25 = 25;
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
                        "As the runs below found them. *Met*: the figure is within its target. *Open*: it is over it, by no more than its error.",
                        "A miss fails no build; the allocations of a known and of a new token are held by a test besides.",
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
        runs.of("providers").forEach(run -> addProviders(targets, run));
        runs.of("cache").forEach(run -> addCache(targets, run));
        runs.of(ServerLoad.PART).forEach(run -> addServers(targets, run));
        runs.of("revocation").forEach(run -> addRevocation(targets, run));
        runs.of("jaxrs").forEach(run -> add(targets, run, "JAX-RS filters add, µs", JAX_RS_MICROS, time("added", "-")));
        runs.of("startup").forEach(run -> addStartUp(targets, run));
        return targets;
    }

    private static void addProviders(List<Target> targets, Run run) {
        PROVIDED_MICROS.forEach((scheme, limit) ->
                add(targets, run, scheme + " by Amazon Corretto, µs", limit, time("mapae, CORRETTO", scheme.name())));
    }

    private static void addCache(List<Target> targets, Run run) {
        double limit = run.jdk() < JDK_25 ? REPEATED_MICROS : REPEATED_MICROS_LATER;
        for (String live : List.of("10", "10000")) {
            String name = "the same token again, one of " + live;
            add(targets, run, name + ", µs", limit, time("repeated", live));
            add(targets, run, name + ", B", REPEATED_BYTES, bytes("repeated", live));
        }
    }

    private static void addServers(List<Target> targets, Run run) {
        for (Engine engine : Engine.values()) {
            add(
                    targets,
                    run,
                    engine + ": seen before ÷ none",
                    REPEATED_TO_NONE,
                    time(engine + ", 1 client" + ServerPart.RATIO, Guard.MAPAE_REPEAT.name()));
            add(
                    targets,
                    run,
                    engine + ": seen before − the header read, B",
                    REPEATED_TO_NONE_BYTES,
                    bytes(engine + ", 1 client", Guard.MAPAE_REPEAT.name())
                            .minus(bytes(engine + ", 1 client", Guard.HEADER.name())));
        }
    }

    private static void addRevocation(List<Target> targets, Run run) {
        String million = "1000000";
        add(targets, run, "a check among 1 000 000 revocations, µs", REVOCATION_MICROS, time("check", million));
        add(
                targets,
                run,
                "1 000 000 revocations, MB",
                REVOCATION_MEGABYTES,
                bytes("memory", million).times(1 / MEGABYTE));
    }

    private static void addStartUp(List<Target> targets, Run run) {
        for (String how : List.of("cold", "warm")) {
            Figure wall = found -> found.find(how, "added").map(Measurement::wall);
            add(targets, run, "a start takes longer, " + how + ", ms", START_MILLIS, wall.times(1 / MICROS_PER_MILLI));
        }
    }

    private interface Figure {
        Optional<Value> of(Run run);

        default Figure minus(Figure other) {
            return run -> of(run).flatMap(more -> other.of(run).map(more::minus));
        }

        default Figure times(double factor) {
            return run -> of(run).map(found -> found.times(factor));
        }
    }

    private static Figure time(String benchmark, String variant) {
        return run -> run.find(benchmark, variant).map(Measurement::cpu);
    }

    private static Figure bytes(String benchmark, String variant) {
        return run -> run.find(benchmark, variant).map(Measurement::bytes);
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
