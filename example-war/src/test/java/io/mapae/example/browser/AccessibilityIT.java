package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judged by axe-core, and used without a mouse. */
@InBrowser
class AccessibilityIT {
    private static final String AXE = axe();

    /** Each finding in a line: how bad, which rule, where. */
    private static final String FINDINGS = """
            async () => (await axe.run()).violations.flatMap(({impact, id, nodes}) =>
                nodes.map(({target}) => `${impact} ${id} ${target}`))
            """;

    @ParameterizedTest
    @CsvSource({"en, LIGHT", "en, DARK", "ko, LIGHT", "ko, DARK"})
    void axeFindsNothing(String language, ColorScheme scheme, Visitor visitor) {
        Tab tab = visitor.open("?lang=" + language);
        tab.page().emulateMedia(new EmulateMediaOptions().setColorScheme(scheme));
        assertThat(findings(tab)).as("logged out").isEmpty();
        tab.tryLogIn("alice", Site.PASSWORD);
        tab.sees("#profile dd:last-child time").sees("#sessions li");
        tab.write("글 of " + language);
        tab.sees("#posts li");
        assertThat(findings(tab)).as("logged in").isEmpty();
        tab.click("[data-kind=altered]").sees("#findings .fail");
        assertThat(findings(tab)).as("inspected").isEmpty();
    }

    @Test
    void axeFindsWhatIsWrong(Visitor visitor) {
        Tab tab = visitor.open();
        tab.page().evaluate("() => document.querySelector('label[for=username]').remove()");
        assertThat(findings(tab))
                .containsExactlyInAnyOrder("critical label #username", "serious label-title-only #username");
    }

    @Test
    void theKeyboardIsEnough(Visitor visitor) {
        Tab tab = visitor.open();
        tab.press("#username")
                .type("alice")
                .press("#password")
                .type(Site.PASSWORD)
                .enter();
        tab.shows("#account-title", "Hello, alice").ready();
        tab.press("#post").type("Written without a mouse").press("#board-write").enter();
        tab.shows("#outcome", "Your post is on the board.");
        tab.shows("#posts li:first-child .text", "Written without a mouse");
        tab.press("[data-kind=altered]").enter().contains("#findings", "HTTP 401");
        assertThat(tab.page().evaluate("document.activeElement.id")).isEqualTo("findings");
    }

    @SuppressWarnings("unchecked")
    private static List<String> findings(Tab tab) {
        tab.page().evaluate(AXE);
        return (List<String>) tab.page().evaluate(FINDINGS);
    }

    private static String axe() {
        try (InputStream script = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException("axe-core is not there", failure);
        }
    }
}
