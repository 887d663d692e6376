package io.mapae.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.identity.Caller;
import io.mapae.servlet.AutoRegistration;
import io.mapae.servlet.BearerTokenFilter;
import io.mapae.servlet.ContainerIdentity;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Session;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.authenticator.jaspic.AuthConfigFactoryImpl;
import org.apache.catalina.realm.MemoryRealm;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container that needs no setting knows of callers. */
class TomcatTest {
    private static final TestKey KEY = TestKey.rsa();
    private static final TokenBuilder ALICE = TokenBuilder.signedBy(KEY).claim("groups", List.of("user"));

    /** A servlet that says what it is told, and how often it ran. */
    private final AtomicInteger runs = new AtomicInteger();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path work;

    private @Nullable Tomcat tomcat;

    /** Tomcat's own API would know its own; on this class path there is the specification's. */
    @BeforeAll
    static void makeFactory() {
        Security.setProperty(
                AuthConfigFactory.DEFAULT_FACTORY_SECURITY_PROPERTY, AuthConfigFactoryImpl.class.getName());
    }

    private Tomcat start(Map<String, String> settings, String login) throws Exception {
        Tomcat server = new Tomcat();
        tomcat = server;
        server.setBaseDir(work.toString());
        server.setPort(0);
        server.getConnector().setProperty("address", "127.0.0.1");
        Path root = Files.createDirectories(work.resolve("root"));
        Context context = server.addContext("/app", root.toString());
        Map<String, String> all = new HashMap<>(Map.of(
                "issuer",
                TokenBuilder.ISSUER,
                "audience",
                TokenBuilder.AUDIENCE,
                "public-key",
                KEY.publicJwk(),
                "rules",
                "/ruled/** authenticated; /** permit"));
        all.putAll(settings);
        context.addServletContainerInitializer(new AutoRegistration(), Set.of());
        context.addServletContainerInitializer(new ContainerRegistration(), Set.of());
        filter(context, "adding", adding(), Map.of());
        filter(context, "mapae", new BearerTokenFilter(), all);
        Tomcat.addServlet(context, "telling", new Telling());
        context.addServletMapping("/*", "telling");
        constrain(context, "/kept/*", "user");
        constrain(context, "/admin/*", "admin");
        context.addSecurityRole("user");
        context.addSecurityRole("admin");
        if (!login.isEmpty()) {
            Files.createDirectories(root.resolve("WEB-INF"));
            Files.writeString(
                    root.resolve("WEB-INF/web.xml"),
                    "<web-app><login-config><auth-method>" + login + "</auth-method></login-config></web-app>");
            context.setLoginConfig(new LoginConfig(login, "here", null, null));
            context.getPipeline().addValve(new BasicAuthenticator());
        } else {
            context.getPipeline().addValve(new NonLoginAuthenticator());
        }
        Path users = Files.writeString(
                work.resolve("users.xml"),
                "<tomcat-users><user username=\"dave\" password=\"d\" roles=\"user\"/></tomcat-users>");
        MemoryRealm realm = new MemoryRealm();
        realm.setPathname(users.toString());
        context.setRealm(realm);
        server.start();
        return server;
    }

