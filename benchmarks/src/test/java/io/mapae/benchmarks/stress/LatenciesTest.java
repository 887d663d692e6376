package io.mapae.benchmarks.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 31, 32, 33, 63, 64, 1_000_003, Integer.MAX_VALUE, Long.MAX_VALUE})
    void oneIsKnownExactly(long nanos) {
        latencies.add(nanos);
        assertThat(latencies.count()).isEqualTo(1);
        assertThat(latencies.millis(0.5)).isEqualTo(nanos / 1e6);
        assertThat(latencies.longestMillis()).isEqualTo(nanos / 1e6);
    }

    @Test
    void manyAreKnownWithinThreePercentNeverTooShort() {
        for (int millis = 1; millis <= 1_000; millis++) {
            latencies.add(millis * 1_000_000L);
        }
        assertThat(latencies.millis(0.001)).isBetween(1.0, 1.04);
        assertThat(latencies.millis(0.5)).isBetween(500.0, 516.0);
        assertThat(latencies.millis(0.99)).isBetween(990.0, 1_000.0);
        assertThat(latencies.millis(1)).isEqualTo(1_000, within(0.0));
    }
}
