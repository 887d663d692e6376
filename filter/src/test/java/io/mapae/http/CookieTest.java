package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {
    private static final String TOKEN = Gates.VALID.text();

    private final Gates gates = Gates.withRules("/public permit").cookie("t", "https://app.example");

    private static FakeRequest with(String cookie) {
        return FakeRequest.get("/a").cookie("t", cookie);
    }

    @Test
    void bringsTheToken() {
        assertThat(gates.outcome(with(TOKEN))).isEqualTo("alice");
        assertThat(gates.outcome(FakeRequest.get("/public").cookie("t", TOKEN))).isEqualTo("alice");
    }

    @Test
    void isNotReadUnlessAskedFor() {
        assertThat(Gates.withRules("").outcome(with(TOKEN))).isEqualTo("401");
        assertThat(gates.outcome(FakeRequest.get("/a").cookie("T", TOKEN))).isEqualTo("401");
    }

    @ParameterizedTest(name = "cookie {0} -> {1}, public {2}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            ``,     401,                 nobody
            a.b.c,  401 invalid_token,   401 invalid_token
            a b,    400 invalid_request, 400 invalid_request
            `a,b`,  400 invalid_request, 400 invalid_request
            """)
    void isJudgedLikeAHeader(String cookie, String outcome, String inPublic) {
        assertThat(gates.outcome(with(cookie))).isEqualTo(outcome);
        assertThat(gates.outcome(FakeRequest.get("/public").cookie("t", cookie)))
                .isEqualTo(inPublic);
    }

    @Test
    void twoAreOneTooMany() {
        assertThat(gates.outcome(with(TOKEN).cookie("t", TOKEN))).isEqualTo("400 invalid_request");
        assertThat(gates.outcome(with(TOKEN).cookie("t", ""))).isEqualTo("400 invalid_request");
        assertThat(gates.outcome(with(TOKEN).cookie("u", TOKEN))).isEqualTo("alice");
    }

    @ParameterizedTest(name = "Authorization: {0} beside a good cookie -> {1}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            Bearer a.b.c,        401 invalid_token
            Bearer,              400 invalid_request
            `Bearer a, Bearer b`, 400 invalid_request
            Basic dTpw,          401
            Digest a="b",        401
            """)
    void isNotLookedAtBesideAnAuthorizationHeader(String authorization, String outcome) {
        FakeRequest request = FakeRequest.get("/a").with("Authorization", authorization);
        assertThat(gates.outcome(request.cookie("t", TOKEN))).isEqualTo(outcome);
    }

    @Test
    void theHeaderComesFirst() {
        String bob = Gates.VALID.subject("bob").text();
        assertThat(gates.outcome(with(TOKEN).bearing(bob))).isEqualTo("bob");
        assertThat(gates.outcome(FakeRequest.of("POST", "/a").cookie("t", TOKEN).bearing(bob)))
                .isEqualTo("bob");
    }

    /** The columns are headers; a dash is none. The application is http://app.internal:8080 or, over https, the same. */
    @ParameterizedTest(name = "{0} {1}: Sec-Fetch-Site {2}, Origin {3}, Host {4} -> {5}")
    @CsvSource(textBlock = """
            GET,     http,  -,           -,                         app.internal:8080, alice
            HEAD,    http,  -,           -,                         app.internal:8080, alice
            OPTIONS, http,  -,           -,                         app.internal:8080, alice
            TRACE,   http,  -,           -,                         app.internal:8080, alice
            GET,     http,  cross-site,  https://evil.example,      app.internal:8080, alice
            POST,    http,  -,           -,                         app.internal:8080, 403
            PUT,     http,  -,           -,                         app.internal:8080, 403
            PATCH,   http,  -,           -,                         app.internal:8080, 403
            DELETE,  http,  -,           -,                         app.internal:8080, 403
            CONNECT, http,  -,           -,                         app.internal:8080, 403
            post,    http,  -,           -,                         app.internal:8080, 403
            get,     http,  -,           -,                         app.internal:8080, 403
            PROPFIND,http,  -,           -,                         app.internal:8080, 403
            POST,    http,  same-origin, -,                         app.internal:8080, alice
            POST,    http,  same-origin, https://evil.example,      app.internal:8080, alice
            DELETE,  http,  same-origin, -,                         -,                 alice
            POST,    http,  same-site,   -,                         app.internal:8080, 403
            POST,    http,  cross-site,  -,                         app.internal:8080, 403
            POST,    http,  none,        -,                         app.internal:8080, 403
            POST,    http,  cross-site,  http://app.internal:8080,  app.internal:8080, 403
            POST,    http,  same-site,   http://app.internal:8080,  app.internal:8080, 403
            POST,    http,  Same-Origin, -,                         app.internal:8080, 403
            POST,    http,  -,           http://app.internal:8080,  app.internal:8080, alice
            POST,    http,  -,           http://app.internal:8080,  APP.internal:8080, alice
            POST,    http,  -,           http://APP.internal:8080,  app.internal:8080, 403
            POST,    http,  -,           http://app.internal,       app.internal:8080, 403
            POST,    http,  -,           http://app.internal:8081,  app.internal:8080, 403
            POST,    http,  -,           https://app.internal:8080, app.internal:8080, 403
            POST,    https, -,           https://app.internal:8080, app.internal:8080, alice
            POST,    https, -,           http://app.internal:8080,  app.internal:8080, 403
            POST,    http,  -,           http://app.internal:8080,  -,                 403
            POST,    http,  -,           http://app.internal:8080/, app.internal:8080, 403
            POST,    http,  -,           null,                      app.internal:8080, 403
            POST,    http,  -,           null,                      null,              403
            POST,    http,  -,           http://null,               null,              alice
            POST,    http,  -,           https://app.example,       app.internal:8080, alice
            POST,    http,  same-site,   https://app.example,       app.internal:8080, alice
            POST,    http,  -,           http://app.example,        app.internal:8080, 403
            POST,    http,  -,           https://app.example:443,   app.internal:8080, 403
            POST,    http,  -,           https://app.example.evil,  app.internal:8080, 403
            POST,    http,  -,           https://evil.example,      app.internal:8080, 403
            POST,    http,  -,           https://evil.example,      evil.example,      403
            """)
    void unsafeMethodsMustComeFromTheApplicationItself(
            String method, String scheme, String site, String origin, String host, String outcome) {
        FakeRequest request = FakeRequest.of(method, "/a").cookie("t", TOKEN);
        request = site.equals("-") ? request : request.with("Sec-Fetch-Site", site);
        request = origin.equals("-") ? request : request.with("Origin", origin);
        request = host.equals("-") ? request : request.with("Host", host);
        assertThat(gates.outcome(scheme.equals("https") ? request.overHttps() : request))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin", "Host", "Sec-Fetch-Site"})
    void twoOfAHeaderSayNothing(String name) {
        FakeRequest request = FakeRequest.of("POST", "/a").cookie("t", TOKEN);
        request = name.equals("Sec-Fetch-Site")
                ? request.with(name, "same-origin").with(name, "same-origin")
                : request.with("Origin", "http://a")
                        .with("Host", "a")
                        .with(name, name.equals("Host") ? "a" : "http://a");
        assertThat(gates.outcome(request)).isEqualTo("403");
    }

    @ParameterizedTest(name = "Upgrade: {0}, Origin {1} -> {2}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            websocket,        -,                    403
            WebSocket,        -,                    403
            websocket,        https://evil.example, 403
            websocket,        null,                 403
            `h2c, websocket`, https://evil.example, 403
            `websocket,h2c`,  https://evil.example, 403
            websocket,        https://app.example,  alice
            websocket,        http://app.internal,  alice
            h2c,              https://evil.example, alice
            """)
    void aWebSocketMustComeFromTheApplicationItself(String upgrade, String origin, String outcome) {
        FakeRequest request = with(TOKEN)
                .with("Host", "app.internal")
                .with("Upgrade", upgrade)
                .with("Connection", "Upgrade");
        assertThat(gates.outcome(origin.equals("-") ? request : request.with("Origin", origin)))
                .isEqualTo(outcome);
    }

    /** The rule is about the cookie's token: what is anonymous or comes by a header is not forged. */
    @Test
    void withoutACookieThereIsNothingToForge() {
        FakeRequest foreign = FakeRequest.of("POST", "/public").with("Origin", "https://evil.example");
        assertThat(gates.outcome(foreign)).isEqualTo("nobody");
        assertThat(gates.outcome(foreign.cookie("t", ""))).isEqualTo("nobody");
        assertThat(gates.outcome(foreign.bearing(TOKEN))).isEqualTo("alice");
        assertThat(gates.outcome(foreign.cookie("t", TOKEN))).isEqualTo("403");
        assertThat(gates.outcome(foreign.cookie("t", "a b"))).isEqualTo("403");
    }

    @Test
    void aForgedRequestIsToldNoMore() {
        Answer.Reply reply = gates.reply(FakeRequest.of("POST", "/a").cookie("t", TOKEN));
        assertThat(reply.fields()).containsExactly(new Answer.Field("Cache-Control", "no-store"));
        assertThat(reply.body().orElseThrow().text())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,"
                        + "\"detail\":\"The request comes from another site\"}");
    }
}
