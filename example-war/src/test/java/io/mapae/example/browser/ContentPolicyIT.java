package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The page's content security policy: strict, and in nobody's way. */
@InBrowser
class ContentPolicyIT {
    @Test
    void aWholeSessionNeverViolatesIt(Visitor visitor) {
        Tab tab = visitor.open();
        tab.tryLogIn("alice", "wrong");
        tab.shows("#login-error", "The name or the password is wrong.");
        tab.logIn("alice");
        tab.write("A post");
        tab.shows("#outcome", "Your post is on the board.");
        tab.choose("socket").choose("events");
        tab.click("#refresh").shows("#outcome", "There is a new access token.");
        tab.click("#inspect-current").contains("#findings", "Verdict: ACCEPTED");
        tab.click("[data-kind=unsigned]").contains("#findings", "HTTP 401");
        tab.click("[data-language=ko]").click("[data-language=en]");
        tab.page().reload();
        tab.settled().ready();
        tab.click("#logout").isLoggedOut();
        assertThat(visitor.violations()).isEmpty();
        assertThat(visitor.errors()).isEmpty();
    }

    @Test
    void itAllowsNothingInlineAndNoEval(Visitor visitor) {
        visitor.open();
        List<String> policies = visitor.responses().stream()
                .filter(response -> visitor.path(response.url()).isEmpty())
                .map(response -> response.headers().get("content-security-policy"))
                .toList();
        assertThat(policies)
                .singleElement()
                .satisfies(policy -> assertThat(policy)
                        .contains(
                                "default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe-", "*", "data:", "http:"));
    }

    @Test
    void aViolationIsSeen(Visitor visitor) {
        Tab tab = visitor.open();
        tab.page().evaluate("""
                        () => {
                          const script = document.createElement('script');
                          script.textContent = 'window.ran = true';
                          document.body.append(script);
                        }
                        """);
        tab.page().waitForCondition(() -> !visitor.violations().isEmpty());
        assertThat(visitor.violations()).containsExactly("script-src-elem inline");
        assertThat(visitor.errors()).isNotEmpty();
        assertThat(tab.page().evaluate("window.ran")).isNull();
    }
}
