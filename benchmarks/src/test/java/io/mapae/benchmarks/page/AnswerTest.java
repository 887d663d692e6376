package io.mapae.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.benchmarks.Measurement;
import io.mapae.benchmarks.Run;
import io.mapae.benchmarks.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static Run jaxRs(int jdk, double micros) {
        Measurement added = new Measurement("added", "-", new Value(micros, 0.25), Value.NONE, Value.NONE);
        return new Run("jaxrs", jdk, Map.of(), List.of(added));
    }

    @Test
    void countsWhichTargetsAreMet() {
        Runs runs = new Runs(List.of(jaxRs(17, 5), jaxRs(21, 5.2), jaxRs(24, 4), jaxRs(25, 6)));
        assertThat(new Answer().lines(runs)).contains("Of 4 [targets](#targets) 2 are met, 1 open and 1 missed.");
    }

    @Test
    void saysNothingOfTargetsBeforeAnythingWasMeasured() {
        assertThat(new Answer().lines(new Runs(List.of()))).containsExactly("");
    }
}
