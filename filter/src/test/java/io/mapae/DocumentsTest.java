package io.mapae;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written for people, as far as a machine can tell whether it holds. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DECISIONS = ROOT.resolve("docs/adr");

    /** A link in Markdown that leads to no other host: a file, the same one if there is none, and a place in it, if any. */
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    static Stream<Path> documents() throws IOException {
        return Stream.of(ROOT, ROOT.resolve("docs"), DECISIONS).flatMap(DocumentsTest::markdown);
    }

    private static Stream<Path> markdown(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void leadsToFilesThatAreThere(Path document) throws IOException {
        Matcher link = LINK.matcher(Files.readString(document));
        while (link.find()) {
            Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
            assertThat(target).exists();
            if (link.group(2) != null) {
                assertThat(places(target)).contains(link.group(2));
            }
        }
    }

    /** As a page that shows Markdown names its headings. */
    private static List<String> places(Path document) throws IOException {
        return HEADING.matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void theIndexHasEachDecisionByItsTitle() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Path decision :
                markdown(DECISIONS).filter(file -> !file.endsWith("README.md")).toList()) {
            String name = decision.getFileName().toString();
            String title = Files.readAllLines(decision).get(0);
            String number = String.format(Locale.ROOT, "%d", Integer.parseInt(name.substring(0, 4)));
            assertThat(title).as(name).startsWith("# " + number + ". ");
            expected.add("| [" + number + "](" + name + ") | " + title.substring(title.indexOf(' ', 2) + 1) + " |");
        }
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(Files.readAllLines(DECISIONS.resolve("README.md")))
                .filteredOn(line -> line.startsWith("| ["))
                .isEqualTo(expected);
    }
}
