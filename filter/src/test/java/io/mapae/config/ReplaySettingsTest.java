package io.mapae.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.replay.JdbcReplayStore;
import io.mapae.replay.MemoryReplayStore;
import io.mapae.replay.ReplayStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where it is noted what was used. */
class ReplaySettingsTest {
    @Test
    void inMemoryUnlessToldOtherwise() {
        assertThat(new Place().read().replay()).isInstanceOf(MemoryReplayStore.class);
        assertThat(Place.with("replay-store", "memory").read().replay()).isInstanceOf(MemoryReplayStore.class);
    }

    /** Which may come up later than the application. */
    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:tcp://localhost:1/x", "java:comp/env/jdbc/x"})
    void inADatabase(String location) {
        assertThat(Place.with("replay-store", location).read().replay()).isInstanceOf(JdbcReplayStore.class);
    }

    @Test
    void notWhereNoDriverGoes() {
        assertThat(Place.with("replay-store", "jdbc:nobody:hidden").problems())
                .isEqualTo("replay-store (filter init-param replay-store): no JDBC driver takes that address");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://user:hidden@a, ' (mapae-token-store-redis has one)'",
        "hidden:,               ''",
        "Memory,                ''"
    })
    void nowhereElse(String location, String hint) {
        assertThat(Place.with("replay-store", location).problems())
                .isEqualTo("replay-store (filter init-param replay-store): expected memory, java:..., jdbc:..., or"
                        + " what a service " + ReplayStores.class.getName() + " opens" + hint);
    }
}
