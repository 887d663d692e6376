package io.mapae.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final Map<String, String> MACHINE = Map.of("machine", "2 cores, Example");

    @TempDir
    Path directory;

    @Test
    void areReadAsTheyWereKept() throws IOException {
        Run older = run(17, 40.5);
        Run newer = run(25, 30.25);
        Results results = new Results(directory);
        results.keep(newer);
        results.keep(older);
        assertThat(results.all()).containsExactly(older, newer);
    }

    @Test
    void aRunReplacesTheOneBeforeOfItsPartAndJdk() throws IOException {
        Results results = new Results(directory);
        results.keep(run(17, 40));
        results.keep(run(17, 41));
        assertThat(results.all()).containsExactly(run(17, 41));
    }

    private static Run run(int jdk, double micros) {
        return new Run(
                "verify",
                jdk,
                MACHINE,
                List.of(new Measurement(
                        "MAPAE", "RS256", new Value(micros, 0.5), new Value(50, 0), new Value(16_000, 20))));
    }
}
