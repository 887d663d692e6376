package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@InBrowser
class LoginIT {
    private static final int FREE_FAILURES = 10;

    @Test
    void theRightPasswordOpensProfileAndBoard(Visitor visitor) {
        Tab tab = visitor.open().isLoggedOut();
        tab.tryLogIn("alice", Site.PASSWORD);
        tab.shows("#account-title", "Hello, alice").isLoggedIn();
        tab.shows("#profile dd:nth-of-type(1)", "alice").shows("#profile dd:nth-of-type(3)", "user");
        tab.shows("#profile dd:nth-of-type(4)", "board:read, board:write");
        tab.shows("#board-rights", "You may read and write. To delete needs the role admin.");
        assertThat(visitor.count("POST auth/login 200")).isEqualTo(1);
        assertThat(tab.at("#account-title").evaluate("(title) => title === document.activeElement"))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({"alice, wrong", "nobody, mapae-demo", "carol, mapae-demo"})
    void wrongUnknownAndDisabledAreRefusedAlike(String name, String password, Visitor visitor) {
        Tab tab = visitor.open();
        tab.tryLogIn(name, password);
        tab.shows("#login-error", "The name or the password is wrong.").isLoggedOut();
        assertThat(visitor.count("POST auth/login 400")).isEqualTo(1);
        assertThat(visitor.cookies()).isEmpty();
    }

    @Test
    void whoeverGuessesHasToWait(Visitor visitor) {
        Tab tab = visitor.open();
        for (int i = 1; i <= FREE_FAILURES; i++) {
            int attempt = i;
            tab.tryLogIn("mallory", "guess-" + i);
            tab.page().waitForCondition(() -> visitor.count("POST auth/login 400") == attempt);
        }
        tab.tryLogIn("mallory", "one-guess-more");
        tab.shows("#login-error", "Too many attempts. Please wait 2 s.").isLoggedOut();
        assertThat(visitor.count("POST auth/login 429")).isEqualTo(1);
        tab.logIn("bob"); // one account's failures are no other's
    }
}
