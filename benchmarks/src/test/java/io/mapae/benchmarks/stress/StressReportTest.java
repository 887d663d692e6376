package io.mapae.benchmarks.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StressReportTest {
    private static final Duration LIMIT = Duration.ofMillis(10);

    @Test
    void saysWhatWasFoundAndWhatItShouldBe() {
        assertThat(report(Figure.plain("answers", 7), Figure.none("errors", 0))
                        .text()
                        .lines())
                .contains(
                        "machine   2 cores",
                        "A flood",
                        "  answers                                                          7",
                        "  errors                                                           0  0           met");
    }

    @Test
    void timeThatIsOverIsMissedButNotWrong() {
        StressReport report = report(Figure.inTime("soon, ms", LIMIT, 10), Figure.inTime("late, ms", LIMIT, 10.01));
        assertThat(verdicts(report)).containsExactly(Figure.Verdict.MET, Figure.Verdict.MISSED);
        assertThat(report.wrong()).isEmpty();
    }

    @Test
    void outcomesAreWrongAsSoonAsTheyAreOverTheirLimits() {
        StressReport report = report(
                Figure.none("none", 1),
                Figure.atMost("most", 5, 5),
                Figure.atMost("most", 5, 6),
                Figure.atLeast("least", 2, 2),
                Figure.atLeast("least", 2, 1),
                Figure.outcome("fetch", "failed", "failed"),
                Figure.outcome("fetch", "failed", "succeeded"));
        assertThat(report.wrong())
                .containsExactly(
                        "none: 1 instead of 0",
                        "most: 6 instead of ≤ 5",
                        "least: 1 instead of ≥ 2",
                        "fetch: succeeded instead of failed");
    }

    private static StressReport report(Figure... figures) {
        return new StressReport(
                "Keys from the network under floods and outages",
                Map.of("machine", "2 cores"),
                List.of(new Chapter("A flood", List.of(figures))));
    }

    private static List<Figure.Verdict> verdicts(StressReport report) {
        return report.chapters().get(0).figures().stream().map(Figure::verdict).toList();
    }
}
