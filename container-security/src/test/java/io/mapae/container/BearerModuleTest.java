package io.mapae.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.Mapae;
import io.mapae.config.LocalService;
import io.mapae.config.Surroundings;
import io.mapae.http.Gate;
import io.mapae.identity.Caller;
import io.mapae.servlet.ContainerIdentity;
import io.mapae.servlet.Judgement;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the container is told, by containers that differ in what they bring along. */
class BearerModuleTest {
    private static final TestKey KEY = TestKey.ec("P-256");
    private static final String ALICE = TokenBuilder.signedBy(KEY)
            .claim("groups", List.of("user"))
            .claim("jti", "1")
            .text();

    private final Map<String, Object> attributes = new HashMap<>();
    private final List<Callback> told = new ArrayList<>();
    private final Subject client = new Subject();
    private final ServletContext context = context();
    private final ContainerIdentity identity = established();
    private Optional<Mapae> mapae = Optional.empty();
    private String authorization = "";
    private String path = "/a";
    private @Nullable String query;
    private int status = 200;
    private int verified;

    @BeforeEach
    void start() {
        Map<String, String> settings = Map.of(
                "issuer",
                TokenBuilder.ISSUER,
                "audience",
                TokenBuilder.AUDIENCE,
                "public-key",
                KEY.publicJwk(),
                "rules",
                "/once authenticated once ticket; /** permit");
        LocalService service = new LocalService();
        service.claim("/auth/**");
        mapae = Optional.of(Mapae.start(
                "/app",
                Surroundings.of(settings, Map.of(), Map.of(), getClass().getClassLoader())
                        .of(service)));
    }

    @AfterEach
    void stop() {
        mapae.ifPresent(Mapae::close);
    }

    /** Of an application whose filter a descriptor has registered. */
    private ServletContext context() {
        Map<String, Object> kept = new HashMap<>();
        FilterRegistration filter = stub(
                FilterRegistration.class,
                (method, args) -> method.equals("getClassName") ? "io.mapae.servlet.BearerTokenFilter" : Map.of());
        return stub(ServletContext.class, (method, args) -> switch (method) {
            case "getAttribute" ->
                args[0].equals(Mapae.class.getName()) ? mapae.orElse(null) : kept.get((String) args[0]);
            case "setAttribute" -> kept.put((String) args[0], args[1]);
            case "getFilterRegistrations" -> Map.of("mapae", filter);
            case "getInitParameterNames" -> Collections.emptyEnumeration();
            case "getContextPath" -> "/app";
            default -> null;
        });
    }

    private ContainerIdentity established() {
        ContainerIdentity identity = ContainerIdentity.of(context);
        assertThat(identity.decide(context)).isTrue();
        identity.established(", and more", Optional::empty);
        return identity;
    }

    private BearerModule module(@Nullable CallbackHandler handler) {
        return new BearerModule(new BearerProvider(context, identity, Host.WILDFLY), handler);
    }

    private AuthStatus ask(BearerModule module, boolean mandatory) throws AuthException {
        return module.validateRequest(message(mandatory, request(), response()), client, null);
    }

    private static MessageInfo message(boolean mandatory, @Nullable Object request, @Nullable Object response) {
        Map<Object, Object> map = new HashMap<>();
        map.put("jakarta.security.auth.message.MessagePolicy.isMandatory", String.valueOf(mandatory));
        return stub(MessageInfo.class, (method, args) -> switch (method) {
            case "getMap" -> map;
            case "getRequestMessage" -> request;
            case "getResponseMessage" -> response;
            default -> null;
        });
    }

