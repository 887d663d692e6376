package io.mapae.benchmarks.page;

import io.mapae.benchmarks.Measurement;
import io.mapae.benchmarks.Run;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part's measurements as they are, a table for each JDK.
 *
 * @param introduction what was measured, in lines
 */
record Plain(String part, String title, List<String> introduction) implements Section {
    @Override
    public Stream<String> lines(Runs runs) {
        List<Run> measured = runs.of(part);
        if (measured.isEmpty()) {
            return Stream.of();
        }
        return Stream.concat(
                Stream.of(
                                Stream.of("## " + title, ""),
                                introduction.stream(),
                                Stream.of("`mvn verify -Pbench -Dbench=" + part + "`", ""))
                        .flatMap(lines -> lines),
                measured.stream()
                        .flatMap(run -> Stream.concat(
                                Stream.of("On JDK " + run.jdk() + ":", ""),
                                table(run.measurements()).lines())));
    }

    static Table table(List<Measurement> measurements) {
        return new Table(
                2,
                List.of("", "", "CPU µs", "clock µs", "bytes"),
                measurements.stream()
                        .map(each -> List.of(
                                each.benchmark(),
                                each.variant(),
                                Numbers.orDash(each.cpu()),
                                Numbers.orDash(each.wall()),
                                Numbers.orDash(each.bytes())))
                        .toList());
    }
}
