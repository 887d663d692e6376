package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Pictures of the page for the documentation, where they are asked for. */
@InBrowser
@EnabledIfSystemProperty(
        named = "mapae.screenshots",
        matches = "write",
        disabledReason = "only on -Dmapae.screenshots=write")
class PicturesIT {
    private static final Path DIRECTORY = Path.of("../docs/images");
    private static final long MOST_BYTES = 200_000;

    @Test
    void ofThePage(Visitor visitor) throws IOException {
        Tab tab = visitor.open();
        write(tab, "login");
        tab.logIn("alice");
        tab.write("Hello, board");
        tab.shows("#outcome", "Your post is on the board.").sees("#countdown:not(:empty)");
        tab.page().setViewportSize(1000, 1250);
        tab.page().evaluate("scrollTo(0, 0)");
        write(tab, "logged-in");
        tab.click("[data-kind=altered]").contains("#findings", "HTTP 401");
        tab.page().setViewportSize(1000, 800);
        tab.page().evaluate("document.getElementById('findings').scrollIntoView()");
        write(tab, "inspector");
    }

    @Test
    void ofThePageInKoreanAndInTheDark(@Speaking("ko-KR") Visitor visitor) throws IOException {
        Tab tab = visitor.open();
        tab.page().emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        tab.tryLogIn("alice", Site.PASSWORD);
        tab.sees("#profile dd:last-child time").sees("#countdown:not(:empty)");
        write(tab, "korean-dark");
    }

    private static void write(Tab tab, String name) throws IOException {
        Path picture = DIRECTORY.resolve(name + ".png");
        tab.page().screenshot(new ScreenshotOptions().setPath(picture));
        assertThat(Files.size(picture)).isLessThanOrEqualTo(MOST_BYTES);
    }
}
