package io.mapae.example.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.Map;

/** A tab with the page in it. What should be there at once may take a moment. */
final class Tab {
    private static final String NOT_REACHED = "%s presses of Tab do not reach %s";
    private static final int MOST_PRESSES = 60;

    /** Reads the board at an instant; says how that ended, and after how many milliseconds the user saw it. */
    private static final String READ_AT = """
            (at) => {
              const outcome = document.getElementById('outcome');
              window.read = new Promise((done) => setTimeout(() => {
                const began = performance.now();
                const end = (said) => done({outcome: said, millis: performance.now() - began});
                new MutationObserver(() => end(outcome.dataset.t)).observe(outcome, {childList: true});
                setTimeout(() => end('nothing'), 8000);
                document.getElementById('board-reload').click();
              }, at - Date.now()));
            }
            """;

    private final Page page;

    Tab(Page page) {
        this.page = page;
    }

    /** How reading the board ended: the key of what the page says, and when it did. */
    record Reading(String outcome, double millis) {}

    Page page() {
        return page;
    }

    Locator at(String selector) {
        return page.locator(selector);
    }

    /** Waits until either a form to log in is there, or what members see. */
    Tab settled() {
        page.waitForSelector("#login:not([hidden]), #paste:not([hidden]), #member:not([hidden])");
        return this;
    }

    /** Logs in, and waits for the profile and the board. */
    Tab logIn(String name) {
        tryLogIn(name, Site.PASSWORD);
        page.waitForSelector("#member:not([hidden])");
        return shows("#outcome", "You are logged in as " + name + ".").ready();
    }

    void tryLogIn(String name, String password) {
        page.fill("#username", name);
        page.fill("#password", password);
        page.click("#login-form button");
    }

    /** Waits until all that is read at first is there. */
    Tab ready() {
        page.waitForSelector("#profile dd:last-child time");
        page.waitForSelector("#sessions li");
        return live("live.open");
    }

    /** Chooses {@code events}, {@code socket} or {@code off}. */
    Tab choose(String kind) {
        page.check("[name=live][value=" + kind + "]");
        return live("off".equals(kind) ? "live.off" : "live.open");
    }

    private Tab live(String state) {
        page.waitForSelector("#live-state[data-t='" + state + "']");
        return this;
    }

    /** Exactly this text. */
    Tab shows(String selector, String text) {
        assertThat(at(selector)).hasText(text);
        return this;
    }

    Tab contains(String selector, String text) {
        assertThat(at(selector)).containsText(text);
        return this;
    }

    Tab sees(String selector) {
        assertThat(at(selector).first()).isVisible();
        return this;
    }

    Tab seesNo(String selector) {
        assertThat(at(selector)).isHidden();
        return this;
    }

    Tab isLoggedIn() {
        return sees("#member").seesNo("#login");
    }

    Tab isLoggedOut() {
        return sees("#login").seesNo("#member");
    }

    Tab click(String selector) {
        page.click(selector);
        return this;
    }

    /** Waits for that time. */
    Tab until(Instant time) {
        page.waitForFunction("(time) => Date.now() >= time", (double) time.toEpochMilli());
        return this;
    }

    /** Reads the board at that time, or now if it is over; {@link #reading} tells how it ended. */
    void readAt(Instant time) {
        page.evaluate(READ_AT, (double) time.toEpochMilli());
    }

    Reading reading() {
        Map<?, ?> reading = (Map<?, ?>) page.evaluate("read");
        return new Reading((String) reading.get("outcome"), ((Number) reading.get("millis")).doubleValue());
    }

    Reading read() {
        readAt(Instant.EPOCH);
        return reading();
    }

    void write(String text) {
        page.fill("#post", text);
        page.click("#board-write");
    }

    /** Goes there as one does who has no mouse. */
    Tab press(String selector) {
        for (int i = 0; i < MOST_PRESSES; i++) {
            page.keyboard().press("Tab");
            if ((boolean) page.evaluate("(selector) => document.activeElement.matches(selector)", selector)) {
                return this;
            }
        }
        throw new AssertionError(NOT_REACHED.formatted(MOST_PRESSES, selector));
    }

    Tab type(String text) {
        page.keyboard().type(text);
        return this;
    }

    Tab enter() {
        page.keyboard().press("Enter");
        return this;
    }
}
