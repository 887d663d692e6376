package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.identity.ClaimTypeException;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes after the first dispatch, on every server. */
@ParameterizedClass
@EnumSource
class DispatchTest {
    private static final TokenBuilder VALID = TokenBuilder.signedBy(TestKey.rsa());
    private static final String ALICE = "alice alice BEARER false true";
    private static final String NOBODY = "- null null false false";
    private static final List<Container.Running> RUNNING = new ArrayList<>();

    /** What the server gets to see. */
    private static final List<Exception> THROWN = new CopyOnWriteArrayList<>();

    private static final Filter WATCHING = (request, response, chain) -> {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException failure) {
            THROWN.add(failure);
            throw failure;
        }
    };

    private final Container.Running server = RUNNING.get(0);

    DispatchTest(Container container) {
        assertThat(container).isNotNull();
    }

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        Map<String, String> params = new HashMap<>(App.settings(TestKey.rsa()));
        params.put("rules", "/public/** permit; /admin role admin");
        App app = App.at("/app")
                .filter("watching", WATCHING, "/*", Map.of())
                .bearer(params)
                .servlet("/*", Servlets.who("served"))
                .servlet("/admin", Servlets.who("ADMIN"))
                .servlet("/public/forward", Servlets.forward())
                .servlet("/public/include", Servlets.include())
                .servlet("/public/fail", Servlets.fail())
                .servlet("/public/async", Servlets.async())
                .servlet("/public/claim", Servlets.claim())
                .servlet("/public/logout", Servlets.logout())
                .servlet("/error", Servlets.who("error page"))
                .errorPage("/error");
        // the filter sees only what is below /in, so a request may come to it by a later dispatch alone
        App late = App.at("/late")
                .filter("bearer", new BearerTokenFilter(), "/in/*", params)
                .servlet("/in/*", Servlets.who("served"))
                .servlet("/in/admin", Servlets.who("ADMIN"))
                .servlet("/forward", Servlets.forward())
                .servlet("/include", Servlets.include())
                .servlet("/async", Servlets.async());
        RUNNING.add(container.start(app, late));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        RUNNING.remove(0).close();
    }

    private static String[] bearing(String token) {
        return switch (token) {
            case "good" -> new String[] {"Authorization: Bearer " + VALID.text()};
            case "bad" -> new String[] {"Authorization: Bearer a.b.c"};
            default -> new String[0];
        };
    }

    @ParameterizedTest(name = "{0} with {1} token")
    @CsvSource(quoteCharacter = '`', textBlock = """
            forward?to=/a,                        200, served #
            forward?to=/admin,                    200, ADMIN #
            forward?to=/public/forward?to=/a,     200, served #
            include?to=/a,                        200, `before, served #, after #`
            include?to=/admin,                    200, `before, ADMIN #, after #`
            async?mode=bare&to=/a,                200, served #
            async?mode=wrapped&to=/a,             200, served #
            async?mode=bare&to=/admin,            200, ADMIN #
            async?mode=wrapped&to=/admin,         200, ADMIN #
            async?mode=bare,                      200, thread #
            async?mode=wrapped,                   200, thread #
            async?mode=bare&to=/public/forward?to=/a, 200, served #
            fail?mode=sendError,                  409, error page #
            fail?mode=throw,                      500, error page #
            """)
    void keepsTheCaller(String target, int status, String body) throws Exception {
        Wire.Reply good = server.ask("GET", "/app/public/" + target, bearing("good"));
        assertThat(good.status()).isEqualTo(status);
        assertThat(good.body()).isEqualTo(body.replace("#", ALICE));
        Wire.Reply none = server.ask("GET", "/app/public/" + target, bearing("no"));
        assertThat(none.status()).isEqualTo(status);
        assertThat(none.body()).isEqualTo(body.replace("#", NOBODY));
        Wire.Reply bad = server.ask("GET", "/app/public/" + target, bearing("bad"));
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.body()).startsWith("{\"type\":");
    }

    @ParameterizedTest(name = "{0} with {1} token -> {2} {3}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            async?mode=bare&to=/in/a,        no,   401, -
            async?mode=wrapped&to=/in/a,     no,   401, -
            async?mode=bare&to=/in/a,        bad,  401, -
            async?mode=bare&to=/in/a,        good, 200, served alice alice BEARER false true
            async?mode=wrapped&to=/in/a,     good, 200, served alice alice BEARER false true
            forward?to=/in/a,                no,   401, -
            forward?to=/in/a,                bad,  401, -
            forward?to=/in/a,                good, 200, served alice alice BEARER false true
            include?to=/in/a,                no,   200, `before, served - null null false false, after - null null false false`
            """)
    void judgesTheFirstDispatchThatComesBy(String target, String token, int status, String body) throws Exception {
        Wire.Reply reply = server.ask("GET", "/late/" + target, bearing(token));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(status == 200 ? reply.body() : "-").isEqualTo(body);
    }

    private static final String OTHER_TYPE = "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,"
            + "\"detail\":\"A claim is of another type than is needed\"}";

    @ParameterizedTest
    @CsvSource({
        "claim?mode=plain",
        "claim?mode=wrapped",
        "claim?mode=twice",
        "claim?mode=runtime",
        "forward?to=/public/claim?mode=plain",
        "forward?to=/public/claim?mode=wrapped",
        "include?to=/public/claim?mode=plain",
        "include?to=/public/claim?mode=wrapped",
        "async?mode=bare&to=/public/claim?mode=plain",
        "async?mode=wrapped&to=/public/claim?mode=wrapped"
    })
    void aClaimOfAnotherTypeIsForbidden(String target) throws Exception {
        Wire.Reply reply = server.ask("GET", "/app/public/" + target, bearing("good"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo(OTHER_TYPE);
        assertThat(reply.field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.field("WWW-Authenticate")).isEmpty();
        assertThat(reply.field("X-Servlet")).isEmpty();
    }

    @Test
    void otherFailuresAreTheApplications() throws Exception {
        Wire.Reply reply = server.ask("GET", "/app/public/claim?mode=unrelated", bearing("good"));
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("error page " + ALICE);
    }

    @Test
    void afterCommitNoRefusalIsWritten() throws Exception {
        THROWN.clear();
        try (Wire wire = Wire.to(server.port())) {
            String begun = wire.raw("GET", "/app/public/claim?mode=committed", bearing("good"));
            assertThat(begun).startsWith("HTTP/1.1 200").contains("begun").doesNotContain("Forbidden");
        }
        assertThat(THROWN).singleElement().isInstanceOf(ClaimTypeException.class);
    }

    /** The dispatches of a request share its caller, so that one who was logged out does not come back. */
    @Test
    void aLogoutHolds() throws Exception {
        Wire.Reply reply = server.ask("GET", "/app/public/include?to=/public/logout", bearing("good"));
        assertThat(reply.body()).isEqualTo("before, " + ALICE + ", then " + NOBODY + ", after " + NOBODY);
    }
}
