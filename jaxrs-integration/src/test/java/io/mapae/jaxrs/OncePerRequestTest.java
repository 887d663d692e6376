package io.mapae.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.Mapae;
import io.mapae.http.Answer;
import io.mapae.http.Demand;
import io.mapae.http.Gate;
import io.mapae.http.GateOptions;
import io.mapae.http.Once;
import io.mapae.http.Passage;
import io.mapae.http.Paths;
import io.mapae.http.RefusalBody;
import io.mapae.http.Rules;
import io.mapae.identity.Caller;
import io.mapae.identity.CallerMapping;
import io.mapae.identity.ClaimPath;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import io.mapae.replay.MemoryReplayStore;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.Policy;
import io.mapae.verify.TokenVerifier;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That a token is verified once a request, whoever else looks at the request, and what the resource gets of it. */
class OncePerRequestTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TestKey KEY = TestKey.ec("P-256");
    private static final String TOKEN = TokenBuilder.signedBy(KEY)
            .at(NOW)
            .subject("alice")
            .claim("scope", "read")
            .claim("jti", "1")
            .text();

    private final AtomicInteger verifications = new AtomicInteger();
    private final Gate gate = gate("/** permit");
    private final Desk desk = desk(gate);
    private final CorsFilter cors = new CorsFilter(desk);
    private final BearerTokenRequestFilter filter = new BearerTokenRequestFilter(desk);

    @BeforeAll
    static void makeResponses() {
        FakeExchange.makeResponses();
    }

    @AfterAll
    @SuppressWarnings("NullAway") // the next one that asks looks for an implementation again
    static void makeNoMore() {
        RuntimeDelegate.setInstance(null);
    }

    @Test
    void whoPassedTheSameGateIsNotJudgedAgain() {
        FakeExchange request = new FakeExchange("GET", "/api").bearing(TOKEN);
        Caller alice = alice();
        request.properties.put(Passage.ATTRIBUTE, new Passage(gate, "GET", Optional.of(alice)));
        filter.filter(request.context);
        assertThat(verifications).hasValue(0);
        assertThat(caller(request)).containsSame(alice);
        assertThat(request.aborted).isEmpty();
    }

    /** Something between the filter and the resource took another method from a header. */
    @ParameterizedTest
    @CsvSource({"GET, 0", "PUT, 0", "DELETE, 403", "PATCH, 401"})
    void anotherMethodNeedsWhatItsRuleSays(String method, int refused) {
        Gate rules = gate("DELETE /** scope delete; GET,PUT /** permit; /** authenticated");
        Optional<Caller> caller = method.equals("PATCH") ? Optional.empty() : Optional.of(alice());
        FakeExchange request = new FakeExchange(method, "/api");
        request.properties.put(Passage.ATTRIBUTE, new Passage(rules, "GET", caller));
        new BearerTokenRequestFilter(desk(rules)).filter(request.context);
        assertThat(request.aborted.stream().map(Response::getStatus).toList())
                .isEqualTo(refused == 0 ? List.of() : List.of(refused));
        assertThat(caller(request)).isEqualTo(refused == 0 ? caller : Optional.empty());
        assertThat(verifications).hasValue(0);
    }

    /** Dropped by the application before JAX-RS: the token that is still in the header must not bring them back. */
    @Test
    void whoWasDroppedDoesNotComeBack() {
        FakeExchange request = new FakeExchange("GET", "/api").bearing(TOKEN);
        Passage passage = new Passage(gate, "GET", Optional.of(alice()));
        passage.drop();
        request.properties.put(Passage.ATTRIBUTE, passage);
        filter.filter(request.context);
        assertThat(verifications).hasValue(0);
        assertThat(request.security).isNull();
    }

    /** Whoever comes to renew a token brings one that has expired. */
    @Test
    void theTokenServiceIsLeftAlone() {
        FakeExchange request = new FakeExchange("POST", "/auth/refresh").bearing(TOKEN + "x");
        BearerTokenRequestFilter strict = new BearerTokenRequestFilter(desk(gate("/** authenticated")));
        strict.filter(request.context);
        assertThat(verifications).hasValue(0);
        assertThat(request.aborted).isEmpty();
        assertThat(desk.objection(request.context, List.of())).isEmpty();
        assertThat(desk.objection(new FakeExchange("POST", "/authors").context, List.of()))
                .isPresent();
    }

    /** By the filter before, by this one, and by whoever asks again. */
    @Test
    void aTokenIsUsedUpOnceByARequest() {
        Gate rules = gate("/** authenticated once");
        BearerTokenRequestFilter once = new BearerTokenRequestFilter(desk(rules));
        FakeExchange request = new FakeExchange("GET", "/api").bearing(TOKEN);
        once.filter(request.context);
        once.filter(request.context);
        request.properties.remove(Passage.ATTRIBUTE);
        once.filter(request.context);
        assertThat(request.aborted).isEmpty();
        FakeExchange second = new FakeExchange("GET", "/api").bearing(TOKEN);
        once.filter(second.context);
        assertThat(second.aborted.stream().map(Response::getStatus)).containsExactly(401);
    }

    @Test
    void aTicketDoesAsWellAsAToken() throws Exception {
        Gate rules = gate("/** authenticated ticket");
        BearerTokenRequestFilter tickets = new BearerTokenRequestFilter(desk(rules));
        String ticket = rules.tickets().issue(alice(), "/api").text();
        FakeExchange request = new FakeExchange("GET", "/api?x=1&ticket=" + ticket);
        tickets.filter(request.context);
        assertThat(caller(request)).map(Caller::getName).contains("alice");
        FakeExchange second = new FakeExchange("GET", "/api?x=1&ticket=" + ticket);
        tickets.filter(second.context);
        assertThat(second.aborted.stream().map(Response::getStatus)).containsExactly(401);
    }

    @Test
    void whoPassedAnotherGateIsJudgedByThisOne() {
        FakeExchange request = new FakeExchange("GET", "/api").bearing(TOKEN);
        Passage elsewhere = new Passage(gate("/** permit"), "GET", Optional.of(alice()));
        request.properties.put(Passage.ATTRIBUTE, elsewhere);
        filter.filter(request.context);
        assertThat(verifications).hasValue(1);
        assertThat(caller(request)).map(Caller::getName).contains("alice");
        assertThat(request.properties.get(Passage.ATTRIBUTE))
                .isInstanceOfSatisfying(
                        Passage.class, own -> assertThat(own.gate()).isSameAs(gate));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/** permit", "/** authenticated"})
    void aPassageElsewhereIsNoPassHere(String rules) {
        FakeExchange request = new FakeExchange("GET", "/api").bearing(TOKEN + "x");
        request.properties.put(Passage.ATTRIBUTE, new Passage(gate, "GET", Optional.of(alice())));
        new BearerTokenRequestFilter(desk(gate(rules))).filter(request.context);
        assertThat(request.aborted).hasSize(1);
        assertThat(request.security).isNull();
    }

    @Test
    void tokensAreVerifiedOnceForAllFilters() {
        FakeExchange request = new FakeExchange("GET", "/api").bearing(TOKEN);
        cors.filter(request.context);
        assertThat(verifications).hasValue(0);
        filter.filter(request.context);
        assertThat(verifications).hasValue(1);
        filter.filter(request.context);
        demand(request, List.of(Demand.AUTHENTICATED, scope("read")));
        demand(request, List.of());
        assertThat(verifications).hasValue(1);
        assertThat(request.aborted).isEmpty();
        assertThat(caller(request)).map(Caller::getName).contains("alice");
        assertThat(caller(request).flatMap(Caller::token)).contains(TOKEN);
    }

    /** As {@link DemandFilter} does, with what it finds out by itself. */
    private void demand(FakeExchange request, List<Demand> demands) {
        desk.objection(request.context, demands).ifPresent(reply -> request.context.abortWith(Responses.of(reply)));
    }

    @Test
    void whatAnnotationsDemandCostsNoVerification() {
        FakeExchange request = new FakeExchange("GET", "/api").bearing(TOKEN);
        filter.filter(request.context);
        demand(request, List.of(scope("read"), scope("write")));
        assertThat(verifications).hasValue(1);
        assertThat(request.aborted).extracting(Response::getStatus).containsExactly(403);
        assertThat(String.valueOf(request.aborted.get(0).getHeaders().getFirst("WWW-Authenticate")))
                .contains("error=\"insufficient_scope\"", "scope=\"write\"");
    }

    @Test
    void unannotatedMethodsWantWhatTheSettingSays() {
        FakeExchange request = new FakeExchange("GET", "/api");
        filter.filter(request.context);
        demand(request, List.of(Demand.PERMIT));
        assertThat(request.aborted).isEmpty();
        demand(request, List.of());
        assertThat(request.aborted).extracting(Response::getStatus).containsExactly(401);
    }

    /** Nothing was injected, so that nobody knows what is called. */
    @ParameterizedTest
    @CsvSource({"true, 403", "false, 401"})
    void methodsThatNobodyKnowsAreDenied(boolean caller, int status) {
        FakeExchange request = new FakeExchange("GET", "/api");
        filter.filter((caller ? request.bearing(TOKEN) : request).context);
        assertThat(request.aborted).isEmpty();
        new DemandFilter(desk, new Demands()).filter(request.context);
        assertThat(request.aborted).extracting(Response::getStatus).containsExactly(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "HEAD"})
    void refusalsAreThoseOfTheGate(String method) {
        FakeExchange request = new FakeExchange(method, "/api").bearing(TOKEN + "x");
        Answer.Reply expected = (Answer.Reply) gate.admit(desk.view(request.context));
        filter.filter(request.context);
        Response response = request.aborted.get(0);
        assertThat(request.aborted).hasSize(1);
        assertThat(response.getStatus()).isEqualTo(401).isEqualTo(expected.status());
        MultivaluedMap<String, Object> fields = new MultivaluedHashMap<>();
        expected.fields().forEach(field -> fields.add(field.name(), field.value()));
        expected.body().ifPresent(body -> fields.add("Content-Type", body.mediaType()));
        assertThat(response.getHeaders()).isEqualTo(fields).containsKey("WWW-Authenticate");
        assertThat((byte[]) response.getEntity())
                .isEqualTo(expected.body().map(Answer.Body::text).orElse("").getBytes(StandardCharsets.UTF_8));
        assertThat(request.properties).isEmpty();
        assertThat(request.security).isNull();
    }

    /** JAX-RS finds the resource {@code {file}/secret} by all of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/a/secret",
                "/api/a/secret;jsessionid=1",
                "/api/a/secret;JSESSIONID=1",
                "/api/a%3Bjsessionid=1/secret",
                "/api/a;jsessionid=1/secret",
                "/api/a;x=1/secret",
                "/api/%61/secre%74"
            })
    void noSpellingOfAPathPassesItsRule(String path) {
        FakeExchange request = new FakeExchange("GET", path);
        new BearerTokenRequestFilter(desk(gate("/api/*/secret deny; /** permit"))).filter(request.context);
        assertThat(request.aborted).hasSize(1);
    }

    @Test
    void withoutTokenTheContainersSecurityContextStays() {
        SecurityContext containers = Fake.of(SecurityContext.class, Map.of("isSecure", true));
        FakeExchange request = new FakeExchange("GET", "/api");
        request.security = containers;
        filter.filter(request.context);
        assertThat(request.security).isSameAs(containers);
        filter.filter(request.context); // by its passage now
        assertThat(request.security).isSameAs(containers);
        assertThat(request.properties).containsKey(Passage.ATTRIBUTE);
    }

    @Test
    void theCallersSecurityContextIsAsSecureAsTheContainers() {
        for (boolean secure : new boolean[] {true, false}) {
            FakeExchange request = new FakeExchange("GET", "/api").bearing(TOKEN);
            request.security = Fake.of(SecurityContext.class, Map.of("isSecure", secure));
            filter.filter(request.context);
            assertThat(caller(request)).isPresent();
            assertThat(request.security.isSecure()).isEqualTo(secure);
            assertThat(request.security.getAuthenticationScheme()).isEqualTo("BEARER");
        }
    }

    @Test
    void whatBelongsOnTheResponseIsPutThereOnce() {
        FakeExchange request = new FakeExchange("GET", "/api").bearing(TOKEN);
        request.headers.add("Origin", "https://app.example");
        cors.filter(request.context);
        filter.filter(request.context);
        MultivaluedMap<String, Object> fields = new MultivaluedHashMap<>();
        fields.add("Access-Control-Allow-Origin", "*"); // somebody's who knows less than we
        fields.add("Vary", "Accept");
        for (int i = 0; i < 2; i++) {
            cors.filter(request.context, Fake.of(ContainerResponseContext.class, Map.of("getHeaders", fields)));
            assertThat(fields.get("Access-Control-Allow-Origin")).containsExactly("https://app.example");
            assertThat(fields.get("Vary")).containsExactly("Accept", "Origin");
        }
    }

    private Caller alice() {
        FakeExchange request = new FakeExchange("GET", "/api").bearing(TOKEN);
        Answer.Admit admitted = (Answer.Admit) gate.admit(desk.view(request.context));
        verifications.set(0);
        return admitted.caller().orElseThrow();
    }

    private static Optional<Caller> caller(FakeExchange request) {
        return Optional.ofNullable(request.security).flatMap(context -> Caller.of(context.getUserPrincipal()));
    }

    private static Demand scope(String name) {
        return new Demand(Demand.Kind.SCOPE, Set.of(name));
    }

    private Gate gate(String rules) {
        Policy policy = new Policy(
                TokenBuilder.ISSUER,
                new Policy.Audience("aud", Set.of(TokenBuilder.AUDIENCE)),
                Policy.ASYMMETRIC,
                new Policy.Types(Set.of("at+jwt", "JWT"), true),
                new Policy.Times(Duration.ZERO, Optional.empty(), Optional.empty()),
                Set.of(),
                Map.of(),
                List.of("sub"),
                8192);
        GateOptions options = new GateOptions(
                Rules.parse(rules),
                Optional.empty(),
                Set.of(),
                Set.of("https://app.example"),
                Optional.of("things"),
                RefusalBody.PROBLEM,
                false,
                Paths.of(List.of("/auth/**")));
        CallerMapping mapping = new CallerMapping(
                List.of(new ClaimPath("groups")), Map.of(), List.of(new ClaimPath("scope")), Set.of());
        Once once = new Once(new MemoryReplayStore(() -> NOW), Duration.ZERO, () -> NOW);
        return new Gate(new TokenVerifier(policy, counting(), () -> NOW), mapping, options, once, () -> NOW);
    }

    /** Asked once for each token that is verified. */
    private KeySource counting() {
        try {
            KeySource keys = KeyLocation.open(
                    TestKey.jwks(KEY), KeyFormat.JWK_SET, OncePerRequestTest.class.getClassLoader(), () -> NOW);
            return header -> {
                verifications.incrementAndGet();
                return keys.candidates(header);
            };
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** By reflection: applications have a Mapae only by their settings, and these cannot say "count". */
    private static Desk desk(Gate gate) {
        try {
            Constructor<?> constructor = Mapae.class.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            Mapae mapae = (Mapae) constructor.newInstance(gate, Demand.AUTHENTICATED, null, null, null, null);
            return new Desk(() -> mapae, "");
        } catch (ReflectiveOperationException changed) {
            throw new LinkageError("no such constructor any more", changed);
        }
    }
}
