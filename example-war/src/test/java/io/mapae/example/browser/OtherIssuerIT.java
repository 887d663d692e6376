package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The page where tokens come from elsewhere. */
@InBrowser(external = true)
class OtherIssuerIT {
    @Test
    void aGoodTokenOpensTheProfile(Visitor visitor, Site site) {
        Tab tab = visitor.open();
        paste(tab, site.token().text());
        tab.shows("#account-title", "Hello, alice").sees("#member").seesNo("#paste");
        tab.sees("[data-kind=altered]").sees("[data-kind=unsigned]");
        tab.seesNo("[data-kind=expired]").seesNo("[data-kind=audience]"); // only the issuer could sign them
        tab.click("[data-kind=altered]").contains("#findings", "Verdict: BAD_SIGNATURE");
        assertThat(visitor.errors()).isEmpty();
    }

    @Test
    void aRefusedTokenLeavesTheForm(Visitor visitor, Site site) {
        Tab tab = visitor.open();
        paste(tab, site.token().issuedIn(-60).expiresIn(-40).text());
        tab.shows("#paste-error", "Refused with 401: The token has expired");
        tab.sees("#paste").seesNo("#member");
        paste(tab, "no token");
        tab.shows("#paste-error", "That is not a JWT.");
        assertThat(tab.at("#token").inputValue()).isEmpty();
    }

    @Test
    void theFormIsBackWhenTheTokenIsOver(Visitor visitor, Site site) {
        Tab tab = visitor.open();
        Instant end = Instant.now().plusSeconds(5);
        paste(tab, site.token().expiresIn(5).text());
        tab.sees("#member").click("#inspect-current").contains("#findings", "Verdict: ACCEPTED");
        tab.until(end).shows("#countdown", "expired").sees("#paste");
        tab.click("[data-kind=altered]")
                .contains("#outcome", "Refused with 401")
                .seesNo("#findings");
        paste(tab, site.token().text());
        tab.shows("#account-title", "Hello, alice").seesNo("#paste");
    }

    private static void paste(Tab tab, String token) {
        tab.page().fill("#token", token);
        tab.click("#paste-form button");
    }
}
