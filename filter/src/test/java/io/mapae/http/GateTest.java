package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mapae.http.Answer.Admit;
import io.mapae.http.Answer.Body;
import io.mapae.http.Answer.Field;
import io.mapae.http.Answer.Reply;
import io.mapae.identity.Caller;
import io.mapae.identity.ClaimTypeException;
import io.mapae.testkit.Hostile;
import io.mapae.verify.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final String RULES = """
            /public/** permit
            /nobody    deny
            /admin     role admin,root
            /mail      scope read,write
            GET /get   permit
            /get       deny
            """;

    private final Gates gates = Gates.withRules(RULES);

    private static String good() {
        return Gates.VALID
                .claim("groups", List.of("admin"))
                .claim("scope", "write extra read")
                .text();
    }

    private static String plain() {
        return Gates.VALID.text();
    }

    @ParameterizedTest(name = "{0} with {1} -> {2}")
    @CsvSource({
        "/public/a, nothing,   nobody",
        "/public/a, plain,     alice",
        "/public/a, a.b.c,     401 invalid_token",
        "/public/a, a b,       400 invalid_request",
        "/nobody,   nothing,   401",
        "/nobody,   good,      403",
        "/nobody,   a.b.c,     401 invalid_token",
        "/admin,    nothing,   401",
        "/admin,    plain,     403 insufficient_scope",
        "/admin,    good,      alice",
        "/admin,    a.b.c,     401 invalid_token",
        "/mail,     nothing,   401",
        "/mail,     plain,     403 insufficient_scope",
        "/mail,     good,      alice",
        "/other,    nothing,   401",
        "/other,    plain,     alice",
        "/other,    a.b.c,     401 invalid_token",
        "/get,      nothing,   nobody",
        "/public//, nothing,   400",
        "/public//, plain,     400",
        "/public//, a.b.c,     400",
        "/public//, a b,       400"
    })
    void decides(String target, String token, String outcome) {
        FakeRequest bare = FakeRequest.get(target);
        FakeRequest request =
                switch (token) {
                    case "nothing" -> bare;
                    case "plain" -> bare.bearing(plain());
                    case "good" -> bare.bearing(good());
                    default -> bare.bearing(token);
                };
        assertThat(gates.outcome(request)).isEqualTo(outcome);
    }

    /** No rule counts, not even one that lets nobody in. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | 401",
                "Bearer a.b.c | 401 invalid_token",
                "Bearer a b | 400 invalid_request",
                "Basic YTpi | 401",
                "Bearer PLAIN | alice",
                "bearer PLAIN | alice"
            })
    void identifies(@Nullable String authorization, String outcome) {
        List<String> fields = authorization == null ? List.of() : List.of(authorization.replace("PLAIN", plain()));
        Gate denying = Gates.withRules("/** deny").gate();
        assertThat(Gates.outcome(denying.identify(fields))).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0} /get -> {1}")
    @CsvSource({"GET, nobody", "HEAD, nobody", "OPTIONS, 401", "POST, 401", "TRACE, 401", "get, 401"})
    void aRuleWithMethods(String method, String outcome) {
        assertThat(gates.outcome(FakeRequest.of(method, "/get"))).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "roles {0}, scopes {1}: /admin {2}, /mail {3}")
    @CsvSource({
        "admin,      '',            alice,                  403 insufficient_scope",
        "root,       read,          alice,                  403 insufficient_scope",
        "Admin,      write,         403 insufficient_scope, 403 insufficient_scope",
        "admin root, read write,    alice,                  alice",
        "'',         write read x,  403 insufficient_scope, alice",
        "user,       READ WRITE,    403 insufficient_scope, 403 insufficient_scope",
        "administrator, readwrite,  403 insufficient_scope, 403 insufficient_scope"
    })
    void rolesAreAlternativesAndScopesAreNot(String roles, String scopes, String admin, String mail) {
        String token = Gates.VALID
                .claim("groups", List.of(roles.split(" ")))
                .claim("scope", scopes)
                .text();
        assertThat(gates.outcome(FakeRequest.get("/admin").bearing(token))).isEqualTo(admin);
        assertThat(gates.outcome(FakeRequest.get("/mail").bearing(token))).isEqualTo(mail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a//b", "/%2e%2e/a", "/a;x=1", "/a%2fb", "/a\\b", "/../a"})
    void anAmbiguousPathIsNoMatterWhereRulesDoNotDifferByPath(String target) {
        assertThat(Gates.withRules("/** permit").outcome(FakeRequest.get(target)))
                .isEqualTo("nobody");
        assertThat(Gates.withRules("/** authenticated").outcome(FakeRequest.get(target)))
                .isEqualTo("401");
        assertThat(Gates.withRules("/** authenticated")
                        .outcome(FakeRequest.get(target).bearing(plain())))
                .isEqualTo("alice");
        assertThat(Gates.withRules("/x permit").outcome(FakeRequest.get(target).bearing(plain())))
                .isEqualTo("400");
    }

    @Test
    void anAmbiguousPathComesBeforePreflightsAndCookies() {
        FakeRequest preflight = FakeRequest.of("OPTIONS", "/a//b")
                .with("Origin", "https://a")
                .with("Access-Control-Request-Method", "GET");
        assertThat(gates.outcome(preflight)).isEqualTo("400");
        assertThat(gates.cors("https://a").outcome(preflight)).isEqualTo("400");
        assertThat(gates.cookie("t").outcome(FakeRequest.of("POST", "/a//b").cookie("t", plain())))
                .isEqualTo("400");
    }

    @Test
    void ofTheCallerOnlyHisOwn() {
        Caller caller = ((Admit) gates.admit(FakeRequest.get("/mail").bearing(good())))
                .caller()
                .orElseThrow();
        assertThat(caller.getName()).isEqualTo("alice");
        assertThat(caller.roles()).containsExactly("admin");
        assertThat(caller.scopes()).containsExactlyInAnyOrder("read", "write", "extra");
        assertThat(caller.issuer()).isEqualTo("https://issuer.example");
        assertThat(caller.expiresAt()).isEqualTo(Gates.NOW.plusSeconds(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/a", "/nobody", "/admin", "/mail", "/other"})
    void withoutKeysNothingIsKnownOfAToken(String target) {
        Gates unreachable = gates.keys(Gates.OUT_OF_REACH);
        Reply reply = unreachable.reply(FakeRequest.get(target).bearing(plain()));
        assertThat(reply)
                .isEqualTo(new Reply(
                        503,
                        List.of(new Field("Cache-Control", "no-store"), new Field("Retry-After", "1")),
                        Optional.of(new Body(
                                "application/problem+json",
                                "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                                        + "\"detail\":\"The token cannot be checked now\"}"))));
    }

    @Test
    void withoutKeysARequestWithoutTokenIsDecidedAsEver() {
        Gates unreachable = gates.keys(Gates.OUT_OF_REACH);
        assertThat(unreachable.outcome(FakeRequest.get("/public/a"))).isEqualTo("nobody");
        assertThat(unreachable.outcome(FakeRequest.get("/other"))).isEqualTo("401");
        assertThat(unreachable.outcome(FakeRequest.get("/other").bearing("a.b.c")))
                .isEqualTo("401 invalid_token");
    }

    static Stream<Hostile> hostileInHeaders() {
        return Stream.of(Hostile.values()).filter(Hostile::fitsHeader);
    }

    @ParameterizedTest
    @MethodSource("hostileInHeaders")
    void refusesHostileTokensEverywhere(Hostile hostile) {
        String token = hostile.token(Gates.VALID, Gates.KEY);
        List<Reason> reasons = new ArrayList<>();
        Gates watched = gates.body(refusal -> {
            reasons.add(refusal.reason());
            return Optional.empty();
        });
        for (String target : List.of("/other", "/public/a", "/admin", "/nobody")) {
            reasons.clear();
            Reply reply = watched.reply(FakeRequest.get(target).bearing(token));
            assertThat(reasons).extracting(Reason::name).containsExactly(hostile.reason());
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.fields())
                    .containsExactly(
                            new Field("Cache-Control", "no-store"),
                            new Field(
                                    "WWW-Authenticate",
                                    "Bearer error=\"invalid_token\", error_description=\""
                                            + Challenge.of(reasons.get(0)).description() + "\""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverAdmitsAHostileText(Hostile hostile) {
        String token = hostile.token(Gates.VALID, Gates.KEY);
        assertThat(gates.admit(FakeRequest.get("/public/a").bearing(token))).matches(answer -> {
            boolean refused = answer instanceof Reply reply && (reply.status() == 400 || reply.status() == 401);
            // one that white space or nothing is all the difference of is the valid one once it is in a header
            return refused || hostile == Hostile.SPACE_BEFORE || hostile == Hostile.NEWLINE_AFTER;
        });
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @CsvSource(delimiter = '>', quoteCharacter = '`', textBlock = """
            /other    > nothing > {"type":"about:blank","title":"Unauthorized","status":401,"detail":"An access token is needed"}
            /other    > a b     > {"type":"about:blank","title":"Bad Request","status":400,"detail":"Not a bearer token"}
            /other    > a.b.c   > {"type":"about:blank","title":"Unauthorized","status":401,"detail":"The token is malformed"}
            /admin    > plain   > {"type":"about:blank","title":"Forbidden","status":403,"detail":"A role is missing"}
            /mail     > plain   > {"type":"about:blank","title":"Forbidden","status":403,"detail":"A scope is missing"}
            /nobody   > plain   > {"type":"about:blank","title":"Forbidden","status":403,"detail":"Nobody may do this"}
            /a//b     > nothing > {"type":"about:blank","title":"Bad Request","status":400,"detail":"The path could be read in two ways"}
            """)
    void theBodyIsAProblem(String target, String token, String body) {
        FakeRequest bare = FakeRequest.get(target);
        FakeRequest request = token.equals("nothing") ? bare : bare.bearing(token.equals("plain") ? plain() : token);
        assertThat(gates.reply(request).body()).contains(new Body("application/problem+json", body));
    }

    @Test
    void theChallengeNamesRealmAndScopes() {
        Reply reply = gates.realm("my \"app\"").reply(FakeRequest.get("/mail").bearing(plain()));
        assertThat(Gates.value(reply.fields(), "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"my \\\"app\\\"\", error=\"insufficient_scope\","
                        + " error_description=\"A scope is missing\", scope=\"read write\"");
        assertThat(Gates.value(gates.realm("a").reply(FakeRequest.get("/other")).fields(), "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"a\"");
        assertThat(Gates.value(
                        gates.reply(FakeRequest.get("/admin").bearing(plain())).fields(), "WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", error_description=\"A role is missing\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", "/a//b", "/admin"})
    void headIsToldWhatGetIs(String target) {
        Reply head = gates.reply(FakeRequest.of("HEAD", target));
        Reply get = gates.reply(FakeRequest.get(target));
        assertThat(head.body()).isEqualTo(get.body()).isPresent();
        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.fields()).isEqualTo(get.fields());
    }

    @Test
    void theApplicationMayWriteTheBody() {
        Body own = new Body("text/plain", "no");
        AtomicReference<Refusal> seen = new AtomicReference<>();
        Reply reply = gates.body(refusal -> {
                    seen.set(refusal);
                    return Optional.of(own);
                })
                .reply(FakeRequest.get("/admin").bearing(plain()));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains(own);
        assertThat(seen.get()).isEqualTo(new Refusal(403, Reason.ROLE_MISSING, "A role is missing", ""));
        assertThat(gates.body(RefusalBody.NONE).reply(FakeRequest.get("/other")).body())
                .isEmpty();
    }

    @Test
    void aFailingBodyIsReplacedAndLogged() {
        try (LogLines log = LogLines.of("io.mapae.http")) {
            IllegalStateException failure = new IllegalStateException("broken");
            Gates failing = gates.body(refusal -> {
                throw failure;
            });
            Gate gate = failing.gate();
            assertThat(gate.admit(FakeRequest.get("/other"))).isEqualTo(gates.reply(FakeRequest.get("/other")));
            assertThat(gate.admit(FakeRequest.get("/other"))).isEqualTo(gates.reply(FakeRequest.get("/other")));
            assertThat(log.lines())
                    .containsExactly("The application's RefusalBody failed; the standard body is sent instead");
            assertThat(log.records().get(0).getThrown()).isSameAs(failure);
        }
    }

    @ParameterizedTest(name = "explain: {0} with {1} -> {2}")
    @CsvSource({
        "/other,  nothing, NO_TOKEN",
        "/other,  a.b.c,   NOT_BASE64URL",
        "/other,  expired, 'EXPIRED: exp, 74 s ago'",
        "/other,  unnamed, 'CLAIM_MISSING: sub'",
        "/admin,  plain,   'ROLE_MISSING: role admin,root'"
    })
    void explainsWhereItIsToldTo(String target, String token, String explanation) {
        FakeRequest bare = FakeRequest.get(target);
        FakeRequest request =
                switch (token) {
                    case "nothing" -> bare;
                    case "plain" -> bare.bearing(plain());
                    case "expired" -> bare.bearing(Gates.VALID.expiresIn(-74).text());
                    case "unnamed" -> bare.bearing(Gates.VALID.without("sub").text());
                    default -> bare.bearing(token);
                };
        Body silent = gates.reply(request).body().orElseThrow();
        Body explained = gates.explaining().reply(request).body().orElseThrow();
        assertThat(explained.text())
                .isEqualTo(silent.text().replaceFirst("}$", ",\"explanation\":\"" + explanation + "\"}"));
    }

    @Test
    void anExplanationIsEscaped() {
        Refusal refusal = new Refusal(401, Reason.CLAIM_MISSING, "a \"b\" \\ c", "claim \"x\\y\"");
        assertThat(RefusalBody.PROBLEM.of(refusal).orElseThrow().text())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"detail\":\"a \\\"b\\\" \\\\ c\",\"explanation\":\"claim \\\"x\\\\y\\\"\"}");
    }

    @Test
    void refusesForAnApplicationThatDemandsACaller() {
        Reply reply = gates.gate().demand(FakeRequest.get("/public/a"));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.fields()).contains(new Field("WWW-Authenticate", "Bearer"));
    }

    @Test
    void refusesForAnApplicationThatAsksForAClaimAsWhatItIsNot() {
        Admit admitted = (Admit) gates.gate().admit(FakeRequest.get("/other").bearing(plain()));
        Caller caller = admitted.caller().orElseThrow();
        ClaimTypeException failure =
                catchThrowableOfType(ClaimTypeException.class, () -> caller.claim("sub", Integer.class));
        Reply reply = gates.explaining().gate().refuse(FakeRequest.get("/other"), failure);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body().orElseThrow().text())
                .contains("\"explanation\":\"CLAIM_OF_OTHER_TYPE: claim sub is no Integer\"");
    }

    /** An application may answer preflights itself, but not where nobody may come. */
    @ParameterizedTest(name = "{0} with {1} = {2} -> {3}")
    @CsvSource({
        "/other,  X,                 y,       nobody",
        "/nobody, X,                 y,       401",
        "/other,  Content-Length,    0,       nobody",
        "/other,  Content-Length,    1,       401",
        "/other,  Transfer-Encoding, chunked, 401"
    })
    void preflightsPassWhereSomebodyMay(String target, String name, String value, String outcome) {
        assertThat(gates.outcome(FakeRequest.of("OPTIONS", target)
                        .with("Origin", "https://a.example")
                        .with("Access-Control-Request-Method", "POST")
                        .with(name, value)))
                .isEqualTo(outcome);
    }

    @Test
    void aMethodMustBeAskedFor() {
        assertThat(gates.outcome(FakeRequest.of("OPTIONS", "/other")
                        .with("Origin", "https://a.example")
                        .with("Access-Control-Request-Method", "")))
                .isEqualTo("401");
    }

    @Test
    void aBodyOfNullIsAFailure() {
        @SuppressWarnings({"NullAway", "NullOptional"}) // what an application's own may do
        RefusalBody nothing = refusal -> null;
        Reply reply = gates.body(nothing).reply(FakeRequest.get("/other"));
        assertThat(reply.body()).map(Body::mediaType).contains("application/problem+json");
    }
}
