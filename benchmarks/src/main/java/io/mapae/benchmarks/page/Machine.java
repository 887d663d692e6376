package io.mapae.benchmarks.page;

import io.mapae.benchmarks.Run;
import java.util.List;
import java.util.stream.Stream;

/** Where, when and how each part was measured, and what its figures are worth. */
final class Machine implements Section {
    private static final List<String> KEYS = List.of("machine", "java", "date", "load", "settings", "took");

    private static final List<String> NOISE = List.of(
            "## What is noisy",
            "",
            "A figure *a ± b* of JMH is a mean with half of its 99.9 % interval; elsewhere it is a median, with half of what the middle half of",
            "the turns spans. The machine is virtual and has few cores, whose speed others on the same hardware change from minute to minute:",
            "compare what stands in one table, never figures of two runs, and believe ratios before times. CPU time, unlike the clock's, does not count",
            "the time that others had the core; it still grows when they take the caches and the clock rate. The first places of ES256 and EdDSA",
            "are the JDK's arithmetic, which the compiler optimises better or worse from one JVM to the next, by more than what the libraries",
            "differ in: there the bytes tell more. Requests/s share the cores with the client. Each turn measures in the order of",
            "the table, so its first row may be colder than the others.",
            "",
            "## How to run it",
            "",
            "```",
            "mvn verify -Pbench                  # all parts, in less than an hour on two cores",
            "mvn verify -Pbench -Dbench=server   # one part: verify, profile, providers, cache, signing, revocation, scaling, server, jaxrs or startup",
            "mvn verify -Pbench -Dbench.quick=true",
            "```",
            "",
            "They write `benchmarks/results/*.tsv` and this page: each part its own tables, a quick run too; `git restore docs benchmarks/results` brings back",
            "what was there. They want Linux on x86-64, and 6 GB of heap for the part `cache`. The part `verify` runs on JDK 25 too, if there is one (`JAVA25_HOME`, or in the usual",
            "places); for other parts on another JDK start Maven on that JDK. Nothing else should run meanwhile.",
            "",
            "## Where it was run",
            "");

    @Override
    public Stream<String> lines(Runs runs) {
        List<List<String>> rows = runs.all().stream().map(Machine::row).toList();
        return Stream.concat(
                NOISE.stream(),
                new Table(7, List.of("part", "machine", "java", "date", "load", "pace", "took"), rows).lines());
    }

    private static List<String> row(Run run) {
        return Stream.concat(
                        Stream.of(run.part()),
                        KEYS.stream().map(key -> run.circumstances().getOrDefault(key, "–")))
                .toList();
    }
}
