package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.config.ConfigurationException;
import io.mapae.http.LogLines;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the filter comes into an application, on every server. */
@ParameterizedClass
@EnumSource
record StartTest(Container container) {
    private static final TestKey KEY = TestKey.rsa();
    private static final String TOKEN =
            "Authorization: Bearer " + TokenBuilder.signedBy(KEY).text();

    private static Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(App.settings(KEY));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private static App automatic(@Nullable String auto) {
        App app = App.at("/app").servlet("/*", Servlets.who("served")).withInitializer();
        App.settings(KEY).forEach((name, value) -> app.contextParam("mapae." + name, value));
        return auto == null ? app : app.contextParam("mapae.auto", auto);
    }

    /** The problems that keep the application from starting. */
    private String problems(App app) {
        try (LogLines log = LogLines.of("org.apache.catalina")) {
            Stream<Throwable> thrown;
            try (Container.Running server = container.start(app)) {
                assertThat(server.ask("GET", app.path + "/a", TOKEN).status()).isIn(404, 503);
                thrown = Stream.empty();
            } catch (Exception failure) {
                thrown = Stream.of(failure);
            }
            return Stream.concat(
                            thrown,
                            log.records().stream().map(LogRecord::getThrown).filter(Objects::nonNull))
                    .flatMap(failure -> Stream.iterate(failure, Objects::nonNull, Throwable::getCause))
                    .filter(failure -> failure instanceof ConfigurationException
                            || String.valueOf(failure.getMessage()).startsWith("auto=true"))
                    .map(failure -> String.valueOf(failure.getMessage()))
                    .findFirst()
                    .orElse("none");
        }
    }

    @Test
    void automaticProtectsEverything() throws Exception {
        try (Container.Running server = container.start(automatic("true"))) {
            assertThat(server.ask("GET", "/app/a").status()).isEqualTo(401);
            assertThat(server.ask("GET", "/app/").status()).isEqualTo(401);
            assertThat(server.ask("GET", "/app/a", TOKEN).body()).isEqualTo("served alice alice BEARER false true");
        }
    }