    private HttpServletRequest request() {
        return stub(HttpServletRequest.class, (method, args) -> switch (method) {
            case "getMethod" -> "GET";
            case "getServletPath", "getRequestURI" -> path;
            case "isSecure" -> false;
            case "getQueryString" -> query;
            case "getAttribute" -> attributes.get((String) args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            case "getHeaders" -> {
                count((String) args[0]);
                yield args[0].equals("Authorization") && !authorization.isEmpty()
                        ? Collections.enumeration(List.of("Bearer " + authorization))
                        : Collections.emptyEnumeration();
            }
            default -> null;
        });
    }

    private void count(String header) {
        if (header.equals("Authorization")) {
            verified++;
        }
    }

    private HttpServletResponse response() {
        return stub(HttpServletResponse.class, (method, args) -> switch (method) {
            case "isCommitted" -> false;
            case "setStatus" -> {
                status = (int) args[0];
                yield null;
            }
            case "getOutputStream" -> new Sink();
            default -> null;
        });
    }

    private void tell(Callback... callbacks) {
        told.addAll(List.of(callbacks));
    }

    @Test
    void theContainerIsToldWhoCallsWithWhatRoles() throws Exception {
        authorization = ALICE;
        MessageInfo message = message(true, request(), response());
        assertThat(module(this::tell).validateRequest(message, client, null)).isEqualTo(AuthStatus.SUCCESS);
        assertThat(((CallerPrincipalCallback) told.get(0)).getPrincipal()).isInstanceOf(Caller.class);
        assertThat(((GroupPrincipalCallback) told.get(1)).getGroups()).containsExactly("user");
        assertThat(message.getMap().get("jakarta.servlet.http.authType")).isEqualTo("BEARER");
    }

    /** No callback for nobody: Jetty fails at it. */
    @Test
    void ofNobodyItIsToldNothing() throws Exception {
        assertThat(ask(module(this::tell), false)).isEqualTo(AuthStatus.SUCCESS);
        assertThat(told).isEmpty();
        assertThat(status).isEqualTo(200);
    }

    /** Tomcat asks again at each asynchronous dispatch, and for {@code request.authenticate()}. */
    @Test
    void whoeverAsksAgainCostsNoVerification() throws Exception {
        authorization = ALICE;
        BearerModule module = module(this::tell);
        assertThat(ask(module, true)).isEqualTo(AuthStatus.SUCCESS);
        int first = verified;
        assertThat(first).isPositive();
        assertThat(ask(module, true)).isEqualTo(AuthStatus.SUCCESS);
        assertThat(ask(module, false)).isEqualTo(AuthStatus.SUCCESS);
        assertThat(verified).isEqualTo(first);
        assertThat(told).hasSize(6);
    }

    /** Nor does it use anything up that may be used once; the filter behind it may see a wrapped request. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverAsksAgainUsesNothingMoreUp(boolean ticket) throws Exception {
        path = "/once";
        if (ticket) {
            query = "ticket=" + ticket();
        } else {
            authorization = ALICE;
        }
        BearerModule module = module(this::tell);
        HttpServletRequest request = request();
        assertThat(ask(module, true)).isEqualTo(AuthStatus.SUCCESS);
        assertThat(ask(module, false)).isEqualTo(AuthStatus.SUCCESS);
        assertThat(told).hasSize(4);
        Gate gate = mapae.orElseThrow().gate();
        assertThat(Judgement.of(new HttpServletRequestWrapper(request), gate).caller(request))
                .map(Caller::getName)
                .contains("alice");
        attributes.clear(); // another request
        assertThat(ask(module, true)).isEqualTo(AuthStatus.SEND_FAILURE);
        assertThat(status).isEqualTo(401);
    }

    private String ticket() throws Exception {
        path = "/a";
        authorization = ALICE;
        Caller alice = Judgement.of(request(), mapae.orElseThrow().gate())
                .caller(request())
                .orElseThrow();
        attributes.clear();
        path = "/once";
        authorization = "";
        return mapae.orElseThrow().tickets().issue(alice, "/once").text();
    }

    /** Undertow forwards the very same request. */
    @Test
    void whatWasSaidOfOnePathIsNotSaidOfAnother() {
        Gate gate = mapae.orElseThrow().gate();
        HttpServletRequest request = request();
        Judgement here = Judgement.of(request, gate);
        assertThat(Judgement.of(request, gate)).isSameAs(here);
        path = "/b";
        assertThat(Judgement.of(request, gate)).isNotSameAs(here);
        assertThat(Judgement.of(new HttpServletRequestWrapper(request), gate)).isNotSameAs(Judgement.of(request, gate));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBadTokenIsRefusedWhereACallerIsNeeded(boolean mandatory) throws Exception {
        authorization = "x";
        assertThat(ask(module(this::tell), mandatory))
                .isEqualTo(mandatory ? AuthStatus.SEND_FAILURE : AuthStatus.SUCCESS); // else by the filter behind it
        assertThat(status).isEqualTo(mandatory ? 401 : 200);
        assertThat(told).isEmpty();
    }

    /**
     * Whoever comes to renew a token brings one that has expired; but what the container keeps to callers is not let through
     * for nobody, whosever path it is.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTokenServiceIsLeftAlone(boolean mandatory) throws Exception {
        path = "/auth/refresh";
        for (String token : List.of("", "x", ALICE)) {
            authorization = token;
            assertThat(ask(module(this::tell), mandatory))
                    .isEqualTo(mandatory ? AuthStatus.SEND_FAILURE : AuthStatus.SUCCESS);
        }
        assertThat(verified).isZero();
        assertThat(told).isEmpty();
        assertThat(status).isEqualTo(mandatory ? 401 : 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refuses", "does not know the callback", "fails"})
    void aContainerThatTakesNoCallerIsLeftAlone(String how) throws Exception {
        authorization = ALICE;
        List<Callback> asked = new ArrayList<>();
        BearerModule module = module(callbacks -> {
            asked.add(callbacks[0]);
            switch (how) {
                case "refuses" -> throw new IOException("ELY01177");
                case "fails" -> throw new IllegalStateException();
                default -> throw new UnsupportedCallbackException(callbacks[0]);
            }
        });
        assertThat(ask(module, false)).isEqualTo(AuthStatus.SUCCESS);
        assertThat(identity.getPath()).isEqualTo("filter");
        assertThat(identity.getReport())
                .contains("(WildFly takes only callers of its own realms")
                .contains("write-attribute(name=integrated-jaspi,value=false),reload\" (");
        assertThat(ask(module, true)).isEqualTo(AuthStatus.SEND_FAILURE);
        assertThat(status).isEqualTo(403);
        assertThat(asked).hasSize(1);
    }

    @Test
    void withoutARequestNobodyIsLetIn() throws Exception {
        authorization = ALICE;
        BearerModule module = module(this::tell);
        assertThat(module.validateRequest(message(false, null, null), client, null))
                .isEqualTo(AuthStatus.SUCCESS);
        assertThat(module.validateRequest(message(true, null, null), client, null))
                .isEqualTo(AuthStatus.SEND_FAILURE);
        assertThat(told).isEmpty();
    }

    /** The filter was not started, or has ended. */
    @Test
    void withoutMapaeNobodyIsLetIn() throws Exception {
        stop();
        mapae = Optional.empty();
        authorization = ALICE;
        assertThat(ask(module(this::tell), true)).isEqualTo(AuthStatus.SEND_FAILURE);
        assertThat(status).isEqualTo(503);
        assertThat(told).isEmpty();
    }

    @Test
    void withoutHandlerNobodyIsIntroduced() throws Exception {
        authorization = ALICE;
        assertThat(ask(module(null), false)).isEqualTo(AuthStatus.SUCCESS);
        assertThat(ask(module(null), true)).isEqualTo(AuthStatus.SEND_FAILURE);
        BearerModule later = module(null);
        later.initialize(null, null, this::tell, Map.of());
        attributes.clear(); // another request
        assertThat(ask(later, true)).isEqualTo(AuthStatus.SUCCESS);
    }

    @Test
    void itCleansUpAndIsNoClient() {
        client.getPrincipals().add(() -> "alice");
        BearerModule module = module(this::tell);
        module.cleanSubject(null, client);
        module.cleanSubject(null, null);
        assertThat(client.getPrincipals()).isEmpty();
        assertThat(module.secureResponse(null, null)).isEqualTo(AuthStatus.SEND_SUCCESS);
        assertThatThrownBy(() ->
                        new BearerProvider(context, identity, Host.OTHER).getClientAuthConfig("HttpServlet", "x", null))
                .isInstanceOf(AuthException.class);
    }

    private interface Answers {
        @Nullable
        Object to(String method, Object[] args);
    }

    private static <T> T stub(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answers.to(method.getName(), args == null ? new Object[0] : args)));
    }

    private static final class Sink extends ServletOutputStream {
        @Override
        public void write(int octet) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(jakarta.servlet.WriteListener listener) {}
    }
}
