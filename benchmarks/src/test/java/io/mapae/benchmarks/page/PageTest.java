package io.mapae.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.benchmarks.Results;
import io.mapae.benchmarks.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page is made from the results that are kept; {@code -Dmapae.performance=write} writes it anew. */
class PageTest {
    private static final Path FILE = Path.of("..", "docs", "performance.md");
    private static final Path RESULTS = Path.of("results");

    @Test
    void saysWhatTheResultsSay() throws IOException {
        Page page = new Page(FILE);
        List<Run> runs = new Results(RESULTS).all();
        if ("write".equals(System.getProperty("mapae.performance"))) {
            page.write(runs);
        }
        assertThat(page.contents(runs))
                .isNotEmpty()
                .allSatisfy((name, text) ->
                        assertThat(FILE.resolveSibling(name)).content().isEqualTo(text));
    }

    @Test
    void hasNoPicturesLeftFromBefore() throws IOException {
        Set<String> written =
                new Page(FILE).contents(new Results(RESULTS).all()).keySet();
        try (Stream<Path> images = Files.list(FILE.resolveSibling("images"))) {
            assertThat(images.map(image -> "images/" + image.getFileName())
                            .filter(name -> name.startsWith("images/performance-")))
                    .isSubsetOf(written);
        }
    }

    @Test
    void isThereBeforeAnythingWasMeasured() {
        assertThat(new Page(FILE).contents(List.of()))
                .containsOnlyKeys("performance.md")
                .allSatisfy((name, text) -> assertThat(text).contains("mvn verify -Pbench"));
    }
}