    @Test
    void automaticComesBeforeTheApplicationsFilters() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        Filter own = (request, response, chain) -> {
            seen.add(Servlets.who((HttpServletRequest) request));
            chain.doFilter(request, response);
        };
        try (Container.Running server = container.start(automatic("true").filter("own", own, "/*", Map.of()))) {
            server.ask("GET", "/app/a");
            server.ask("GET", "/app/a", TOKEN);
        }
        assertThat(seen).containsExactly("alice alice BEARER false true");
    }

    @Test
    void automaticServesEveryDispatch() throws Exception {
        App app = automatic("true")
                .servlet("/async", Servlets.async())
                .servlet("/fail", Servlets.fail())
                .servlet("/error", Servlets.who("error page"))
                .errorPage("/error");
        try (Container.Running server = container.start(app)) {
            assertThat(server.ask("GET", "/app/async?mode=bare&to=/a", TOKEN).body())
                    .isEqualTo("served alice alice BEARER false true");
            assertThat(server.ask("GET", "/app/fail?mode=sendError", TOKEN).body())
                    .isEqualTo("error page alice alice BEARER false true");
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"false", ""})
    void withoutBeingAskedItDoesNothing(@Nullable String auto) throws Exception {
        try (Container.Running server = container.start(automatic(auto))) {
            assertThat(server.ask("GET", "/app/a").body()).isEqualTo("served - null null false false");
        }
    }

    @Test
    void aFilterThatIsRegisteredIsEnough() throws Exception {
        App app = automatic("true").filter("own", new BearerTokenFilter(), "/*", Map.of("realm", "own"));
        try (Container.Running server = container.start(app)) {
            assertThat(server.ask("GET", "/app/a").field("WWW-Authenticate")).isEqualTo("Bearer realm=\"own\"");
        }
    }

    @Test
    void aFilterThatIsRegisteredForLessContradicts() {
        App app = automatic("true").filter("own", new BearerTokenFilter(), "/own/*", Map.of());
        assertThat(problems(app)).isEqualTo("auto=true, but the filter is mapped to less than /*");
    }

    @Test
    void aFilterOfTheSameNameContradicts() {
        Filter other = (request, response, chain) -> chain.doFilter(request, response);
        App app = automatic("true").filter("mapae", other, "/*", Map.of());
        assertThat(problems(app)).endsWith("another filter has the name mapae");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ture", "yes", "TRUE", "1"})
    void whatIsNeitherTrueNorFalseStops(String auto) {
        assertThat(problems(automatic(auto)))
                .isEqualTo("Mapae cannot start:\n  auto (context-param mapae.auto = " + auto
                        + "): expected true or false");
    }

    @Test
    void aWrongNameOfTheSettingStops() {
        App app = automatic(null).contextParam("mapae.atuo", "true");
        assertThat(problems(app))
                .isEqualTo("Mapae cannot start:\n  context-param mapae.atuo: unknown, did you mean mapae.auto?");
    }

    @Test
    void allProblemsAreReportedTogether() {
        App app = App.at("/app")
                .servlet("/*", Servlets.who("served"))
                .contextParam("mapae.clock-skew", "PT1H")
                .bearer(Map.of("isuer", "https://issuer.example", "rules", "/a allow", "explain", "on"));
        assertThat(problems(app).lines())
                .containsExactlyInAnyOrder(
                        "Mapae cannot start:",
                        "  filter init-param isuer: unknown, did you mean issuer?",
                        "  issuer: required",
                        "  audience: required",
                        "  clock-skew (context-param mapae.clock-skew = PT1H): expected an ISO 8601 duration from PT0S to"
                                + " PT5M, such as PT30S",
                        "  rules (filter init-param rules = /a allow): expected in \"/a allow\": [METHODS] PATTERN permit | deny |"
                                + " authenticated | role a,b | scope x,y [once] [ticket], such as GET,POST /api/** role user",
                        "  explain (filter init-param explain = on): expected true or false");
    }

    @Test
    void settingsOfTheCodeAreStrongest() throws Exception {
        App app = App.at("/app")
                .servlet("/*", Servlets.who("served"))
                .contextParam("mapae.realm", "of the context")
                .contextParam("mapae.rules", "/public permit")
                .filter(
                        "bearer",
                        new BearerTokenFilter(Map.of("realm", "of the code")),
                        "/*",
                        settings("realm", "of the filter"));
        try (Container.Running server = container.start(app)) {
            assertThat(server.ask("GET", "/app/a").field("WWW-Authenticate")).isEqualTo("Bearer realm=\"of the code\"");
            assertThat(server.ask("GET", "/app/public").status()).isEqualTo(200);
        }
    }

    /** Two issuers for two parts of one application, and a caller that goes from one to the other. */
    @ParameterizedTest(name = "{0} with a token for {1} -> {2} {3}")
    @CsvSource({
        "/a/x,                  a,  200, served alice alice BEARER false true",
        "/a/x,                  b,  401, 'Bearer realm=\"a\", error=\"invalid_token\"'",
        "/a/x,                  no, 401, 'Bearer realm=\"a\"'",
        "/b/x,                  b,  200, served bob bob BEARER false true",
        "/b/x,                  a,  401, 'Bearer realm=\"b\", error=\"invalid_token\"'",
        "/b/x,                  no, 401, 'Bearer realm=\"b\"'",
        "/c,                    no, 200, served - null null false false",
        "/a/forward?to=/b/x,    a,  401, 'Bearer realm=\"b\", error=\"invalid_token\"'",
        "/a/forward?to=/a/x,    a,  200, served alice alice BEARER false true",
        "/a/async?to=/a/x,      a,  200, served alice alice BEARER false true",
        "/a/async?to=/b/x,      a,  401, 'Bearer realm=\"b\", error=\"invalid_token\"'"
    })
    void twoFiltersOfOneApplication(String target, String token, int status, String outcome) throws Exception {
        TestKey other = TestKey.otherRsa();
        Map<String, String> b = new HashMap<>(App.settings(other));
        b.put("realm", "b");
        b.put("issuer", "https://other.example");
        App app = App.at("/app")
                .servlet("/*", Servlets.who("served"))
                .servlet("/a/forward", Servlets.forward())
                .servlet("/a/async", Servlets.async())
                .filter("a", new BearerTokenFilter(), "/a/*", settings("realm", "a"))
                .filter("b", new BearerTokenFilter(), "/b/*", b);
        String ofB = TokenBuilder.signedBy(other)
                .issuer("https://other.example")
                .subject("bob")
                .text();
        String[] fields =
                switch (token) {
                    case "a" -> new String[] {TOKEN};
                    case "b" -> new String[] {"Authorization: Bearer " + ofB};
                    default -> new String[0];
                };
        try (Container.Running server = container.start(app)) {
            Wire.Reply reply = server.ask("GET", "/app" + target, fields);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(status == 200 ? reply.body() : reply.field("WWW-Authenticate"))
                    .startsWith(outcome);
        }
    }

    @Test
    void twoApplicationsShareNothing() throws Exception {
        TestKey other = TestKey.otherRsa();
        Map<String, String> settings = new HashMap<>(App.settings(other));
        settings.put("rules", "/a permit");
        App one = App.at("/one").servlet("/*", Servlets.who("one")).bearer(settings());
        App two = App.at("/two").servlet("/*", Servlets.who("two")).bearer(settings);
        String ofTwo = "Authorization: Bearer " + TokenBuilder.signedBy(other).text();
        try (Container.Running server = container.start(one, two)) {
            assertThat(server.ask("GET", "/one/a").status()).isEqualTo(401);
            assertThat(server.ask("GET", "/two/a").status()).isEqualTo(200);
            assertThat(server.ask("GET", "/one/b", TOKEN).status()).isEqualTo(200);
            assertThat(server.ask("GET", "/two/b", TOKEN).status()).isEqualTo(401);
            assertThat(server.ask("GET", "/one/b", ofTwo).status()).isEqualTo(401);
            assertThat(server.ask("GET", "/two/b", ofTwo).status()).isEqualTo(200);
        }
    }

    @Test
    void corsAnswersBeforeTheApplication() throws Exception {
        App app = App.at("/app")
                .servlet("/*", Servlets.who("served"))
                .filter("before", new Servlets.Before(), "/*", Map.of())
                .bearer(settings("cors.origins", "https://app.example"));
        String origin = "Origin: https://app.example";
        try (Container.Running server = container.start(app)) {
            Wire.Reply preflight = server.ask("OPTIONS", "/app/a", origin, "Access-Control-Request-Method: PUT");
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.field("Access-Control-Allow-Methods")).isEqualTo("PUT");
            assertThat(server.ask("GET", "/app/a", origin).field("Access-Control-Allow-Origin"))
                    .isEqualTo("https://app.example");
            assertThat(server.ask("GET", "/app/a", origin, TOKEN).field("Access-Control-Allow-Origin"))
                    .isEqualTo("https://app.example");
            assertThat(server.ask("GET", "/app/a", origin).field("Vary")).isEqualTo("Accept-Encoding && Origin");
            assertThat(server.ask("GET", "/app/a", origin, TOKEN).field("Vary")).isEqualTo("Accept-Encoding && Origin");
            assertThat(server.ask("GET", "/app/a", "Origin: https://evil.example")
                            .field("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void aCookieMayBringTheToken() throws Exception {
        String cookie = "Cookie: t=" + TokenBuilder.signedBy(KEY).text();
        App app = App.at("/app").servlet("/*", Servlets.who("served")).bearer(settings("token-cookie", "t"));
        try (Container.Running server = container.start(app)) {
            assertThat(server.ask("GET", "/app/a", cookie).body()).isEqualTo("served alice alice BEARER false true");
            assertThat(server.ask("GET", "/app/a", "Cookie: a=b").status()).isEqualTo(401);
            assertThat(server.ask("GET", "/app/a", cookie + "; t=x").status()).isEqualTo(400);
            assertThat(server.ask("GET", "/app/a", cookie.replace("t=", "u=")).status())
                    .isEqualTo(401);
            assertThat(server.ask("POST", "/app/a", cookie).status()).isEqualTo(403);
            String own = "Origin: http://localhost";
            assertThat(server.ask("POST", "/app/a", cookie, own).status()).isEqualTo(200);
            assertThat(server.ask("POST", "/app/a", cookie, own.replace("http:", "https:"))
                            .status())
                    .isEqualTo(403);
        }
    }

    /** A server that goes on with a filter that it stopped, or never started, gets nothing through it. */
    @Test
    void onlyAFilterThatWasStartedWorks() throws Exception {
        BearerTokenFilter filter = new BearerTokenFilter();
        App app = App.at("/app").servlet("/*", Servlets.who("served")).filter("bearer", filter, "/*", settings());
        assertThatThrownBy(() -> pass(filter)).isExactlyInstanceOf(ServletException.class);
        try (Container.Running server = container.start(app)) {
            assertThat(server.ask("GET", "/app/a", TOKEN).status()).isEqualTo(200);
        }
        assertThatThrownBy(() -> pass(filter)).isExactlyInstanceOf(ServletException.class);
    }

    private static void pass(Filter filter) throws Exception {
        filter.doFilter(stub(HttpServletRequest.class), stub(HttpServletResponse.class), stub(FilterChain.class));
    }

    /** Answers nothing: whoever asks it anything fails. */
    private static <T> T stub(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw new AssertionError("was asked for " + method.getName());
        }));
    }

    @ParameterizedTest(name = "async-supported {0}, dispatcher {1}: {2}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            true,  <dispatcher>REQUEST</dispatcher><dispatcher>ASYNC</dispatcher><dispatcher>ERROR</dispatcher><dispatcher>FORWARD</dispatcher><dispatcher>INCLUDE</dispatcher>, ``
            false, <dispatcher>REQUEST</dispatcher><dispatcher>ASYNC</dispatcher><dispatcher>ERROR</dispatcher><dispatcher>FORWARD</dispatcher><dispatcher>INCLUDE</dispatcher>, `Filter bearer in web.xml lacks <async-supported>true: the caller is lost there`
            true,  <dispatcher>REQUEST</dispatcher>, `Filter bearer in web.xml lacks <dispatcher>FORWARD, <dispatcher>INCLUDE, <dispatcher>ASYNC, <dispatcher>ERROR: the caller is lost there`
            """)
    void warnsOfARegistrationThatLacksSomething(String async, String dispatchers, String warning) throws Exception {
        App app = App.at("/app")
                .servlet("/*", Servlets.who("served"))
                .bearer(settings())
                .descriptor("<web-app><filter><filter-name>bearer</filter-name><async-supported>" + async
                        + "</async-supported></filter><filter-mapping><filter-name>bearer</filter-name>" + dispatchers
                        + "</filter-mapping></web-app>");
        try (LogLines log = LogLines.of("io.mapae.servlet");
                Container.Running server = container.start(app)) {
            assertThat(server.ask("GET", "/app/a").status()).isEqualTo(401);
            assertThat(log.lines()).isEqualTo(warning.isEmpty() ? List.of() : List.of(warning));
        }
    }
}
