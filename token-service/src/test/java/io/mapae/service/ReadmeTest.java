package io.mapae.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** README's table of the service's settings is made from them; {@code -Dmapae.readme=write} writes it anew. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- service settings -->\n";
    private static final String END = "<!-- /service settings -->";

    @Test
    void holdsTheSettingsAsTheyAre() throws IOException {
        String readme = Files.readString(README);
        assertThat(readme).contains(BEGIN, END);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        String expected = readme.substring(0, begin) + table() + readme.substring(end);
        if ("write".equals(System.getProperty("mapae.readme"))) {
            Files.writeString(README, expected);
        }
        assertThat(Files.readString(README)).isEqualTo(expected);
    }

    private static String table() {
        return "| setting | default | meaning |\n|---|---|---|\n"
                + new ServiceSettings().settings().stream().map(ReadmeTest::row).collect(Collectors.joining());
    }

    private static String row(Setting<?> setting) {
        String fallback = setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`";
        return "| `" + setting.name() + "` | " + fallback + " | " + setting.meaning() + " |\n";
    }
}
