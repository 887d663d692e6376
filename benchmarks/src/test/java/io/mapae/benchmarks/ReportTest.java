package io.mapae.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class ReportTest {
    private static final Map<String, String> MACHINE = Map.of("machine", "2 cores, Example");

    private final List<Measurement> measurements = measurements();

    /** Per scheme: bare 40 µs and 6 000 B; Mapae 50 and 16 000; jose4j 84 and 120 000; forged 45 and 12 000. */
    private static List<Measurement> measurements() {
        List<Measurement> all = new ArrayList<>();
        for (Scheme scheme : Scheme.values()) {
            all.add(new Measurement("bare", scheme.name(), 40, 0.5, 41, 6_000, 20));
            all.add(new Measurement("mapae", scheme.name(), 50, 0.5, 51, 16_000, 20));
            all.add(new Measurement("jose4j", scheme.name(), 84, 0.5, 85, 120_000, 20));
            all.add(new Measurement("forged", scheme.name(), 45, 0.5, 46, 12_000, 20));
        }
        all.add(new Measurement("malformed", "ALG_TWICE", 4.5, 0.1, 4.6, 9_000, 20));
        all.add(new Measurement("gateNoToken", "-", 1.25, 0.1, 1.3, 2_000, 20));
        return all;
    }

    @Test
    void saysWhatWasMeasuredHowItComparesAndWhichTargetsAreMet() {
        assertThat(report().text().lines())
                .contains(
                        "machine   2 cores, Example",
                        "mapae          RS256                  50.00     0.50         51.00     16000       20",
                        "gateNoToken    -                       1.25     0.10          1.30      2000       20",
                        "                       RS256     ES256     EdDSA     HS256",
                        "Mapae ÷ bare            1.25      1.25      1.25      1.25",
                        "jose4j ÷ bare           2.10      2.10      2.10      2.10",
                        "forged ÷ good           0.90      0.90      0.90      0.90",
                        "Mapae − bare, µs       10.00     10.00     10.00     10.00",
                        "Mapae − bare, B        10000     10000     10000     10000",
                        "RS256: Mapae ÷ bare             1.25  ≤ 1.30    met",
                        "HS256: Mapae − bare, B         10000  ≤ 10240   met",
                        "ALG_TWICE, µs                   4.50  ≤ 5.00    met");
    }

    @Test
    void bytesAreHeldToTheirTargetWithinTheirErrorsToo() {
        change("mapae", 50, 0.5, 16_240);
        assertThat(outcome("RS256: Mapae − bare, B")).isEqualTo("met");
        change("mapae", 50, 0.5, 16_280); // both are known to 20 B
        assertThat(outcome("RS256: Mapae − bare, B")).isEqualTo("open: within the error");
        change("mapae", 50, 0.5, 16_281);
        assertThat(outcome("RS256: Mapae − bare, B")).isEqualTo("MISSED");
    }

    @Test
    void timeThatIsOverItsTargetByNoMoreThanTheErrorLeavesItOpen() {
        change("mapae", 52, 0, 16_000);
        assertThat(outcome("RS256: Mapae ÷ bare")).isEqualTo("met");
        change("mapae", 53, 0.5, 16_000); // (53 - 0.5) / (40 + 0.5) = 1.296
        assertThat(outcome("RS256: Mapae ÷ bare")).isEqualTo("open: within the error");
        change("mapae", 54, 0.5, 16_000); // 1.321
        assertThat(outcome("RS256: Mapae ÷ bare")).isEqualTo("MISSED");
    }

    @Test
    void whatWasNotMeasuredIsNotReported() {
        measurements.removeIf(measurement -> measurement.benchmark().equals("bare"));
        assertThatThrownBy(() -> report().text()).hasMessage("bare was not measured with RS256");
    }

    @ParameterizedTest
    @CsvSource({"5, met", "5.25, open: within the error", "5.26, MISSED"})
    void whatJaxRsAddsHasATargetToo(double micros, String outcome) {
        List<Measurement> turns = List.of(
                new Measurement("jaxRsPlain", "-", 6, 0.5, 6.5, 32_000, 0),
                new Measurement("jaxRsAdded", "-", micros, 0.25, 1.6, 2_500, 8));
        assertThat(JaxRsSuite.report(MACHINE, turns).lines())
                .contains(
                        "machine   2 cores, Example",
                        "jaxRsPlain     -                       6.00     0.50          6.50     32000        0")
                .last()
                .asString()
                .startsWith("JAX-RS filters add, µs")
                .endsWith("≤ 5.00    " + outcome);
    }

    /** Of three turns each, in which Mapae took 299, 300 and 301 ms, and so many more each. */
    @ParameterizedTest
    @CsvSource({"0, met", "1, open: within the error", "2, MISSED"})
    void whatAStartTakesLongerHasATargetToo(int more, String outcome) {
        List<Deployment> plain = List.of(new Deployment(20, 9, 5), new Deployment(22, 9, 5), new Deployment(21, 9, 5));
        List<Deployment> secured = Stream.of(319, 322, 322)
                .map(wall -> new Deployment(wall + more, 109, 25))
                .toList();
        assertThat(StartUpSuite.report(MACHINE, List.of(new StartUpSuite.Series("cold", plain, secured)))
                        .lines())
                .contains(
                        "machine   2 cores, Example",
                        "cold plain           21.0      1.0       9.0      0.0       5.0      0.0")
                .last()
                .asString()
                .isEqualTo("Mapae adds cold, ms              %d  ≤ 300     %s", 300 + more, outcome);
    }

    /** Whatever the figures are: that JMH finds the benchmarks and names its results as expected. */
    @Test
    void readsWhatJmhMeasured() throws Exception {
        Collection<RunResult> runs = new Runner(new OptionsBuilder()
                        .include("MalformedBenchmark")
                        .param("kind", "TWO_PARTS")
                        .forks(0)
                        .warmupIterations(1)
                        .warmupTime(TimeValue.milliseconds(10))
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(10))
                        .addProfiler(GCProfiler.class)
                        .addProfiler(ThreadCpu.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertThat(runs).singleElement().extracting(Measurement::of).satisfies(measurement -> {
            assertThat(measurement.benchmark()).isEqualTo("malformed");
            assertThat(measurement.variant()).isEqualTo("TWO_PARTS");
            assertThat(measurement.micros()).isPositive();
            assertThat(measurement.wall()).isPositive();
            assertThat(measurement.bytes()).isPositive();
            assertThat(measurement.error()).isNotNaN(); // which JMH gives a single iteration
            assertThat(measurement.bytesError()).isNotNaN();
        });
    }

    private Report report() {
        return new Report(MACHINE, measurements);
    }

    private void change(String benchmark, double micros, double error, double bytes) {
        measurements.replaceAll(m -> m.benchmark().equals(benchmark)
                ? new Measurement(benchmark, m.variant(), micros, error, m.wall(), bytes, m.bytesError())
                : m);
    }

    private String outcome(String target) {
        return report().targets().stream()
                .filter(candidate -> candidate.name().equals(target))
                .findFirst()
                .orElseThrow()
                .outcome();
    }
}
