package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where tokens are not: anywhere that outlives the page, or that somebody else may look into. */
@InBrowser
class SecrecyIT {
    /** All that a script of the page could read, except its variables. */
    private static final String READABLE = """
            async () => JSON.stringify({
              local: {...localStorage},
              session: {...sessionStorage},
              databases: await indexedDB.databases(),
              caches: await caches.keys(),
              cookie: document.cookie,
              address: location.href,
              history: history.state,
              name: window.name,
              values: [...document.querySelectorAll('input, textarea, select')].map(({value}) => value),
              page: document.documentElement.outerHTML,
            })
            """;

    /** Each a place that {@link #READABLE} looks into. */
    private static final List<String> LEAKS = List.of(
            "(token) => void (document.getElementById('post').value = token)",
            "(token) => document.getElementById('post').setAttribute('data-any', token)",
            "(token) => history.replaceState(token, '')",
            "(token) => history.replaceState(null, '', '?token=' + token)",
            "(token) => sessionStorage.setItem('token', token)",
            "(token) => localStorage.setItem('token', token)");

    private static final String STOPPED = """
            () => {
              document.getElementById('post').value = '';
              document.getElementById('post').removeAttribute('data-any');
              history.replaceState(null, '', './');
              sessionStorage.clear();
              localStorage.clear();
            }
            """;

    private static final String KEPT =
            "{\"local\":{},\"session\":{},\"databases\":[],\"caches\":[],\"cookie\":\"\",\"address\":\"";

    @Test
    void nothingThatIsReadableHoldsAToken(Visitor visitor) {
        Tab tab = visitor.logIn("alice");
        tab.click("#refresh").shows("#outcome", "There is a new access token.");
        tab.click("#inspect-current").contains("#findings", "Verdict: ACCEPTED");
        String inspected = readable(tab);
        tab.click("[data-kind=altered]").contains("#findings", "HTTP 401");
        String refused = readable(tab);
        List<String> tokens = new ArrayList<>(visitor.tokens());
        visitor.forget(); // with the page go the answers' bodies
        tab.page().reload();
        tab.settled().ready();
        tokens.addAll(visitor.tokens());
        assertThat(tokens).hasSize(3).doesNotHaveDuplicates(); // of the login, the refresh, and the reload
        for (String readable : List.of(inspected, refused, readable(tab))) {
            assertThat(readable).startsWith(KEPT);
            assertThat(secrets(tokens)).noneMatch(readable::contains);
        }
        String said = visitor.sent() + " " + visitor.console();
        assertThat(secrets(tokens)).noneMatch(said::contains);
    }

    @Test
    void theSearchFindsOne(Visitor visitor) {
        Tab tab = visitor.logIn("alice");
        String token = visitor.tokens().get(0);
        for (String leak : LEAKS) {
            tab.page().evaluate(leak, token);
            assertThat(secrets(List.of(token))).as(leak).allMatch(readable(tab)::contains);
            tab.page().evaluate(STOPPED);
            assertThat(secrets(List.of(token))).as("after " + leak).noneMatch(readable(tab)::contains);
        }
    }

    @Test
    void theRefreshTokenIsInACookieForTheServiceAlone(Visitor visitor) {
        visitor.logIn("alice");
        assertThat(visitor.cookies()).singleElement().satisfies(cookie -> {
            assertThat(cookie.name).isEqualTo("__Secure-mapae-refresh");
            assertThat(cookie.path).isEqualTo("/auth");
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.secure).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
        });
    }

    @Test
    void aReloadKeepsTheSessionAndRenewsTheCookie(Visitor visitor) {
        Tab tab = visitor.logIn("alice");
        Cookie first = visitor.cookies().get(0);
        visitor.forget();
        tab.page().reload();
        tab.settled().isLoggedIn().shows("#account-title", "Hello, alice").ready();
        assertThat(visitor.answers()).containsOnlyOnce("POST auth/refresh 200").noneMatch(a -> a.contains("login"));
        assertThat(visitor.cookies()).singleElement().satisfies(cookie -> {
            assertThat(cookie.name).isEqualTo(first.name);
            assertThat(cookie.value).isNotEqualTo(first.value);
        });
    }

    @Test
    void onlyTheApplicationGetsTheToken(Visitor visitor) {
        Tab tab = visitor.logIn("alice");
        tab.click("#board-reload").shows("#outcome", "The board is as of now.");
        List<String> bearers = visitor.responses().stream()
                .filter(response -> response.request().allHeaders().containsKey("authorization"))
                .map(response -> visitor.path(response.url()))
                .distinct()
                .toList();
        assertThat(bearers).containsExactlyInAnyOrder("api/profile", "api/boards", "auth/sessions", "auth/ticket");
        assertThat(visitor.responses())
                .extracting(Response::url)
                .allMatch(url -> !visitor.path(url).contains("//"), "of the site's own");
    }

    private static String readable(Tab tab) {
        return (String) tab.page().evaluate(READABLE);
    }

    /** The claims and the signature of each: a header is the same in all, and no secret. */
    private static List<String> secrets(List<String> tokens) {
        return tokens.stream()
                .flatMap(token -> List.of(token.split("\\.", -1)).subList(1, 3).stream())
                .toList();
    }
}
