package io.mapae.example.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium that is installed, without a window, with a profile of its own and no business but the tests'. */
final class Chromium implements AutoCloseable {
    /** How long a test waits for what should be there at once. */
    static final double PATIENCE_MILLIS = 8_000;

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox", // in containers, where all is done as root
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** That of {@code -Dchromium} or {@code CHROMIUM} and no other, where there is one of these; else one on the path. */
    static Optional<Path> find() {
        Map<String, String> environment = System.getenv();
        Optional<String> named = Stream.of(System.getProperty("chromium", ""), environment.getOrDefault("CHROMIUM", ""))
                .filter(place -> !place.isBlank())
                .findFirst();
        Stream<String> usual = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> directory + "/" + name));
        return named.map(Stream::of)
                .orElse(usual)
                .map(Path::of)
                .filter(Chromium::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path place) {
        return Files.isRegularFile(place) && Files.isExecutable(place);
    }

    static Chromium start(Path executable) {
        Playwright playwright =
                Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        LaunchOptions options = new LaunchOptions()
                .setExecutablePath(executable)
                .setHeadless(true)
                .setArgs(FLAGS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        return new Chromium(playwright, playwright.chromium().launch(options));
    }

    /** Somebody with a browser of that language, who has been nowhere yet. */
    Visitor visitor(URI base, String language) {
        BrowserContext context = browser.newContext(new NewContextOptions()
                .setBaseURL(base.toString())
                .setLocale(language)
                .setTimezoneId("Asia/Seoul")
                .setViewportSize(1000, 800));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        return new Visitor(context, base);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
