package io.mapae.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.benchmarks.Measurement;
import io.mapae.benchmarks.Run;
import io.mapae.benchmarks.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
    @ParameterizedTest(name = "{0} ± {1} µs ÷ 40 µs: {2}")
    @CsvSource({"46, 0, met", "46.5, 0.5, open: within the error", "46.6, 0.5, **missed**"})
    void ofTheRatioToTheBareCheck(double micros, double error, String outcome) {
        Run run = run("verify", measurement("BARE", "RS256", 40, 0), measurement("MAPAE", "RS256", micros, error));
        assertThat(outcome(run, "RS256: Mapae ÷ bare")).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "JAX-RS filters add {0} µs: {1}")
    @CsvSource({"5, met", "5.25, open: within the error", "5.26, **missed**"})
    void ofWhatJaxRsAdds(double micros, String outcome) {
        Run run = run("jaxrs", measurement("added", "-", micros, 0.25));
        assertThat(outcome(run, "JAX-RS filters add, µs")).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0} MB for a million: {1}")
    @CsvSource({"64, met", "65, **missed**"})
    void ofTheMemoryOfRevocations(double megabytes, String outcome) {
        Run run = run(
                "revocation",
                new Measurement("memory", "1000000", Value.NONE, Value.NONE, new Value(megabytes * (1 << 20), 0)));
        assertThat(outcome(run, "1 000 000 revocations, MB")).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "a start takes {0} ms longer: {1}")
    @CsvSource({"300, met", "301, open: within the error", "302, **missed**"})
    void ofWhatAStartTakesLonger(double millis, String outcome) {
        Value wall = new Value(millis, 1).times(1_000);
        Run run = run("startup", new Measurement("cold", "added", Value.NONE, wall, Value.NONE));
        assertThat(outcome(run, "a start takes longer, cold, ms")).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "JDK {0}, {1} µs again: {2}")
    @CsvSource({"17, 0.7, met", "17, 0.71, **missed**", "25, 0.5, met", "25, 0.51, **missed**"})
    void ofTheSameTokenAgain(int jdk, double micros, String outcome) {
        Run run = new Run("cache", jdk, Map.of(), List.of(measurement("repeated", "10000", micros, 0)));
        assertThat(outcome(run, "the same token again, one of 10000, µs")).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0} bytes above those of the header: {1}")
    @CsvSource({"1024, met", "1025, **missed**"})
    void ofWhatARequestAllocates(double bytes, String outcome) {
        Run run = run(
                "server",
                new Measurement("Jetty, 1 client", "HEADER", Value.NONE, Value.NONE, new Value(500, 0)),
                new Measurement("Jetty, 1 client", "MAPAE_REPEAT", Value.NONE, Value.NONE, new Value(500 + bytes, 0)));
        assertThat(outcome(run, "Jetty: seen before − the header read, B")).isEqualTo(outcome);
    }

    private static Run run(String part, Measurement... measurements) {
        return new Run(part, 17, Map.of(), List.of(measurements));
    }

    private static Measurement measurement(String benchmark, String variant, double micros, double error) {
        return new Measurement(benchmark, variant, new Value(micros, error), Value.NONE, Value.NONE);
    }

    private static String outcome(Run run, String target) {
        return Targets.of(new Runs(List.of(run))).stream()
                .filter(each -> each.name().equals(target))
                .findFirst()
                .orElseThrow()
                .outcome()
                .toString();
    }
}
