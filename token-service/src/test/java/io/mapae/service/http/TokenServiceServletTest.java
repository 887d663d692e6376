package io.mapae.service.http;

import static io.mapae.service.http.Service.bearer;
import static io.mapae.service.http.Service.cookie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mapae.service.http.Service.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service over HTTP, in an application whose filter takes its keys in process. */
@Timeout(120)
class TokenServiceServletTest {
    private static final String WRONG = "Bearer eyJhbGciOiJub25lIn0.e30.x";

    private static Service service;

    @BeforeAll
    static void start() throws Exception {
        service = new Service(Map.of("service.origins", "https://page.example", "service.throttle-account", "1000"));
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    /** By a listener, as Tomcat serves an application in which a servlet does not start. */
    @ParameterizedTest
    @CsvSource({
        "service.datasource, jdbc:h2:mem:gone;IFEXISTS=TRUE",
        "service.key-secret, c2hvcnQ",
        "service.issuer, ''"
    })
    void whatIsWrongWithItStopsTheApplication(String setting, String value) {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Service(Map.of(setting, value)))
                .withMessage("the application did not start");
    }

    // login

    @Test
    void aBrowserGetsAnAccessTokenAndACookie() throws Exception {
        Answer login = service.login("alice", "device=laptop");
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.member("token_type")).isEqualTo("Bearer");
        assertThat(Integer.parseInt(login.member("expires_in"))).isBetween(560, 630);
        assertThat(login.member("scope")).isEqualTo("read write");
        assertThat(login.body()).doesNotContain("refresh");
        assertThat(login.header("Set-Cookie"))
                .matches("__Secure-mapae-refresh=[A-Za-z0-9_-]{96}; Path=/app/auth; Max-Age=120\\d{4}"
                        + "; HttpOnly; Secure; SameSite=Strict");
        assertThat(login.header("Cache-Control")).isEqualTo("no-store");
        assertThat(login.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(service.get("/who", bearer(login)).body()).isEqualTo("alicetrue");
        assertThat(service.get("/who").status()).isEqualTo(401);
    }

