package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens and what the server thinks of them. */
@InBrowser
class InspectorIT {
    @ParameterizedTest
    @CsvSource({
        "altered, BAD_SIGNATURE",
        "expired, EXPIRED",
        "audience, WRONG_AUDIENCE",
        "unsigned, NOT_COMPACT",
    })
    void aBadTokenIsRefusedAndItIsSeenWhy(String kind, String verdict, Visitor visitor) {
        Tab tab = visitor.logIn("alice");
        tab.click("[data-kind=" + kind + "]").contains("#findings", "Verdict: " + verdict);
        tab.contains("#findings-body > p > strong.fail", "HTTP 401");
        assertThat(tab.at("dt:has(code:text-is('www-authenticate')) + dd").textContent())
                .startsWith("Bearer realm=\"mapae-example\", error=\"invalid_token\"");
        assertThat(tab.at("#findings ol strong.fail").count()).isEqualTo(1);
        assertThat(claim(tab, "sub")).isEqualTo("alice"); // it is shown what was refused
        tab.shows("#outcome", "The API answered 401.").isLoggedIn();
        assertThat(visitor.answers()).contains("GET api/profile 401");
        assertThat(visitor.count("POST auth/refresh 200")).isZero(); // it was not the page's own token that was refused
    }

    @Test
    void onesOwnTokenIsGood(Visitor visitor) {
        Tab tab = visitor.logIn("alice");
        tab.click("#inspect-current").shows("#findings-title", "Your token");
        tab.contains("#findings", "Verdict: ACCEPTED");
        assertThat(tab.at("#findings ol strong.pass").count()).isPositive();
        assertThat(tab.at("#findings .fail").count()).isZero();
        assertThat(claim(tab, "alg")).isEqualTo("RS256");
        assertThat(claim(tab, "sub")).isEqualTo("alice");
        assertThat(claim(tab, "scope")).isEqualTo("board:read board:write");
        assertThat(claim(tab, "exp")).matches("[\\d.]+ · .+");
    }

    @Test
    void whatIsNoTokenIsSaidToBeNone(Visitor visitor) {
        Tab tab = visitor.logIn("alice");
        tab.page().fill("#pasted", "no token");
        tab.click("#inspect-form button").contains("#findings .error", "That is not a JWT.");
    }

    @Test
    void aLogoutClearsTheFindings(Visitor visitor) {
        Tab tab = visitor.logIn("alice");
        tab.click("#inspect-current").contains("#findings", "Verdict: ACCEPTED");
        tab.click("#logout").isLoggedOut().seesNo("#findings");
        assertThat(tab.at("#findings-body > *").count()).isZero();
        assertThat(tab.at("#inspect-current").isDisabled()).isTrue();
    }

    private static String claim(Tab tab, String name) {
        return tab.at("#findings dt:has(code:text-is('" + name + "')) + dd").textContent();
    }
}
