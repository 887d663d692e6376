package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.testkit.Hostile;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One dispatch through the filter, on every server. */
@ParameterizedClass
@EnumSource
class FilterTest {
    private static final TestKey KEY = TestKey.rsa();
    private static final TokenBuilder VALID = TokenBuilder.signedBy(KEY);
    private static final String RULES = """
            /public/** permit
            /admin/**  role admin
            /mail      scope read,write
            /nobody    deny
            GET /get   permit
            """;

    private static final List<Container.Running> RUNNING = new ArrayList<>();

    private final Container.Running server = RUNNING.get(0);

    FilterTest(Container container) {
        assertThat(container).isNotNull();
    }

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        Map<String, String> params = new HashMap<>(App.settings(KEY));
        params.put("rules", RULES);
        App app = App.at("/app")
                .filter("before", new Servlets.Before(), "/*", Map.of())
                .bearer(params)
                .servlet("/*", Servlets.who("served"))
                .servlet("/admin/*", Servlets.who("ADMIN"))
                .servlet("/public/authenticate", Servlets.authenticate())
                .servlet("/public/late", Servlets.authenticateLate())
                .servlet("/public/written", Servlets.authenticateAfterWriting())
                .servlet("/public/roles", Servlets.strangeRoles())
                .servlet("/public/logout", Servlets.logout())
                .servlet("/public/login", Servlets.login())
                .servlet("/public/session", Servlets.session())
                .servlet("/error", Servlets.who("error page"))
                .errorPage("/error");
        RUNNING.add(container.start(app));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        RUNNING.remove(0).close();
    }

    private static String bearer(TokenBuilder token) {
        return "Authorization: Bearer " + token.text();
    }

    private static TokenBuilder admin() {
        return VALID.claim("groups", List.of("admin")).claim("scope", "read write");
    }

    /** Asks, and looks at what holds for every answer: no session, and what a filter before ours said stays. */
    private Wire.Reply ask(String method, String target, String... fields) throws Exception {
        Wire.Reply reply = server.ask(method, target, fields);
        assertThat(reply.field("Set-Cookie")).isEmpty();
        assertThat(reply.field("X-Before")).isEqualTo("kept");
        assertThat(reply.body()).doesNotContain("with a session", "error page");
        return reply;
    }

    @ParameterizedTest(name = "{0} with {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            /a        | nothing  | 401 | Bearer                                                                                                  | An access token is needed
            /a        | two      | 400 | Bearer error="invalid_request", error_description="More than one credential"                            | More than one credential
            /a        | joined   | 400 | Bearer error="invalid_request", error_description="More than one credential"                            | More than one credential
            /a        | no token | 400 | Bearer error="invalid_request", error_description="Not a bearer token"                                  | Not a bearer token
            /a        | basic    | 401 | Bearer                                                                                                  | An access token is needed
            /a        | forged   | 401 | Bearer error="invalid_token", error_description="The signature cannot be trusted"                       | The signature cannot be trusted
            /a        | expired  | 401 | Bearer error="invalid_token", error_description="The token has expired"                                 | The token has expired
            /a        | opaque   | 401 | Bearer error="invalid_token", error_description="The token is malformed"                                | The token is malformed
            /public/a | two      | 400 | Bearer error="invalid_request", error_description="More than one credential"                            | More than one credential
            /public/a | no token | 400 | Bearer error="invalid_request", error_description="Not a bearer token"                                  | Not a bearer token
            /public/a | forged   | 401 | Bearer error="invalid_token", error_description="The signature cannot be trusted"                       | The signature cannot be trusted
            /admin    | nothing  | 401 | Bearer                                                                                                  | An access token is needed
            /admin    | plain    | 403 | Bearer error="insufficient_scope", error_description="A role is missing"                                | A role is missing
            /admin/x  | plain    | 403 | Bearer error="insufficient_scope", error_description="A role is missing"                                | A role is missing
            /mail     | plain    | 403 | Bearer error="insufficient_scope", error_description="A scope is missing", scope="read write"           | A scope is missing
            /nobody   | nothing  | 401 | Bearer                                                                                                  | An access token is needed
            /nobody   | admin    | 403 |                                                                                                         | Nobody may do this
            /a//b     | admin    | 400 |                                                                                                         | The path could be read in two ways
            """)
    void refuses(String target, String token, int status, String challenge, String detail) throws Exception {
        if (target.equals("/a//b")
                && server.ask("GET", "/app" + target).field("X-Before").isEmpty()) {
            return; // the server itself refuses it
        }
        Wire.Reply reply = ask("GET", "/app" + target, fields(token));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.field("WWW-Authenticate")).isEqualTo(challenge == null ? "" : challenge);
        assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.field("Content-Type")).isEqualTo("application/problem+json");
        String title = Map.of(400, "Bad Request", 401, "Unauthorized", 403, "Forbidden")
                .get(status);
        assertThat(reply.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status
                        + ",\"detail\":\"" + detail + "\"}");
    }

    private static String[] fields(String token) {
        return switch (token) {
            case "plain" -> new String[] {bearer(VALID)};
            case "admin" -> new String[] {bearer(admin())};
            case "two" -> new String[] {bearer(VALID), bearer(VALID)};
            case "joined" -> new String[] {bearer(VALID) + ", Bearer " + VALID.text()};
            case "no token" -> new String[] {"Authorization: Bearer"};
            case "basic" -> new String[] {"Authorization: Basic dTpw"};
            case "forged" -> new String[] {bearer(VALID.signedWith(TestKey.otherRsa(), "RS256"))};
            case "expired" -> new String[] {bearer(VALID.expiresIn(-3600))};
            case "opaque" -> new String[] {"Authorization: Bearer 2YotnFZFEjr1zCsicMWpAA"};
            default -> new String[0];
        };
    }

    @ParameterizedTest(name = "{0} with {1} -> {2}")
    @CsvSource({
        "/a,        plain, served alice alice BEARER false true",
        "/a,        admin, served alice alice BEARER true true",
        "/public/a, nothing, served - null null false false",
        "/public/a, plain, served alice alice BEARER false true",
        "/public/a, basic, served - null null false false",
        "/admin,    admin, ADMIN alice alice BEARER true true",
        "/mail,     admin, served alice alice BEARER true true",
        "/get,      nothing, served - null null false false"
    })
    void admits(String target, String token, String body) throws Exception {
        Wire.Reply reply = ask("GET", "/app" + target, fields(token));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(body);
        assertThat(reply.field("WWW-Authenticate")).isEmpty();
    }

    @ParameterizedTest(name = "{0} /get -> {1}")
    @CsvSource({"GET, 200", "HEAD, 200", "OPTIONS, 401", "POST, 401", "PUT, 401", "DELETE, 401", "PATCH, 401"})
    void aRuleWithMethods(String method, int status) throws Exception {
        assertThat(ask(method, "/app/get").status()).isEqualTo(status);
    }

    @Test
    void headIsRefusedWithoutABody() throws Exception {
        try (Wire wire = Wire.to(server.port())) {
            Wire.Reply reply = wire.ask("HEAD", "/app/a");
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.field("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(reply.field("Content-Type")).startsWith("application/problem+json");
            // had there been one, the next answer would begin with it
            assertThat(wire.ask("GET", "/app/a", bearer(VALID)).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5_000})
    void theConnectionGoesOnAfterARefusal(int size) throws Exception {
        try (Wire wire = Wire.to(server.port())) {
            Wire.Reply refused = wire.send("POST", "/app/a", "x".repeat(size), "Content-Type: text/plain");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(wire.ask("GET", "/app/a", bearer(VALID)).body())
                    .isEqualTo("served alice alice BEARER false true");
        }
    }

    /** Over the wire a token is what the server makes of the header: white space around it is none of the token. */
    @ParameterizedTest
    @EnumSource
    void refusesHostileTokens(Hostile hostile) throws Exception {
        String field = "Authorization: Bearer " + hostile.token(VALID, KEY);
        for (String target : List.of("/app/a", "/app/public/a")) {
            Wire.Reply reply = server.ask("GET", target, "Connection: close", field);
            if (hostile.fitsHeader()) {
                assertThat(reply.status()).isEqualTo(401);
                assertThat(reply.field("WWW-Authenticate"))
                        .startsWith("Bearer error=\"invalid_token\", error_description=");
                assertThat(reply.field("X-Before")).isEqualTo("kept");
            } else if (hostile == Hostile.SPACE_BEFORE || hostile == Hostile.NEWLINE_AFTER) {
                assertThat(reply.status()).isIn(200, 400);
            } else {
                assertThat(reply.status()).isIn(400, 401);
                assertThat(reply.body()).doesNotContain("served");
            }
        }
    }

    @Test
    void aHeaderThatTheServerDoesNotTakeIsTheServersToRefuse() throws Exception {
        Wire.Reply reply = server.ask("GET", "/app/a", "Authorization: Bearer " + "a".repeat(Container.HEADER_SIZE));
        assertThat(reply.status()).isIn(400, 431);
        assertThat(reply.body()).doesNotContain("served");
    }

    /** None of them may reach the servlet behind {@code /admin}, whoever it is that reads them wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/admin",
                "/app/admin/",
                "/app/admin/x",
                "/app//admin",
                "/app/admin//",
                "//app/admin",
                "/app/./admin",
                "/app/public/../admin",
                "/app/public/%2e%2e/admin",
                "/app/public/%2E%2E/admin",
                "/app/public/.%2e/admin",
                "/app/public/..;/admin",
                "/app/public/..;x=1/admin",
                "/app/public/%2e%2e;/admin",
                "/app/public%2f..%2fadmin",
                "/app/public/..%2fadmin",
                "/app/public/%2e%2e%2fadmin",
                "/app/public/..%5cadmin",
                "/app/public/..\\admin",
                "/app/public\\..\\admin",
                "/app\\admin",
                "/app/admin;x=1",
                "/app/admin;jsessionid=1",
                "/app/admin;jsessionid=1/x",
                "/app/;x=1/admin",
                "/app;x=1/admin",
                "/app/adm%69n",
                "/app/%61dmin",
                "/app/%2561dmin",
                "/app/%c0%ae%c0%ae/admin",
                "/app/admin%00",
                "/app/admin%0a",
                "/app/admin%20",
                "/app/admin%",
                "/app/admin%zz",
                "/app/public/../../app/admin",
                "/app/public/x/../../admin",
                "/app/admin/../public/../admin",
                "/../app/admin",
                "/%2e/app/admin",
                "/app/public/%252e%252e/admin",
                "/app/public/%u002e%u002e/admin",
                "http://localhost/app/admin",
                "http://localhost//app/admin",
                "http://localhost/app/public/../admin",
                "/app/public/..;/..;/app/admin"
            })
    void noReadingOfAnAmbiguousPathGoesThrough(String target) throws Exception {
        for (String[] fields : List.of(fields("nothing"), fields("plain"))) {
            Wire.Reply reply = server.ask("GET", target, fields);
            assertThat(reply.body()).doesNotContain("ADMIN");
            boolean literal = reply.status() == 200 && reply.body().startsWith("served");
            assertThat(literal || List.of(400, 401, 403, 404).contains(reply.status()))
                    .as("%s %s", reply.status(), reply.body())
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "/app/admin;jsessionid=1, 200",
        "/app/adm%69n,            200",
        "/app/admin/%20,          200",
        "/app/admin?a=//;/../%2f, 200"
    })
    void aClearPathGoesThrough(String target, int status) throws Exception {
        Wire.Reply reply = ask("GET", target, bearer(admin()));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).startsWith("ADMIN alice");
    }

    @Test
    void tokensElsewhereAreNotRead() throws Exception {
        String token = VALID.text();
        assertThat(ask("GET", "/app/a?access_token=" + token).status()).isEqualTo(401);
        assertThat(ask("GET", "/app/a", "Cookie: access_token=" + token).status())
                .isEqualTo(401);
        assertThat(ask("GET", "/app/a", "Proxy-Authorization: Bearer " + token).status())
                .isEqualTo(401);
        try (Wire wire = Wire.to(server.port())) {
            Wire.Reply form = wire.send(
                    "POST", "/app/a", "access_token=" + token, "Content-Type: application/x-www-form-urlencoded");
            assertThat(form.status()).isEqualTo(401);
        }
    }

    @Test
    void withoutATokenTheContainersOwnPrincipalCounts() throws Exception {
        String dave = "X-Container-User: dave";
        assertThat(ask("GET", "/app/public/a", dave).body()).isEqualTo("served dave dave FORM true false");
        assertThat(ask("GET", "/app/public/a", dave, bearer(VALID)).body())
                .isEqualTo("served alice alice BEARER false true");
        assertThat(ask("GET", "/app/a", dave).body()).isEqualTo("served dave dave FORM true false");
    }

    @Test
    void authenticateIsTrueWithACaller() throws Exception {
        assertThat(ask("GET", "/app/public/authenticate", bearer(VALID)).body())
                .isEqualTo("true alice alice BEARER false true");
        assertThat(ask("GET", "/app/public/authenticate", "X-Container-User: dave")
                        .body())
                .isEqualTo("true dave dave FORM true false");
    }

    @Test
    void authenticateSendsTheChallengeWithoutOne() throws Exception {
        Wire.Reply reply = ask("GET", "/app/public/authenticate");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.field("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"detail\":\"An access token is needed\"}");
    }

    @Test
    void authenticateFailsWhenTheResponseHasBegun() throws Exception {
        assertThat(ask("GET", "/app/public/late").body()).isEqualTo("begun, too late");
        assertThat(ask("GET", "/app/public/late", bearer(VALID)).body()).isEqualTo("begun, true");
    }

    @Test
    void logoutDropsTheCallerForThisRequestOnly() throws Exception {
        String token = bearer(admin());
        assertThat(ask("GET", "/app/public/logout", token).body())
                .isEqualTo("alice alice BEARER true true, then - null null false false");
        assertThat(ask("GET", "/app/public/a", token).body()).isEqualTo("served alice alice BEARER true true");
    }

    @Test
    void logoutAndLoginAreTheContainersToo() throws Exception {
        String dave = "X-Container-User: dave";
        assertThat(ask("GET", "/app/public/logout", dave).body())
                .isEqualTo("dave dave FORM true false, then - null null false false, by the container too");
        assertThat(ask("GET", "/app/public/logout", dave, bearer(VALID)).body())
                .isEqualTo("alice alice BEARER false true, then - null null false false, by the container too");
        assertThat(ask("GET", "/app/public/logout", "X-Container-User: nobody").body())
                .isEqualTo("- null null false false, then - null null false false, by the container too");
        assertThat(ask("GET", "/app/public/logout", "X-Container-User: nobody", bearer(VALID))
                        .body())
                .isEqualTo("alice alice BEARER false true, then - null null false false");
        assertThat(ask("GET", "/app/public/login", dave).body()).isEqualTo("after carol carol FORM true false");
        assertThat(ask("GET", "/app/public/login", dave, bearer(VALID)).body())
                .isEqualTo("after alice alice BEARER false true");
    }

    /** That this application could have a session, so that none elsewhere says something. */
    @Test
    void aSessionWouldShow() throws Exception {
        assertThat(server.ask("GET", "/app/public/session", bearer(VALID)).field("Set-Cookie"))
                .contains("JSESSIONID");
    }

    @Test
    void theChallengeReplacesWhatNobodyHasSeen() throws Exception {
        Wire.Reply reply = server.ask("GET", "/app/public/written");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).startsWith("{\"type\":").doesNotContain("partial");
    }

    @Test
    void noTokenGivesTheRolesThatMeanSomethingElse() throws Exception {
        String token = TokenBuilder.signedBy(TestKey.rsa())
                .claim("groups", List.of("*", "**"))
                .text();
        assertThat(server.ask("GET", "/app/public/roles", "Authorization: Bearer " + token)
                        .body())
                .isEqualTo("false false true");
    }
}