    @Test
    void aNativeClientGetsBothInTheBody() throws Exception {
        Answer login = service.login("alice", "refresh_transport=body, scope=read");
        assertThat(login.member("scope")).isEqualTo("read");
        assertThat(login.member("refresh_token")).hasSize(96);
        assertThat(Integer.parseInt(login.member("refresh_expires_in"))).isBetween(1_209_500, 1_209_600);
        assertThat(login.header("Set-Cookie")).isEmpty();
        Answer refreshed = service.post("/auth/refresh", "refresh_token=" + login.member("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.member("refresh_token")).hasSize(96).isNotEqualTo(login.member("refresh_token"));
        assertThat(refreshed.header("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            username=alice, password=wrong                                     | 400 invalid_grant
            username=nobody, password=correct horse                            | 400 invalid_grant
            username=ALICE, password=correct horse                             | 400 invalid_grant
            username=carol, password=correct horse                             | 400 invalid_grant
            username=dora, password=correct horse                              | 403 password_change_required
            username=dora, password=wrong                                      | 400 invalid_grant
            username=alice                                                     | 400 invalid_request
            password=correct horse                                             | 400 invalid_request
            username=alice, password=correct horse, password=correct horse     | 400 invalid_request
            username=alice, password=correct horse, refresh_transport=url      | 400 invalid_request
            username=alice, password=correct horse, scope=admin                | 400 invalid_scope
            username=alice, password=correct horse, scope=read  write          | 400 invalid_scope
            username=alice, password=correct horse, resource=https://x.example | 400 invalid_target
            username=alice, password=correct horse, resource=/api              | 400 invalid_target
            username=alice, password=correct horse, new_password=short         | 400 invalid_request
            """)
    void whoMayNotLogIn(String form, String outcome) throws Exception {
        Answer answer = service.post("/auth/login", form);
        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aPasswordThatHasToBeChangedIsChangedOnTheWay() throws Exception {
        try (Service own = new Service(Map.of())) {
            Answer changed = own.login("dora", "new_password=another horse");
            assertThat(changed.status()).isEqualTo(200);
            assertThat(own.login("dora", "").outcome()).isEqualTo("400 invalid_grant");
            assertThat(own.post("/auth/login", "username=dora, password=another horse")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void jsonIsAsGood() throws Exception {
        String json = "{\"username\":\"alice\",\"password\":\"correct horse\"}";
        assertThat(service.send("POST", "/auth/login", "application/json", json.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aResourceNarrowsTheAudience() throws Exception {
        Answer login = service.login("alice", "resource=https://other.example");
        String claims = new String(
                Base64.getUrlDecoder().decode(login.member("access_token").split("\\.", -1)[1]),
                StandardCharsets.UTF_8);
        assertThat(claims).contains("\"aud\":\"https://other.example\"");
        assertThat(service.get("/who", bearer(login)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/plain                                        | {}                              | 415 invalid_request
            application/json; charset=iso-8859-1              | {}                              | 415 invalid_request
            application/json                                  | {                               | 400 invalid_request
            application/json                                  | []                              | 400 invalid_request
            application/json                                  | {"username":1}                  | 400 invalid_request
            application/json                                  | {"username":"a","username":"a"} | 400 invalid_request
            application/json                                  | {"username":"a","password":"\\u0000"} | 400 invalid_request
            application/x-www-form-urlencoded                 | username=%                      | 400 invalid_request
            application/x-www-form-urlencoded                 | username=%ff&password=x         | 400 invalid_request
            application/x-www-form-urlencoded                 | username=a&password=%00         | 400 invalid_request
            application/x-www-form-urlencoded; charset=UTF-8  | username=a                      | 400 invalid_request
            """)
    void whatIsIllFormedIsRefused(String type, String body, String outcome) throws Exception {
        assertThat(service.send("POST", "/auth/login", type, body.getBytes(StandardCharsets.UTF_8))
                        .outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"16384, 400 invalid_request", "16385, 413 invalid_request", "1000000, 413 invalid_request"})
    void whatIsTooLongIsRefused(int length, String outcome) throws Exception {
        byte[] body = ("username=alice&password=" + "x".repeat(length - 24)).getBytes(StandardCharsets.US_ASCII);
        assertThat(service.send("POST", "/auth/login", "application/x-www-form-urlencoded", body)
                        .outcome())
                .isEqualTo(outcome);
    }

    /** These paths are the service's own: the gate does not look at what comes along. */
    @Test
    void badBearerTokensDoNotMatterHere() throws Exception {
        assertThat(service.post("/auth/login", "username=alice, password=correct horse", "Authorization", WRONG)
                        .status())
                .isEqualTo(200);
        Answer login = service.login("alice", "");
        assertThat(service.post("/auth/refresh", "", "Authorization", WRONG, "Cookie", cookie(login.cookie())[1])
                        .status())
                .isEqualTo(200);
        assertThat(service.get("/auth/jwks.json", "Authorization", WRONG).status())
                .isEqualTo(200);
        assertThat(service.get("/who", "Authorization", WRONG).status()).isEqualTo(401);
    }

    @Test
    void whoGuessesWaits() throws Exception {
        try (Service own = new Service(Map.of("service.throttle-account", "3"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(own.post("/auth/login", "username=alice, password=guess")
                                .outcome())
                        .isEqualTo("400 invalid_grant");
            }
            Answer right = own.login("alice", "");
            assertThat(right.outcome()).isEqualTo("429 slow_down");
            assertThat(Integer.parseInt(right.header("Retry-After"))).isBetween(1, 2);
            assertThat(own.login("bob", "").status()).isEqualTo(200);
        }
    }

    // refresh

    @Test
    void aRefreshRotates() throws Exception {
        Answer login = service.login("alice", "");
        Answer refreshed = service.post("/auth/refresh", "", cookie(login.cookie()));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.cookie()).hasSize(96).isNotEqualTo(login.cookie());
        assertThat(service.post("/auth/refresh", "", cookie(login.cookie())).cookie())
                .isEqualTo(refreshed.cookie());
        Answer second = service.post("/auth/refresh", "", cookie(refreshed.cookie()));
        assertThat(service.post("/auth/refresh", "", cookie(login.cookie())).outcome())
                .isEqualTo("400 invalid_grant");
        assertThat(service.post("/auth/refresh", "", cookie(second.cookie())).outcome())
                .isEqualTo("400 invalid_grant");
    }

    @Test
    void scopesOnlyNarrowAndTooMuchCostsNothing() throws Exception {
        Answer login = service.login("alice", "scope=read");
        assertThat(service.post("/auth/refresh", "scope=read write", cookie(login.cookie()))
                        .outcome())
                .isEqualTo("400 invalid_scope");
        Answer all = service.login("alice", "");
        Answer less = service.post("/auth/refresh", "scope=read", cookie(all.cookie()));
        assertThat(less.member("scope")).isEqualTo("read");
        assertThat(service.post("/auth/refresh", "", cookie(less.cookie())).member("scope"))
                .isEqualTo("read write");
    }

    @Test
    void whatNamesNoOneTokenIsRefused() throws Exception {
        Answer login = service.login("alice", "");
        String both = Service.COOKIE + "=" + login.cookie() + "; " + Service.COOKIE + "=other";
        assertThat(List.of(
                        service.post("/auth/refresh", "").outcome(),
                        service.post("/auth/refresh", "refresh_token=x").outcome(),
                        service.post("/auth/refresh", "", cookie("forged")).outcome(),
                        service.post("/auth/refresh", "", "Cookie", both).outcome(),
                        service.post("/auth/refresh", "refresh_token=x", cookie(login.cookie()))
                                .outcome()))
                .containsOnly("400 invalid_request");
        assertThat(service.post("/auth/refresh", "refresh_token=" + login.cookie())
                        .outcome())
                .isEqualTo("400 invalid_grant"); // a cookie's stays in cookies
        assertThat(service.post("/auth/refresh", "", cookie(login.cookie())).status())
                .isEqualTo(200);
    }

    // sites

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, same-origin, 200",
        "Sec-Fetch-Site, none, 200",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, cross-site, 403",
        "Origin, https://page.example, 200",
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "X-Other, x, 200"
    })
    void otherSitesCauseNothing(String header, String value, int status) throws Exception {
        Answer login = service.login("alice", "");
        for (String path : List.of("/auth/refresh", "/auth/logout", "/auth/login")) {
            Answer answer = service.post(
                    path,
                    path.endsWith("login") ? "username=alice, password=correct horse" : "",
                    "Cookie",
                    cookie(login.cookie())[1],
                    header,
                    value);
            assertThat(answer.status() == 204 ? 200 : answer.status()).as(path).isEqualTo(status);
        }
    }

    @Test
    void listedPagesMayReadAnswers() throws Exception {
        Answer preflight = service.send(
                "OPTIONS",
                "/auth/refresh",
                "",
                new byte[0],
                "Origin",
                "https://page.example",
                "Access-Control-Request-Method",
                "POST");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://page.example");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("DELETE");
        assertThat(service.send(
                                "OPTIONS",
                                "/auth/refresh",
                                "",
                                new byte[0],
                                "Origin",
                                "https://evil.example",
                                "Access-Control-Request-Method",
                                "POST")
                        .header("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(service.get("/auth/jwks.json").header("Vary")).isEqualTo("Origin");
    }

    // logout and sessions

    @Test
    void whoLogsOutIsOut() throws Exception {
        Answer login = service.login("alice", "");
        Answer refreshed = service.post("/auth/refresh", "", cookie(login.cookie()));
        Answer out = service.post("/auth/logout", "", cookie(login.cookie())); // with the one before
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("Set-Cookie"))
                .isEqualTo("__Secure-mapae-refresh=; Path=/app/auth; Max-Age=0; HttpOnly; Secure; SameSite=Strict");
        assertThat(service.post("/auth/refresh", "", cookie(refreshed.cookie())).outcome())
                .isEqualTo("400 invalid_grant");
        assertThat(service.get("/auth/sessions", bearer(refreshed)).outcome()).isEqualTo("401 invalid_token");
        assertThat(service.post("/auth/logout", "").status()).isEqualTo(204);
    }

    /** Whatever the process is told about other issuers, the service's own tokens are its own affair. */
    @Test
    void settingsOfTheProcessDoNotReachTheServicesOwnVerifier() throws Exception {
        System.setProperty("mapae.max-token-length", "256");
        try (Service own = new Service(Map.of())) {
            Answer login = own.login("alice", "");
            assertThat(own.get("/who", bearer(login)).status()).isEqualTo(401);
            assertThat(own.get("/auth/sessions", bearer(login)).status()).isEqualTo(200);
        } finally {
            System.clearProperty("mapae.max-token-length");
        }
    }

    /** Each is somebody's way in. */
    @Test
    void allThatIsNamedIsEnded() throws Exception {
        Answer browser = service.login("alice", "");
        Answer phone = service.login("alice", "refresh_transport=body");
        assertThat(service.post(
                                "/auth/logout",
                                "refresh_token=" + phone.member("refresh_token"),
                                "Cookie",
                                Service.COOKIE + "=forged; " + Service.COOKIE + "=" + browser.cookie())
                        .status())
                .isEqualTo(204);
        assertThat(service.post("/auth/refresh", "", cookie(browser.cookie())).outcome())
                .isEqualTo("400 invalid_grant");
        assertThat(service.post("/auth/refresh", "refresh_token=" + phone.member("refresh_token"))
                        .outcome())
                .isEqualTo("400 invalid_grant");
    }

    @Test
    void theBearerTokenNamesItsSessionToo() throws Exception {
        Answer login = service.login("alice", "");
        assertThat(service.post("/auth/logout", "", bearer(login)).status()).isEqualTo(204);
        assertThat(service.post("/auth/refresh", "", cookie(login.cookie())).outcome())
                .isEqualTo("400 invalid_grant");
    }

    @Test
    void everywhereIsEverywhere() throws Exception {
        Answer one = service.login("bob", "");
        Answer other = service.login("bob", "");
        assertThat(service.post("/auth/logout?everywhere=true", "").outcome()).isEqualTo("401 invalid_token");
        assertThat(service.post("/auth/logout?everywhere=true", "", bearer(one)).status())
                .isEqualTo(204);
        Answer later = service.login("bob", "");
        assertThat(service.post("/auth/refresh", "", cookie(other.cookie())).outcome())
                .isEqualTo("400 invalid_grant");
        assertThat(service.post("/auth/refresh", "", cookie(later.cookie())).status())
                .isEqualTo(200);
    }

    @Test
    void sessionsAreListedAndEnded() throws Exception {
        try (Service own = new Service(Map.of())) {
            Answer phone = own.login("alice", "device=phone");
            Answer laptop = own.login("alice", "device=laptop");
            Answer list = own.get("/auth/sessions", bearer(laptop));
            assertThat(list.body())
                    .contains("\"device\":\"phone\"")
                    .contains("\"device\":\"laptop\"")
                    .containsOnlyOnce("\"current\":true");
            Answer mine = own.get("/auth/sessions", bearer(phone));
            String id = mine.body().replaceAll(".*\"id\":\"([^\"]+)\",\"device\":\"phone\".*", "$1");
            assertThat(own.send("DELETE", "/auth/sessions/" + id, "", new byte[0], bearer(own.login("bob", "")))
                            .outcome())
                    .isEqualTo("404 not_found");
            assertThat(own.send("DELETE", "/auth/sessions/" + id, "", new byte[0], bearer(laptop))
                            .status())
                    .isEqualTo(204);
            assertThat(own.post("/auth/refresh", "", cookie(phone.cookie())).outcome())
                    .isEqualTo("400 invalid_grant");
            assertThat(own.send("DELETE", "/auth/sessions/" + id, "", new byte[0], bearer(laptop))
                            .outcome())
                    .isEqualTo("404 not_found");
        }
    }

    @Test
    void aNewPasswordEndsOtherSessions() throws Exception {
        try (Service own = new Service(Map.of())) {
            Answer phone = own.login("alice", "");
            Answer laptop = own.login("alice", "");
            String form = "password=correct horse, new_password=another horse";
            assertThat(own.post("/auth/password", form).outcome()).isEqualTo("401 invalid_token");
            assertThat(own.post("/auth/password", "password=wrong, new_password=another horse", bearer(laptop))
                            .outcome())
                    .isEqualTo("400 invalid_grant");
            assertThat(own.post("/auth/password", form, bearer(laptop)).status())
                    .isEqualTo(204);
            assertThat(own.post("/auth/refresh", "", cookie(phone.cookie())).outcome())
                    .isEqualTo("400 invalid_grant");
            assertThat(own.post("/auth/refresh", "", cookie(laptop.cookie())).status())
                    .isEqualTo(200);
            assertThat(own.login("alice", "").outcome()).isEqualTo("400 invalid_grant");
        }
    }

    // other services

    @Test
    void otherServicesMayAsk() throws Exception {
        Answer login = service.login("alice", "refresh_transport=body");
        String[] client = {
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString("board:a secret of board".getBytes(StandardCharsets.UTF_8))
        };
        String token = "token=" + login.member("access_token");
        assertThat(service.post("/auth/introspect", token).outcome()).isEqualTo("401 invalid_client");
        assertThat(service.post("/auth/introspect", token, bearer(login)).outcome())
                .isEqualTo("401 invalid_client");
        Answer active = service.post("/auth/introspect", token, client);
        assertThat(active.body())
                .contains("\"active\":true")
                .contains("\"sub\":\"alice\"")
                .contains("\"scope\":\"read write\"");
        assertThat(service.post("/auth/introspect", "token=" + login.member("refresh_token"), client)
                        .member("active"))
                .isEqualTo("true");
        assertThat(service.post("/auth/introspect", "token=x", client).body()).isEqualTo("{\"active\":false}");
        assertThat(service.post("/auth/revoke", token).status()).isEqualTo(200);
        assertThat(service.post("/auth/introspect", token, client).body()).isEqualTo("{\"active\":false}");
        assertThat(service.get("/auth/sessions", bearer(login)).outcome()).isEqualTo("401 invalid_token");
        assertThat(service.post("/auth/introspect", "token=" + login.member("refresh_token"), client)
                        .member("active"))
                .isEqualTo("true"); // an access token was revoked, and nothing else
        assertThat(service.post("/auth/revoke", "token=" + login.member("refresh_token"))
                        .status())
                .isEqualTo(200);
        assertThat(service.post("/auth/refresh", "refresh_token=" + login.member("refresh_token"))
                        .outcome())
                .isEqualTo("400 invalid_grant");
        assertThat(service.post("/auth/revoke", "token=unknown").status()).isEqualTo(200);
    }

    @Test
    void aTicketOpensItsPathOnce() throws Exception {
        try (Service own = new Service(Map.of("rules", "/who authenticated ticket; /** authenticated"))) {
            Answer login = own.login("alice", "");
            assertThat(own.post("/auth/ticket", "path=/who").outcome()).isEqualTo("401 invalid_token");
            assertThat(own.post("/auth/ticket", "path=/other", bearer(login)).outcome())
                    .isEqualTo("400 invalid_target");
            assertThat(own.post("/auth/ticket", "", bearer(login)).outcome()).isEqualTo("400 invalid_request");
            Answer bought = own.post("/auth/ticket", "path=/who", bearer(login));
            assertThat(Integer.parseInt(bought.member("expires_in"))).isBetween(25, 30);
            String path = "/who?ticket=" + bought.member("ticket");
            assertThat(own.get(path).body()).isEqualTo("alicetrue");
            assertThat(own.get(path).status()).isEqualTo(401);
        }
    }

    @Test
    void verifiersFindWhatTheyNeed() throws Exception {
        Answer metadata = service.get("/auth/.well-known/openid-configuration");
        assertThat(metadata.member("issuer")).isEqualTo("https://app.example/app/auth");
        assertThat(metadata.member("jwks_uri")).isEqualTo("https://app.example/app/auth/jwks.json");
        assertThat(metadata.header("Cache-Control")).isEqualTo("public, max-age=3600");
        Answer keys = service.get("/auth/jwks.json");
        assertThat(keys.header("Cache-Control")).isEqualTo("public, max-age=300");
        assertThat(keys.body()).contains("\"kty\":\"EC\"").doesNotContain("\"d\":");
        assertThat(service.send("HEAD", "/auth/jwks.json", "", new byte[0]).header("Content-Length"))
                .isEqualTo(keys.header("Content-Length"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /auth/login, 405, POST",
        "PUT, /auth/sessions, 405, GET",
        "GET, /auth/sessions/x, 405, DELETE",
        "GET, /auth/nothing, 404, ''",
        "GET, /auth, 404, ''",
        "GET, /auth/, 404, ''"
    })
    void whatIsNotThere(String method, String path, int status, String allow) throws Exception {
        Answer answer = service.send(method, path, "", new byte[0], bearer(service.login("alice", "")));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Allow")).isEqualTo(allow);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
}
