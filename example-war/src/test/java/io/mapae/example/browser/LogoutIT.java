package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.WaitForSelectorOptions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Access tokens would be good for longer than these tests take: what ends here, ends by a logout. */
@InBrowser
class LogoutIT {
    /** How soon another tab of the same browser has to know. */
    private static final double AT_ONCE_MILLIS = 2_000;

    /** How soon the application refuses what was revoked, of which it hears each second. */
    private static final Duration SOON = Duration.ofSeconds(4);

    @Test
    void hereReachesTheOtherTab(Visitor visitor) {
        Tab here = visitor.logIn("alice");
        Tab other = visitor.open().isLoggedIn().ready();
        here.click("#logout");
        isOutAtOnce(other);
        here.shows("#outcome", "You are logged out.").isLoggedOut();
        assertThat(visitor.cookies()).isEmpty();
        here.page().reload();
        here.settled().isLoggedOut();
    }

    @Test
    void hereLeavesOtherBrowsersAlone(Visitor visitor, Visitor elsewhere) {
        Tab here = visitor.logIn("alice");
        Tab there = elsewhere.logIn("alice");
        here.click("#logout").shows("#outcome", "You are logged out.");
        there.click("#refresh")
                .shows("#outcome", "There is a new access token.")
                .isLoggedIn();
    }

    @Test
    void everywhereReachesTheOtherTabAndOtherBrowsers(Visitor visitor, Visitor elsewhere) {
        Tab here = visitor.logIn("alice");
        Tab other = visitor.open().isLoggedIn().ready();
        Tab there = elsewhere.logIn("alice").choose("off");
        here.click("#logout-everywhere");
        isOutAtOnce(other);
        here.shows("#outcome", "You are logged out.").isLoggedOut();
        isOutWhenItActs(there);
    }

    @Test
    void aSessionEndedFromTheListIsOver(Visitor visitor, Visitor elsewhere) {
        elsewhere.logIn("bob").click("#logout-everywhere").isLoggedOut(); // from here on there are two sessions
        Tab there = elsewhere.logIn("bob").choose("off");
        Tab here = visitor.logIn("bob");
        here.click("#sessions li:not(:has(em)) button");
        here.shows("#outcome", "That session is over.").isLoggedIn();
        isOutWhenItActs(there);
    }

    private static void isOutAtOnce(Tab tab) {
        tab.page().waitForSelector("#login:not([hidden])", new WaitForSelectorOptions().setTimeout(AT_ONCE_MILLIS));
        tab.isLoggedOut().shows("#outcome", "You have logged out in another tab.");
    }

    private static void isOutWhenItActs(Tab tab) {
        Instant latest = Instant.now().plus(SOON);
        String outcome;
        do {
            outcome = tab.read().outcome();
        } while ("board.wasRead".equals(outcome) && Instant.now().isBefore(latest));
        assertThat(outcome).isEqualTo("logout.ended");
        tab.isLoggedOut().shows("#outcome", "The session is over. Please log in again.");
        assertThat(tab.at("#posts li").count()).isZero();
    }
}
