package io.mapae.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** README's table of settings is made from the settings; {@code -Dmapae.readme=write} writes it anew. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- settings -->\n";
    private static final String END = "<!-- /settings -->";

    @Test
    void holdsTheSettingsAsTheyAre() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        String expected = readme.substring(0, begin) + table() + readme.substring(end);
        if ("write".equals(System.getProperty("mapae.readme"))) {
            Files.writeString(README, expected);
        }
        assertThat(Files.readString(README)).isEqualTo(expected);
    }

    private static String table() {
        return "| setting | default | each | meaning |\n|---|---|---|---|\n"
                + Settings.all().stream().map(ReadmeTest::row).collect(Collectors.joining());
    }

    private static String row(Setting<?> setting) {
        String fallback = setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`";
        Setting.Scope scope = setting.scope();
        String name = scope == Setting.Scope.ONE_OF_SEVERAL ? Setting.ofIssuer("NAME", setting.name()) : setting.name();
        String each = scope == Setting.Scope.ISSUER || scope == Setting.Scope.ISSUER_ALONE ? "*each*" : "";
        return "| `" + name + "` | " + fallback + " | " + each + " | " + setting.meaning() + " |\n";
    }
}
