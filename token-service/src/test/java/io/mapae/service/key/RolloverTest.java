package io.mapae.service.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are minutes; a key is written as its generation and when it signs from. The lead is 20, a key is gone after 25. */
class RolloverTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Rollover ROLLOVER = new Rollover(
            Duration.ofMinutes(100),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5));

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "'', 0, ''",
        "0@0, 0, 0",
        "0@0, 9999, 0",
        "0@0, -1, 0",
        "0@0 1@50, 49, 0",
        "0@0 1@50, 50, 1",
        "0@0 1@50, 51, 1",
        "0@0 1@50, -1, 0",
        "0@0 1@70 2@60, 59, 0",
        "0@0 1@70 2@60, 60, 2",
        "0@0 1@70 2@60, 70, 2",
        "3@0 4@50, 49, 3"
    })
    void theLatestGenerationSignsWhoseTimeHasCome(String keys, long now, String signing) {
        assertThat(ROLLOVER.signing(keys(keys), at(now))
                        .map(RolloverTest::generation)
                        .orElse(""))
                .isEqualTo(signing);
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "'', 0, ''",
        "0@0, -1, 0",
        "0@0, 9999, 0",
        "0@0 1@50, 0, 0 1",
        "0@0 1@50, 50, 0 1",
        "0@0 1@50, 74, 0 1",
        "0@0 1@50, 75, 1",
        "0@0 1@50 2@60, 75, 1 2",
        "0@0 1@50 2@60, 84, 1 2",
        "0@0 1@50 2@60, 85, 2",
        "0@0 1@70 2@60, 84, 0 1 2",
        "0@0 1@70 2@60, 85, 2"
    })
    void aKeyIsPublishedFromTheBeginningUntilNoTokenOfItIsLeft(String keys, long now, String published) {
        assertThat(String.join(
                        " ",
                        ROLLOVER.published(keys(keys), at(now)).stream()
                                .map(RolloverTest::generation)
                                .toList()))
                .isEqualTo(published);
    }

    /** With time enough the lead is half of the period. */
    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "'', 0, true",
        "0@0, 0, false",
        "0@0, 49, false",
        "0@0, 50, true",
        "0@0, 51, true",
        "0@0 1@100, 51, false",
        "0@0 1@100, 149, false",
        "0@0 1@100, 150, true",
        "0@0 1@100 2@20, 69, false",
        "0@0 1@100 2@20, 70, true"
    })
    void theNextIsDueAheadOfItsTime(String keys, long now, boolean due) {
        assertThat(ROLLOVER.isDue(keys(keys), at(now))).isEqualTo(due);
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "'', 0, false",
        "0@0, 0, false",
        "0@0 1@50, 29, false",
        "0@0 1@50, 30, true",
        "0@0 1@50, 49, true",
        "0@0 1@50, 50, false"
    })
    void aCommandIsSpentWhereAnotherKeyTakesOverAsSoon(String keys, long now, boolean underWay) {
        assertThat(ROLLOVER.isUnderWay(keys(keys), at(now))).isEqualTo(underWay);
    }

    @ParameterizedTest(name = "a key for {0}: published {1} ahead")
    @CsvSource({"PT40M, PT20M", "PT41M, PT20M30S", "PT2H, PT1H", "P2D, P1D", "P30D, P1D"})
    void takesItsTimeWhereThereIsSome(Duration every, Duration lead) {
        Rollover rollover = Rollover.every(every, Duration.ofMinutes(10));
        assertThat(rollover.scheduledLead()).isEqualTo(lead);
        assertThat(rollover.lead()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void keysSignLongerThanItTakesToPublishThem() {
        assertThatThrownBy(() -> Rollover.every(Duration.ofMinutes(40).minusMillis(1), Duration.ofMinutes(10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key signs for PT40M at least");
    }

    private static Instant at(long minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    private static String generation(StoredKey key) {
        return Long.toString(key.generation());
    }

    private static List<StoredKey> keys(String text) {
        return Stream.of(text.split(" "))
                .filter(key -> !key.isEmpty())
                .map(key -> key.split("@"))
                .map(key -> new StoredKey(Long.parseLong(key[0]), "id", "RS256", at(Long.parseLong(key[1])), "", ""))
                .toList();
    }
}
