package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.testkit.Hostile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths of a token service: whoever comes to renew a token brings one that has expired. */
class ExemptTest {
    private final Gates gates = Gates.withRules("/** authenticated").exempt("/auth/**");

    @ParameterizedTest(name = "{0} with {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/auth        |                     | nobody",
                "/auth/       |                     | nobody",
                "/auth/login  |                     | nobody",
                "/auth/login  | Bearer              | nobody",
                "/auth/login  | Bearer a b          | nobody",
                "/auth/login  | Bearer a.b.c        | nobody",
                "/auth/login  | Basic abc           | nobody",
                "/auth/login  | Bearer a, Bearer b  | nobody",
                "/auth/a/b/c  | Bearer a.b.c        | nobody",
                "/auth//login |                     | 400",
                "/auth/../a   |                     | 400",
                "/auth/%2e./a |                     | 400",
                "/auth/x;y    |                     | 400",
                "/auth%2Fa    |                     | 400",
                "/authx       |                     | 401",
                "/Auth/login  |                     | 401",
                "/x/auth/a    |                     | 401",
                "/            |                     | 401",
                "/a           | Bearer a.b.c        | 401 invalid_token"
            })
    void passesWithoutALookAtTheToken(String target, String authorization, String outcome) {
        FakeRequest bare = FakeRequest.get(target);
        FakeRequest request = authorization == null ? bare : bare.with("Authorization", authorization);
        assertThat(gates.outcome(request)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @EnumSource
    void passesWithEveryHostileToken(Hostile hostile) {
        String token = hostile.token(Gates.VALID, Gates.KEY);
        assertThat(gates.keys(Gates.OUT_OF_REACH)
                        .outcome(FakeRequest.of("POST", "/auth/refresh").bearing(token)))
                .isEqualTo("nobody");
    }

    @Test
    void passesWithTwoHeadersAndWithCookies() {
        FakeRequest login = FakeRequest.of("POST", "/auth/login");
        assertThat(gates.outcome(login.bearing("a").bearing("b"))).isEqualTo("nobody");
        Gates cookies = gates.cookie("token");
        assertThat(cookies.outcome(login.cookie("token", "a.b.c").with("Sec-Fetch-Site", "cross-site")))
                .isEqualTo("nobody");
    }

    /** Nobody is named by a good token either: the service looks for itself. */
    @Test
    void namesNobody() {
        FakeRequest request = FakeRequest.get("/auth/sessions").bearing(Gates.VALID.text());
        assertThat(gates.outcome(request)).isEqualTo("nobody");
        assertThat(gates.gate().hasCredential(request)).isFalse();
        assertThat(gates.gate().hasCredential(FakeRequest.get("/a").bearing("x")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/** deny", "/auth/** deny", "/auth/** role admin"})
    void isNoAffairOfRules(String rules) {
        Gates ruled = Gates.withRules(rules).exempt("/auth/**");
        assertThat(ruled.outcome(FakeRequest.get("/auth/login"))).isEqualTo("nobody");
        assertThat(ruled.outcome(preflight("/auth/login"))).isEqualTo("nobody");
    }

    private static FakeRequest preflight(String path) {
        return FakeRequest.of("OPTIONS", path)
                .with("Origin", "https://app.example")
                .with("Access-Control-Request-Method", "POST");
    }

    @Test
    void answersPreflightsAndNamesOriginsAsElsewhere() {
        Gates cors = gates.cors("https://app.example");
        assertThat(cors.outcome(preflight("/auth/login"))).isEqualTo("204");
        Answer.Admit admitted =
                (Answer.Admit) cors.admit(FakeRequest.of("POST", "/auth/login").with("Origin", "https://app.example"));
        assertThat(Gates.value(admitted.fields(), "Access-Control-Allow-Origin"))
                .isEqualTo("https://app.example");
    }

    @Test
    void makesPathsMatter() {
        assertThat(gates.gate().looksAtPaths()).isTrue();
        Gates none = Gates.withRules("/** authenticated");
        assertThat(none.gate().looksAtPaths()).isFalse();
        assertThat(none.gate().isExempt(FakeRequest.get("/auth/login"))).isFalse();
    }

    /** What has no annotation is for those with a token elsewhere; what has one says so on purpose. */
    @Test
    void leavesAnnotationsTheirSay() {
        Gate gate = gates.gate();
        FakeRequest login = FakeRequest.of("POST", "/auth/login");
        assertThat(gate.objection(login, Optional.empty(), List.of(), Demand.AUTHENTICATED))
                .isEmpty();
        assertThat(gate.objection(login, Optional.empty(), List.of(), Demand.DENY))
                .isEmpty();
        assertThat(gate.objection(login, Optional.empty(), List.of(Demand.DENY), Demand.PERMIT))
                .isPresent();
        assertThat(gate.objection(login, new Passage(gate, "GET", Optional.empty())))
                .isEmpty();
        assertThat(gate.objection(FakeRequest.of("POST", "/a"), new Passage(gate, "GET", Optional.empty())))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth/**", "", "/auth/**/x", "/a//b", "/%61uth"})
    void takesNoOtherPatternsThanRulesDo(String pattern) {
        assertThatThrownBy(() -> Paths.of(List.of(pattern))).isInstanceOf(IllegalArgumentException.class);
    }
}