    private static void filter(Context context, String name, Filter filter, Map<String, String> settings) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        definition.setFilterClass(filter.getClass().getName());
        definition.setAsyncSupported("true");
        settings.forEach(definition::addInitParameter);
        context.addFilterDef(definition);
        FilterMap everything = new FilterMap();
        everything.setFilterName(name);
        everything.addURLPattern("/*");
        for (String type : List.of("REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC")) {
            everything.setDispatcher(type);
        }
        context.addFilterMap(everything);
    }

    /** Brings the token of another header, as gateways in front of an application do. */
    private static Filter adding() {
        return (request, response, chain) -> {
            String token = ((HttpServletRequest) request).getHeader("X-Token");
            chain.doFilter(token == null ? request : new Bearing((HttpServletRequest) request, token), response);
        };
    }

    private static final class Bearing extends HttpServletRequestWrapper {
        private final String token;

        Bearing(HttpServletRequest request, String token) {
            super(request);
            this.token = token;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equals("Authorization")
                    ? Collections.enumeration(List.of("Bearer " + token))
                    : super.getHeaders(name);
        }
    }

    private static void constrain(Context context, String pattern, String role) {
        SecurityCollection collection = new SecurityCollection();
        collection.addPattern(pattern);
        SecurityConstraint constraint = new SecurityConstraint();
        constraint.addCollection(collection);
        constraint.addAuthRole(role);
        context.addConstraint(constraint);
    }

    @AfterEach
    void stop() throws LifecycleException {
        if (tomcat != null) {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(tomcat).getConnector().getLocalPort() + "/app" + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> bearing(String path, String token) throws Exception {
        return token.isEmpty() ? get(path) : get(path, "Authorization", "Bearer " + token);
    }

    private static String token(String name) {
        return switch (name) {
            case "none" -> "";
            case "alice" -> ALICE.text();
            case "admin" ->
                ALICE.subject("root").claim("groups", List.of("admin", "user")).text();
            case "expired" -> ALICE.expiresIn(-3600).text();
            default -> "x";
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /kept   | none    | 401 | Bearer
            /kept   | alice   | 200 | alice user:true admin:false any:true BEARER container:true
            /kept   | bad     | 401 | Bearer error="invalid_token", error_description="The token is malformed"
            /kept   | expired | 401 | Bearer error="invalid_token", error_description="The token has expired"
            /admin  | alice   | 403 |
            /admin  | admin   | 200 | root user:true admin:true any:true BEARER container:true
            /admin  | none    | 401 | Bearer
            /public | none    | 200 | nobody user:false admin:false any:false null container:false
            /public | alice   | 200 | alice user:true admin:false any:true BEARER container:true
            /public | bad     | 401 | Bearer error="invalid_token", error_description="The token is malformed"
            /ruled  | none    | 401 | Bearer
            /ruled  | alice   | 200 | alice user:true admin:false any:true BEARER container:true
            """)
    void theContainerKnowsCallers(String path, String token, int status, @Nullable String told) throws Exception {
        start(Map.of(), "");
        HttpResponse<String> response = bearing(path, token(token));
        assertThat(response.statusCode()).isEqualTo(status);
        String said = status == 200
                ? response.body()
                : response.headers().firstValue("WWW-Authenticate").orElse("");
        assertThat(said).isEqualTo(Optional.ofNullable(told).orElse(""));
        assertThat(runs).hasValue(status == 200 ? 1 : 0);
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }

    /** The container's constraint and the filter's rule refuse in the same words. */
    @ParameterizedTest
    @CsvSource({"none", "bad", "expired"})
    void refusalsAreTheFilters(String token) throws Exception {
        start(Map.of(), "");
        HttpResponse<String> kept = bearing("/kept", token(token));
        HttpResponse<String> ruled = bearing("/ruled", token(token));
        assertThat(kept.body()).isEqualTo(ruled.body()).contains("\"status\":401");
        assertThat(kept.headers().map().get("content-type"))
                .isEqualTo(ruled.headers().map().get("content-type"));
    }

    @Test
    void aConnectionGoesOnAfterARefusal() throws Exception {
        start(Map.of(), "");
        for (int i = 0; i < 5; i++) {
            assertThat(bearing("/kept", "").statusCode()).isEqualTo(401);
            assertThat(bearing("/kept", token("alice")).statusCode()).isEqualTo(200);
        }
    }

    /** What the container saw is not what a filter before ours has made of it. */
    @ParameterizedTest
    @CsvSource({
        "/ruled,  alice,   200",
        "/ruled,  expired, 401",
        "/public, alice,   200",
        "/public, bad,     401",
        "/kept,   alice,   401"
    })
    void whatAnotherFilterAddsIsJudged(String path, String token, int status) throws Exception {
        start(Map.of(), "");
        HttpResponse<String> response = get(path, "X-Token", token(token));
        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(response.body()).isEqualTo("alice user:true admin:false any:true BEARER container:false");
        }
    }

    /** Tomcat takes an equal principal for the one in its session, with that one's roles. */
    @Test
    void aSessionKeepsNoRightsOfAnEarlierToken() throws Exception {
        Tomcat server = start(Map.of(), "");
        HttpResponse<String> first = get("/kept", "Authorization", "Bearer " + token("admin"), "X-Session", "new");
        String session = first.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        String demoted = ALICE.subject("root").claim("groups", List.of("user")).text();
        assertThat(get("/admin", "Authorization", "Bearer " + token("admin"), "Cookie", session)
                        .statusCode())
                .isEqualTo(200);
        Session kept =
                ((Context) server.getHost().findChild("/app")).getManager().findSessions()[0];
        String cookie = "JSESSIONID=" + kept.getId(); // Tomcat changes it when somebody is let in
        assertThat(get("/admin", "Authorization", "Bearer " + demoted, "Cookie", cookie)
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/admin", "Cookie", cookie).statusCode()).isEqualTo(401);
    }

    /** Tomcat forgets everybody whom a module does not tell it of. */
    @Test
    void whoLoggedInByCodeStays() throws Exception {
        start(Map.of(), "");
        HttpResponse<String> login = get("/public", "X-Login", "dave");
        assertThat(login.body()).startsWith("dave ");
        String session = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        assertThat(get("/public", "Cookie", session).body()).startsWith("dave user:true admin:false");
        assertThat(get("/kept", "Cookie", session).statusCode()).isEqualTo(200);
        assertThat(get("/admin", "Cookie", session).statusCode()).isEqualTo(403);
        assertThat(get("/public", "Cookie", session, "Authorization", "Bearer " + token("alice"))
                        .body())
                .startsWith("alice user:true");
    }

    @Test
    void usersOfALoginGoOnAndTokensAreTheFilters() throws Exception {
        start(Map.of(), "BASIC");
        String basic = "Basic " + Base64.getEncoder().encodeToString("dave:d".getBytes(StandardCharsets.US_ASCII));
        assertThat(get("/kept", "Authorization", basic).body())
                .isEqualTo("dave user:true admin:false any:true BASIC container:true");
        assertThat(get("/kept").headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"here\"");
        assertThat(bearing("/ruled", token("alice")).body())
                .isEqualTo("alice user:true admin:false any:true BEARER container:false");
        assertThat(bearing("/ruled", "").statusCode()).isEqualTo(401);
    }

    @Test
    void withIdentityFilterTheContainerKnowsNobody() throws Exception {
        start(Map.of("identity", "filter"), "");
        assertThat(bearing("/public", token("alice")).body()).endsWith("container:false");
        assertThat(bearing("/kept", token("alice")).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"auto, BASIC, has a <login-config>", "filter, '', identity = filter"})
    void theReportTellsWhatStandsAgainstIt(String identity, String login, String why) throws Exception {
        Tomcat server = start(Map.of("identity", identity), login);
        ContainerIdentity told =
                ContainerIdentity.of(((Context) server.getHost().findChild("/app")).getServletContext());
        assertThat(told.getPath()).isEqualTo("filter");
        assertThat(told.getReport())
                .startsWith("Callers of /app are known to the filter alone (")
                .contains(why);
    }

    @Test
    void nothingOfItStays() throws Exception {
        Tomcat server = start(Map.of(), "");
        String application = server.getEngine().getName() + "/localhost /app";
        assertThat(AuthConfigFactory.getFactory().getConfigProvider("HttpServlet", application, null))
                .isNotNull();
        server.getHost().removeChild(server.getHost().findChild("/app"));
        assertThat(AuthConfigFactory.getFactory().getConfigProvider("HttpServlet", application, null))
                .isNull();
    }

    @Test
    void theReportTellsWhoKnows() throws Exception {
        Tomcat server = start(Map.of(), "");
        ContainerIdentity identity =
                ContainerIdentity.of(((Context) server.getHost().findChild("/app")).getServletContext());
        assertThat(identity.getPath()).isEqualTo("container");
        assertThat(identity.getReport())
                .startsWith("Callers of /app are known to the container: <security-constraint>,");
    }

    private final class Telling extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            runs.incrementAndGet();
            if (request.getHeader("X-Session") != null) {
                request.getSession(true);
            }
            if (request.getHeader("X-Login") != null) {
                request.getSession(true);
                request.login(request.getHeader("X-Login"), "d");
            }
            Optional<Caller> caller = Caller.of(request.getUserPrincipal());
            boolean container = !(request instanceof HttpServletRequestWrapper wrapper)
                    || ((HttpServletRequest) wrapper.getRequest()).getUserPrincipal() != null;
            response.getWriter()
                    .write(Optional.ofNullable(request.getRemoteUser()).orElse("nobody") + " user:"
                            + request.isUserInRole("user") + " admin:" + request.isUserInRole("admin") + " any:"
                            + request.isUserInRole("**") + " " + request.getAuthType() + " container:" + container);
            assertThat(caller.isPresent()).isEqualTo("BEARER".equals(request.getAuthType()));
        }
    }
}
