package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.identity.Caller;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be used once, on every server: a request is one, however it is dispatched. */
@ParameterizedClass
@EnumSource
class OnceTest {
    private static final TestKey KEY = TestKey.rsa();
    private static final List<Container.Running> RUNNING = new ArrayList<>();

    private final Container.Running server = RUNNING.get(0);

    OnceTest(Container container) {
        assertThat(container).isNotNull();
    }

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        Map<String, String> params = new HashMap<>(App.settings(KEY));
        params.put("rules", "/once/** authenticated once ticket; /events authenticated ticket; /** authenticated");
        App app = App.at("/app")
                .filter(
                        "wrapping",
                        (request, response, chain) ->
                                chain.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request), response),
                        "/once/wrapped",
                        Map.of())
                .bearer(params)
                .servlet("/*", Servlets.who("served"))
                .servlet("/once/forward", Servlets.forward())
                .servlet("/once/include", Servlets.include())
                .servlet("/once/fail", Servlets.fail())
                .servlet("/once/async", Servlets.async())
                .servlet("/ticket", Servlets.of((request, response) -> {
                    Caller caller = Caller.of(request.getUserPrincipal()).orElseThrow();
                    Servlets.write(
                            response,
                            SharedMapae.of(request.getServletContext())
                                    .orElseThrow()
                                    .tickets()
                                    .issue(caller, request.getHeader("X-Path"))
                                    .text());
                }))
                .servlet("/error", Servlets.who("error page"))
                .errorPage("/error");
        RUNNING.add(container.start(app));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        RUNNING.remove(0).close();
    }

    private static String token() {
        return "Authorization: Bearer "
                + TokenBuilder.signedBy(KEY)
                        .claim("jti", UUID.randomUUID().toString())
                        .text();
    }

    private String ticket(String path) throws Exception {
        return server.ask("GET", "/app/ticket", token(), "X-Path: " + path).body();
    }

    @ParameterizedTest
    @CsvSource({
        "/once/a,                                200, served",
        "/once/wrapped,                          200, served",
        "/once/forward?to=/once/b,               200, served",
        "/once/include?to=/once/b,               200, before",
        "/once/async?mode=bare&to=/once/b,       200, served",
        "/once/async?mode=wrapped&to=/once/b,    200, served",
        "/once/fail?mode=sendError,              409, error page",
        "/once/fail?mode=throw,                  500, error page"
    })
    void aTokenIsUsedUpOnceByARequest(String target, int status, String body) throws Exception {
        String token = token();
        Wire.Reply first = server.ask("GET", "/app" + target, token);
        assertThat(first.status()).isEqualTo(status);
        assertThat(first.body()).startsWith(body);
        assertThat(first.body()).contains("alice");
        Wire.Reply second = server.ask("GET", "/app" + target, token);
        assertThat(second.status()).isEqualTo(401);
        assertThat(second.field("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"The token was used before\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/once/a"})
    void aTicketIsGoodOnceForItsPath(String path) throws Exception {
        String query = "?x=%20&ticket=" + ticket(path);
        assertThat(server.ask("GET", "/app" + path + "/b" + query).status()).isEqualTo(401);
        assertThat(server.ask("GET", "/app" + path + query, token()).status()).isEqualTo(400);
        assertThat(server.ask("GET", "/app" + path + query).body()).contains("alice");
        Wire.Reply second = server.ask("GET", "/app" + path + query);
        assertThat(second.status()).isEqualTo(401);
        assertThat(second.field("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"The "
                        + (path.equals("/events") ? "ticket is not valid here and now" : "token was used before")
                        + "\"");
    }

    /** Asking for parameters would read it, and the application would find nothing. */
    @Test
    void aTicketInABodyIsNone() throws Exception {
        String form = "ticket=" + ticket("/events");
        try (Wire wire = Wire.to(server.port())) {
            assertThat(wire.send("POST", "/app/events", form, "Content-Type: application/x-www-form-urlencoded")
                            .status())
                    .isEqualTo(401);
        }
        assertThat(server.ask("GET", "/app/events?" + form).status()).isEqualTo(200);
    }
}
