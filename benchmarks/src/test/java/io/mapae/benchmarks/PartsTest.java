package io.mapae.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs everything for a moment, whatever the figures are: set-ups check that what is measured is what it says. */
class PartsTest {
    static Set<String> names() {
        return Bench.parts().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachPartRuns(String name) throws Exception {
        Part part = Objects.requireNonNull(Bench.parts().get(name));
        assumeThat(part.obstacle()).as("what hinders it here").isEmpty();
        assertThat(part.settings(Pace.MOMENT)).isNotEmpty();
        assertThat(part.measure(Pace.MOMENT)).isNotEmpty().allSatisfy(each -> {
            assertThat(each.benchmark()).isNotEmpty().doesNotContain("\t");
            assertThat(each.variant()).isNotEmpty().doesNotContain("\t");
            assertThat(each.cpu().score()).isFinite();
            assertThat(each.cpu().error()).isNotNaN(); // which JMH gives a single iteration
            assertThat(each.wall().error()).isNotNaN();
            assertThat(each.bytes().error()).isNotNaN();
        });
    }
}
