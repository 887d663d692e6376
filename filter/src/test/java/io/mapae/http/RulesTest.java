package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
    private static final String GRAMMAR =
            "[METHODS] PATTERN permit | deny | authenticated | role a,b | scope x,y [once] [ticket], such as GET,POST /api/** role user";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a",
                "GET",
                "GET /a",
                "permit",
                "GET permit",
                "/a Permit",
                "/a PERMIT",
                "/a allow",
                "/a role",
                "/a scope",
                "/a permit user",
                "/a deny user",
                "/a authenticated user",
                "/a role a b",
                "/a role a, b",
                "/a scope a b",
                "/a role a ticket once",
                "/a role a once once",
                "/a role a Once",
                "/a role a once tickets",
                "/a once",
                "/a authenticated a once",
                "get /a permit",
                "Get /a permit",
                "GET, POST /a permit",
                "GET,,POST /a permit",
                ",GET /a permit",
                "GET, /a permit",
                "GET POST /a permit",
                "* /a permit",
                "/a /b permit",
                "/** permit; /a"
            })
    void refusesWhatIsNoRule(String text) {
        assertThatThrownBy(() -> Rules.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(GRAMMAR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            /a role ,a    > names between the commas of ,a
            /a role a,    > names between the commas of a,
            /a scope a,,b > names between the commas of a,,b
            /a scope ,    > names between the commas of ,
            a permit      > a path pattern such as /api/** or /files/*.pdf, not a
            GET a permit  > a path pattern such as /api/** or /files/*.pdf, not a
            /a** deny     > ** only as the last segment of a path pattern, not /a**
            """)
    void refusesBadNamesAndPatterns(String text, String message) {
        assertThatThrownBy(() -> Rules.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a permit once", "/a permit ticket", "/a deny once ticket", "/** permit once"})
    void refusesOnceAndTicketWhereNobodyIsNeeded(String text) {
        assertThatThrownBy(() -> Rules.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(" only where a caller is needed");
    }

    @ParameterizedTest
    @CsvSource({
        "/a authenticated,             false, false",
        "/a authenticated once,        true,  false",
        "/a authenticated ticket,      false, true",
        "/a authenticated once ticket, true,  true",
        "/a role once,                 false, false",
        "/a role once once,            true,  false",
        "GET /a scope ticket ticket,   false, true"
    })
    void mayTakeTokensOnceAndTickets(String text, boolean once, boolean ticket) {
        Rule rule = Rules.parse(text).of("GET", () -> "/a");
        assertThat(rule.once()).isEqualTo(once);
        assertThat(rule.takesTickets()).isEqualTo(ticket);
    }

    /** The access of the rule for a request, with its names. */
    private static String rule(String rules, String method, String path) {
        Rule rule = Rules.parse(rules).of(method, () -> path);
        return (rule.demand().kind() + " " + String.join(",", rule.demand().names())).strip();
    }

    @ParameterizedTest(name = "{1} {2}: {3}")
    @CsvSource(delimiter = '>', textBlock = """
            /a permit; /** deny                     > GET     > /a   > PERMIT
            /a permit; /** deny                     > GET     > /b   > DENY
            /a deny; /a permit                      > GET     > /a   > DENY
            /a permit                               > GET     > /b   > AUTHENTICATED
            /a authenticated; /** permit            > GET     > /a   > AUTHENTICATED
            /a role x,y                             > GET     > /a   > ROLE x,y
            /a scope y,x                            > GET     > /a   > SCOPE y,x
            /a scope urn:x/y.z                      > GET     > /a   > SCOPE urn:x/y.z
            GET /a permit; /** deny                 > GET     > /a   > PERMIT
            GET /a permit; /** deny                 > HEAD    > /a   > PERMIT
            GET /a permit; /** deny                 > OPTIONS > /a   > DENY
            GET /a permit; /** deny                 > POST    > /a   > DENY
            GET /a permit; /** deny                 > TRACE   > /a   > DENY
            GET /a permit; /** deny                 > get     > /a   > DENY
            GET /a permit; /** deny                 > GETS    > /a   > DENY
            HEAD /a permit; /** deny                > GET     > /a   > DENY
            HEAD /a permit; /** deny                > HEAD    > /a   > PERMIT
            POST /a permit; /** deny                > HEAD    > /a   > DENY
            PUT,GET /a permit; /** deny             > GET     > /a   > PERMIT
            PUT,GET /a permit; /** deny             > HEAD    > /a   > PERMIT
            PUT,GET /a permit; /** deny             > PUT     > /a   > PERMIT
            PUT,GET /a permit; /** deny             > PATCH   > /a   > DENY
            GET /a permit                           > POST    > /a   > AUTHENTICATED
            GET /** permit; /a role x               > POST    > /a   > ROLE x
            ;;  /a   permit ; ; /** deny;           > GET     > /a   > PERMIT
            """)
    void firstMatchWins(String rules, String method, String path, String access) {
        assertThat(rule(rules, method, path)).isEqualTo(access);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a permit\n/** deny",
                "/a permit\r\n/** deny",
                "\n\n  /a\tpermit\n \n/** deny\n",
                "/a permit\r/** deny"
            })
    void oneALine(String rules) {
        assertThat(rule(rules, "GET", "/a")).isEqualTo("PERMIT");
        assertThat(rule(rules, "GET", "/b")).isEqualTo("DENY");
    }

    @Test
    void withoutRulesEverythingNeedsACaller() {
        assertThat(rule("", "GET", "/")).isEqualTo("AUTHENTICATED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            /** permit                       > false
            /** role a                       > false
            GET /** permit; /** deny         > false
            /a permit                        > true
            GET /** permit; /a deny          > true
            /* permit                        > true
            / permit                         > true
            """)
    void knowsWhetherThePathMatters(String rules, boolean matters) {
        assertThat(Rules.parse(rules).differByPath()).isEqualTo(matters);
    }

    @Test
    void doesNotAskForAPathThatDoesNotMatter() {
        Rule rule = Rules.parse("GET /** permit; /** deny").of("GET", () -> fail("was asked for"));
        assertThat(rule.demand()).isEqualTo(Demand.PERMIT);
    }

    /** Each of these would protect nothing, and nobody would know. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '>',
            value = {
                "/** permit; /admin role admin > in \"/admin role admin\": nothing after a rule that covers everything",
                "/** permit; /** deny > in \"/** deny\": nothing after a rule that covers everything",
                "GTE /a deny > in \"GTE /a deny\": methods among CONNECT, COPY, DELETE, GET, HEAD, LOCK, MKCOL, MOVE, OPTIONS, PATCH, POST, PROPFIND, PROPPATCH, PUT, TRACE, UNLOCK, not GTE"
            })
    void refusesRulesThatCannotMatter(String rules, String problem) {
        assertThatThrownBy(() -> Rules.parse(rules)).hasMessage(problem);
    }

    @Test
    void namesEveryBadLine() {
        assertThatThrownBy(() -> Rules.parse("/a rol x\n/b permit\nget /c permit"))
                .message()
                .contains("in \"/a rol x\": ")
                .contains("; in \"get /c permit\": ")
                .doesNotContain("/b");
    }

    @Test
    void rulesWithMethodsMayBeFollowed() {
        assertThat(Rules.parse("GET /** permit; /** deny")
                        .of("POST", () -> "/a")
                        .demand())
                .isEqualTo(Demand.DENY);
    }
}
