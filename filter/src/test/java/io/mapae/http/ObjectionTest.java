package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.Answer.Admit;
import io.mapae.http.Answer.Body;
import io.mapae.http.Answer.Field;
import io.mapae.http.Answer.Reply;
import io.mapae.http.Demand.Kind;
import io.mapae.identity.Caller;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What annotations demand of a request that the gate has admitted, and browsers that ask beforehand. */
class ObjectionTest {
    private static final String APP = "https://app.example";
    private static final FakeRequest GET = FakeRequest.get("/a");

    private final Gates gates = Gates.withRules("/** permit");

    /** Alice, a user, who may read. */
    private final Optional<Caller> alice = ((Admit) gates.admit(GET.bearing(Gates.VALID
                    .claim("groups", List.of("user"))
                    .claim("scope", "read")
                    .text())))
            .caller();

    private static Demand demand(Kind kind, String... names) {
        return new Demand(kind, new LinkedHashSet<>(List.of(names)));
    }

    /** Such as {@code role b,a; any read,write; deny}. */
    private static List<Demand> demands(String text) {
        return Arrays.stream(text.split(";", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(one -> {
                    String[] words = one.split(" ", -1);
                    return switch (words[0]) {
                        case "permit" -> Demand.PERMIT;
                        case "deny" -> Demand.DENY;
                        case "authenticated" -> Demand.AUTHENTICATED;
                        case "role" -> demand(Kind.ROLE, words[1].split(","));
                        case "scope" -> demand(Kind.SCOPE, words[1].split(","));
                        case "any" -> demand(Kind.ANY_SCOPE, words[1].split(","));
                        default -> throw new AssertionError(one);
                    };
                })
                .toList();
    }

    private static FakeRequest preflight(String origin) {
        return FakeRequest.of("OPTIONS", "/a").with("Origin", origin).with("Access-Control-Request-Method", "PUT");
    }

    private static final String MISSING_ROLE =
            "Bearer error=\"insufficient_scope\", error_description=\"A role is missing\"";

    private static String challenge(String kind, String scopes) {
        return switch (kind) {
            case "role" -> MISSING_ROLE;
            case "scope" -> MISSING_ROLE.replace("role", "scope") + ", scope=\"" + scopes + "\"";
            case "bare" -> "Bearer";
            default -> "";
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            role admin           | 403 | role  |            | Refused with 403: ROLE_MISSING (role admin); issuer https://issuer.example
            role admin,root      | 403 | role  |            | Refused with 403: ROLE_MISSING (role admin,root); issuer https://issuer.example
            role *               | 403 | role  |            | Refused with 403: ROLE_MISSING (role *); issuer https://issuer.example
            scope write          | 403 | scope | write      | Refused with 403: SCOPE_MISSING (scope write); issuer https://issuer.example
            scope write,read     | 403 | scope | write read | Refused with 403: SCOPE_MISSING (scope write,read); issuer https://issuer.example
            any write,admin      | 403 | scope | write admin| Refused with 403: SCOPE_MISSING (any scope of write,admin); issuer https://issuer.example
            deny                 | 403 | none  |            | Refused with 403: DENIED (deny); issuer https://issuer.example
            role admin; deny     | 403 | role  |            | Refused with 403: ROLE_MISSING (role admin); issuer https://issuer.example
            deny; role admin     | 403 | none  |            | Refused with 403: DENIED (deny); issuer https://issuer.example
            role user; scope x   | 403 | scope | x          | Refused with 403: SCOPE_MISSING (scope x); issuer https://issuer.example
            scope x; scope y     | 403 | scope | x          | Refused with 403: SCOPE_MISSING (scope x); issuer https://issuer.example
            permit; any y,z      | 403 | scope | y z        | Refused with 403: SCOPE_MISSING (any scope of y,z); issuer https://issuer.example
            role a}\\n            | 403 | role  |            | Refused with 403: ROLE_MISSING (role a\\u007d\\u005cn); issuer https://issuer.example
            """)
    void aCallerWhoHasNotAll(String demands, int status, String challenge, String scopes, String line) {
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            Reply reply = gates.gate()
                    .objection(GET, alice, demands(demands), Demand.PERMIT)
                    .orElseThrow();
            assertThat(reply.status()).isEqualTo(status);
            assertThat(Gates.value(reply.fields(), "WWW-Authenticate")).isEqualTo(challenge(challenge, scopes));
            assertThat(Gates.value(reply.fields(), "Cache-Control")).isEqualTo("no-store");
            assertThat(log.lines()).containsExactly(line);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authenticated",
                "role user",
                "role **",
                "role *",
                "scope read",
                "any read,write",
                "deny",
                "permit; role user",
                "role user; deny"
            })
    void nobodyIsToldThatATokenIsNeeded(String demands) {
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            Reply reply = gates.gate()
                    .objection(GET, Optional.empty(), demands(demands), Demand.PERMIT)
                    .orElseThrow();
            assertThat(reply)
                    .isEqualTo(
                            new Reply(
                                    401,
                                    List.of(
                                            new Field("Cache-Control", "no-store"),
                                            new Field("WWW-Authenticate", "Bearer")),
                                    Optional.of(
                                            new Body(
                                                    "application/problem+json",
                                                    "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"An access token is needed\"}"))));
            assertThat(log.lines()).containsExactly("Refused with 401: NO_TOKEN");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "permit",
                "authenticated",
                "role user",
                "role admin,user",
                "role **",
                "scope read",
                "any write,read",
                "permit; authenticated; role user; scope read; any read"
            })
    void whoHasAllMay(String demands) {
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            assertThat(gates.gate().objection(GET, alice, demands(demands), Demand.PERMIT))
                    .isEmpty();
            assertThat(log.lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "permit", "permit; permit"})
    void nobodyMayWhereNothingIsDemanded(String demands) {
        assertThat(gates.gate().objection(GET, Optional.empty(), demands(demands), Demand.PERMIT))
                .isEmpty();
    }

    @Test
    void saysTheRealmAndTheFieldsOfCors() {
        Reply reply = gates.realm("r")
                .cors(APP)
                .gate()
                .objection(GET.with("Origin", APP), alice, demands("scope x"), Demand.PERMIT)
                .orElseThrow();
        assertThat(Gates.value(reply.fields(), "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"r\", error=\"insufficient_scope\", error_description=\"A scope is missing\","
                        + " scope=\"x\"");
        // the admitted response carries them already
        assertThat(reply.fields()).noneMatch(field -> field.name().startsWith("Access-Control"));
    }

    /** A preflight carries no credential; the request that it asks for will be judged. */
    @ParameterizedTest(name = "{0}, else {1} -> {2}")
    @CsvSource({
        "'',                      permit,        may",
        "'',                      authenticated, may",
        "'',                      deny,          401",
        "permit,                  deny,          may",
        "authenticated,           permit,        401",
        "role admin,              permit,        401",
        "any x,                   permit,        401",
        "deny,                    permit,        401",
    })
    void aPreflightIsFreeWhereNothingIsDemandedOfIt(String demands, String otherwise, String outcome) {
        for (Gate gate : List.of(gates.gate(), gates.cors(APP).gate())) {
            assertThat(gate.objection(
                                    preflight(APP),
                                    Optional.empty(),
                                    demands(demands),
                                    demands(otherwise).get(0))
                            .map(Gates::outcome)
                            .orElse("may"))
                    .isEqualTo(outcome);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"OPTIONS", "no origin", "Authorization", "Content-Length", "GET"})
    void whatIsNoPreflightIsRefused(String form) {
        FakeRequest request =
                switch (form) {
                    case "OPTIONS" -> FakeRequest.of("OPTIONS", "/a");
                    case "no origin" -> FakeRequest.of("OPTIONS", "/a").with("Access-Control-Request-Method", "PUT");
                    case "Authorization" -> preflight(APP).with("Authorization", "Basic dTpw");
                    case "Content-Length" -> preflight(APP).with("Content-Length", "1");
                    default -> GET.with("Origin", APP).with("Access-Control-Request-Method", "PUT");
                };
        assertThat(gates.gate().objection(request, Optional.empty(), demands("role admin"), Demand.PERMIT))
                .map(Gates::outcome)
                .contains("401");
        assertThat(gates.cors(APP).gate().preflight(request)).isEmpty();
    }

    @Test
    void preflightsAreTheApplicationsWhereCorsIsOff() {
        assertThat(gates.gate().preflight(preflight(APP))).isEmpty();
    }

    @Test
    void aListedOriginIsAnswered() {
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            assertThat(gates.cors(APP).gate().preflight(preflight(APP)))
                    .contains(new Reply(
                            204,
                            List.of(
                                    new Field(
                                            "Vary",
                                            "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"),
                                    new Field("Access-Control-Allow-Origin", APP),
                                    new Field("Access-Control-Allow-Methods", "PUT"),
                                    new Field("Access-Control-Max-Age", "600")),
                            Optional.empty()));
            assertThat(log.lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "https://app.example.evil", "http://app.example", "null", "*"})
    void aForeignOriginIsRefused(String origin) {
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            Reply reply = gates.cors(APP).gate().preflight(preflight(origin)).orElseThrow();
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.fields())
                    .containsExactly(new Field("Cache-Control", "no-store"), new Field("Vary", "Origin"));
            assertThat(log.lines()).containsExactly("Refused with 403: FOREIGN_ORIGIN");
        }
    }

    /** The same as where it is admitted, so that it does not matter which adapter sees it. */
    @Test
    void isTheSameAnswerByEitherWay() {
        Gate gate = gates.cors(APP).gate();
        for (String origin : List.of(APP, "https://evil.example")) {
            assertThat(gate.preflight(preflight(origin)).orElseThrow()).isEqualTo(gate.admit(preflight(origin)));
        }
    }
}
