package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page where profiles and boards are of other origins than itself and the accounts. */
@InBrowser(split = true)
class SplitServicesIT {
    private static final String OTHER_BOARD = "document.getElementById('board').options[1].label";

    @ParameterizedTest
    @ValueSource(strings = {"events", "socket"})
    void aPostOfOneBoardComesLiveFromTheOther(String kind, Visitor visitor, Visitor other) {
        Tab bob = other.logIn("bob").choose(kind);
        Tab alice = visitor.logIn("alice").choose(kind);
        alice.page().selectOption("#board", String.valueOf(alice.page().evaluate(OTHER_BOARD)));
        alice.write("From the other board, over " + kind);
        alice.shows("#outcome", "Your post is on the board.");
        bob.contains("#posts", "From the other board, over " + kind);
        bob.write("From the first board, over " + kind);
        alice.contains("#posts", "From the first board, over " + kind).shows("#outcome", "There is a new post by bob.");
        bob.at("li:has-text('From the other board, over " + kind + "') button").click();
        alice.seesNo("li:has-text('From the other board, over " + kind + "')");
        assertThat(visitor.violations()).isEmpty();
        assertThat(other.violations()).isEmpty();
        assertThat(visitor.errors()).isEmpty();
        assertThat(other.errors()).isEmpty();
    }

    /** A refusal of another origin can be read as well: the page sees that it is a 401, and why. */
    @Test
    void aHostileTokenIsRefusedThereToo(Visitor visitor) {
        Tab tab = visitor.logIn("alice");
        tab.click("[data-kind=expired]").contains("#findings", "HTTP 401");
        tab.contains("#findings", "www-authenticate").contains("#findings", "EXPIRED: exp");
        assertThat(visitor.violations()).isEmpty();
    }

    /** The services allow the page's origin by either name. */
    @Test
    void thePageMayBeCalledLocalhost(Visitor visitor, Site site) {
        Tab tab = visitor.open("http://localhost:" + site.base().getPort() + "/");
        tab.logIn("alice").write("From localhost");
        tab.contains("#posts", "From localhost");
        assertThat(visitor.violations()).isEmpty();
        assertThat(visitor.errors()).isEmpty();
    }

    @Test
    void onlyTheAccountsHaveACookie(Visitor visitor) {
        visitor.logIn("alice");
        assertThat(visitor.cookies())
                .singleElement()
                .satisfies(cookie -> assertThat(cookie.path).isEqualTo("/auth"));
    }
}
