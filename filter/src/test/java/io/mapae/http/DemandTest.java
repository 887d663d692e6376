package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.http.Answer.Admit;
import io.mapae.identity.Caller;
import io.mapae.verify.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked of a caller. */
class DemandTest {
    private static Demand demand(Demand.Kind kind, String names) {
        return new Demand(kind, names.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(names.split(" "))));
    }

    private static Optional<Caller> caller(String roles, String scopes) {
        String token = Gates.VALID
                .claim("groups", List.of(roles.split(" ")))
                .claim("scope", scopes)
                .text();
        return ((Admit) Gates.withRules("/** permit").admit(FakeRequest.get("/").bearing(token))).caller();
    }

    private static String outcome(Demand demand, Optional<Caller> caller) {
        return demand.objection(caller, Optional::empty).map(Reason::name).orElse("may");
    }

    @ParameterizedTest(name = "{0} {1}: without caller {2}, with {3}")
    @CsvSource({
        "PERMIT,        '',           may,      may",
        "DENY,          '',           NO_TOKEN, DENIED",
        "AUTHENTICATED, '',           NO_TOKEN, may",
        "ROLE,          user,         NO_TOKEN, may",
        "ROLE,          staff,        NO_TOKEN, may",
        "ROLE,          admin,        NO_TOKEN, ROLE_MISSING",
        "ROLE,          admin user,   NO_TOKEN, may",
        "ROLE,          admin root,   NO_TOKEN, ROLE_MISSING",
        "ROLE,          User,         NO_TOKEN, ROLE_MISSING",
        "ROLE,          use,          NO_TOKEN, ROLE_MISSING",
        "ROLE,          read,         NO_TOKEN, ROLE_MISSING",
        "ROLE,          **,           NO_TOKEN, may",
        "ROLE,          admin **,     NO_TOKEN, may",
        "ROLE,          *,            NO_TOKEN, ROLE_MISSING",
        "ROLE,          * user,       NO_TOKEN, may",
        "ROLE,          * admin,      NO_TOKEN, ROLE_MISSING",
        "ROLE,          ***,          NO_TOKEN, ROLE_MISSING",
        "SCOPE,         read,         NO_TOKEN, may",
        "SCOPE,         write read,   NO_TOKEN, may",
        "SCOPE,         read admin,   NO_TOKEN, SCOPE_MISSING",
        "SCOPE,         Read,         NO_TOKEN, SCOPE_MISSING",
        "SCOPE,         rea,          NO_TOKEN, SCOPE_MISSING",
        "SCOPE,         user,         NO_TOKEN, SCOPE_MISSING",
        "SCOPE,         **,           NO_TOKEN, SCOPE_MISSING",
        "SCOPE,         *,            NO_TOKEN, SCOPE_MISSING",
        "ANY_SCOPE,     read,         NO_TOKEN, may",
        "ANY_SCOPE,     write read,   NO_TOKEN, may",
        "ANY_SCOPE,     admin read,   NO_TOKEN, may",
        "ANY_SCOPE,     admin root,   NO_TOKEN, SCOPE_MISSING",
        "ANY_SCOPE,     READ,         NO_TOKEN, SCOPE_MISSING",
        "ANY_SCOPE,     user,         NO_TOKEN, SCOPE_MISSING",
        "ANY_SCOPE,     **,           NO_TOKEN, SCOPE_MISSING"
    })
    void objects(Demand.Kind kind, String names, String without, String with) {
        assertThat(outcome(demand(kind, names), Optional.empty())).isEqualTo(without);
        assertThat(outcome(demand(kind, names), caller("user staff", "read write")))
                .isEqualTo(with);
    }

    /** By BASIC or a form, say: they have roles, but no scopes. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "PERMIT,        '',          may",
        "DENY,          '',          DENIED",
        "AUTHENTICATED, '',          may",
        "ROLE,          user,        may",
        "ROLE,          admin user,  may",
        "ROLE,          admin,       ROLE_MISSING",
        "ROLE,          **,          may",
        "ROLE,          *,           ROLE_MISSING",
        "SCOPE,         user,        SCOPE_MISSING",
        "ANY_SCOPE,     user,        SCOPE_MISSING"
    })
    void objectsToUsersOfTheContainer(Demand.Kind kind, String names, String expected) {
        Optional<Request.User> user = Optional.of("user"::equals);
        assertThat(demand(kind, names)
                        .objection(Optional.empty(), () -> user)
                        .map(Reason::name)
                        .orElse("may"))
                .isEqualTo(expected);
    }

    /** Who sends a token is its caller, and nobody else besides. */
    @Test
    void aCallersRolesAreNotTheUsers() {
        Optional<Request.User> admin = Optional.of("admin"::equals);
        assertThat(demand(Demand.Kind.ROLE, "admin").objection(caller("user", ""), () -> admin))
                .contains(Reason.ROLE_MISSING);
    }

    /** A token can name its roles as it likes. */
    @Test
    void noTokenHasTheRoleOfNobody() {
        assertThat(outcome(demand(Demand.Kind.ROLE, "*"), caller("* ** a", ""))).isEqualTo("ROLE_MISSING");
    }

    @ParameterizedTest
    @EnumSource
    void hasNamesWhereTheyMeanSomething(Demand.Kind kind) {
        boolean named = Set.of(Demand.Kind.ROLE, Demand.Kind.SCOPE, Demand.Kind.ANY_SCOPE)
                .contains(kind);
        Set<String> wrong = named ? Set.of() : Set.of("a", "b");
        Set<String> right = named ? Set.of("a", "b") : Set.of();
        assertThatThrownBy(() -> new Demand(kind, wrong))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(kind + " with " + wrong.size() + " names");
        assertThat(new Demand(kind, right).names()).isEqualTo(right);
    }

    @Test
    void keepsItsNamesAndTheirOrder() {
        Set<String> names = new LinkedHashSet<>(List.of("z", "a", "m"));
        Demand demand = new Demand(Demand.Kind.SCOPE, names);
        names.clear();
        assertThat(demand.names()).containsExactly("z", "a", "m");
        assertThatThrownBy(() -> demand.names().add("b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theConstantsAreWhatTheySay() {
        assertThat(List.of(Demand.PERMIT, Demand.DENY, Demand.AUTHENTICATED))
                .extracting(Demand::kind)
                .containsExactly(Demand.Kind.PERMIT, Demand.Kind.DENY, Demand.Kind.AUTHENTICATED);
    }

    @ParameterizedTest
    @CsvSource({
        "PERMIT, '', permit",
        "DENY, '', deny",
        "AUTHENTICATED, '', authenticated",
        "ROLE, 'b a', 'role b,a'",
        "SCOPE, 'b a', 'scope b,a'",
        "ANY_SCOPE, 'b a', 'any scope of b,a'"
    })
    void speaksTheWordsOfRules(Demand.Kind kind, String names, String text) {
        assertThat(demand(kind, names).text()).isEqualTo(text);
    }

    /** What rules say and what annotations say is one thing. */
    @Test
    void aRuleIsADemand() {
        List<Demand> demands = new ArrayList<>();
        for (String text : List.of("/** role b,a", "/** scope b,a", "/** permit", "/** deny", "/** authenticated")) {
            demands.add(Rule.parse(text).demand());
        }
        assertThat(demands)
                .containsExactly(
                        demand(Demand.Kind.ROLE, "b a"),
                        demand(Demand.Kind.SCOPE, "b a"),
                        Demand.PERMIT,
                        Demand.DENY,
                        Demand.AUTHENTICATED);
    }
}
