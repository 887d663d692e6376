package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.identity.Caller;
import io.mapae.replay.MemoryReplayStore;
import io.mapae.replay.ReplayStore;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.TokenVerifier;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tickets, for clients that cannot send headers. */
class TicketsTest {
    private static final String RULES = """
            /events/** authenticated ticket
            /admin     role admin ticket
            /both      authenticated once ticket
            /once      authenticated once
            /open      permit
            """;

    private static final TokenBuilder USER =
            Gates.VALID.claim("groups", List.of("user")).claim("scope", "read").claim("jti", "1");

    private Instant now = Gates.NOW;
    private boolean reachable = true;
    private final Map<String, String> stored = new HashMap<>();
    private final ReplayStore memory = new MemoryReplayStore(() -> now);

    private final ReplayStore store = new ReplayStore() {
        @Override
        public boolean use(String id, Instant until) throws IOException {
            demand();
            return memory.use(id, until);
        }

        @Override
        public void keep(String id, String content, Instant until) throws IOException {
            demand();
            stored.put(id, content);
            memory.keep(id, content, until);
        }

        @Override
        public Optional<String> kept(String id) throws IOException {
            demand();
            return memory.kept(id);
        }

        private void demand() throws IOException {
            if (!reachable) {
                throw new IOException("nobody answers");
            }
        }
    };

    private final Gate gate = gate(Gates.withRules(RULES));

    private Gate gate(Gates gates) {
        return new Gate(
                new TokenVerifier(Gates.policy(TokenBuilder.ISSUER), Gates.keysOf(Gates.KEY), () -> now),
                Gates.MAPPING,
                gates.options(),
                new Once(store, Duration.ofSeconds(30), () -> now),
                () -> now);
    }

    private Caller caller(TokenBuilder token) {
        return ((Answer.Admit) gate.admit(FakeRequest.get("/open").bearing(token.text())))
                .caller()
                .orElseThrow();
    }

    private String ticket(TokenBuilder token, String path) throws IOException {
        return gate.tickets().issue(caller(token), path).text();
    }

    private String ask(String target) {
        return Gates.outcome(gate.admit(FakeRequest.get(target)));
    }

    private void refused(String target, int status, String reason) {
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            assertThat(ask(target)).startsWith(String.valueOf(status));
            assertThat(log.lines()).singleElement().asString().contains(": " + reason);
        }
    }

    @Test
    void openTheirPathOnce() throws Exception {
        String ticket = ticket(USER, "/events/1");
        assertThat(ticket).matches("[A-Za-z0-9_-]{43}");
        assertThat(ask("/events/1?ticket=" + ticket)).isEqualTo("alice");
        refused("/events/1?ticket=" + ticket, 401, "TICKET_USED");
        refused("/events/1?ticket=" + ticket, 401, "TICKET_USED");
        assertThat(ticket(USER, "/events/1")).isNotEqualTo(ticket);
    }

    @Test
    void bringTheCallerWithoutTheToken() throws Exception {
        TokenBuilder token = USER.claimJson("nested", "{\"a\":[1,2.50,null,true,{\"\u00e4\":\"\\ud800\"}]}");
        Caller caller = caller(token);
        String ticket = gate.tickets().issue(caller, "/events/1").text();
        Answer.Admit admitted = (Answer.Admit) gate.admit(FakeRequest.get("/events/1?ticket=" + ticket));
        Caller restored = admitted.caller().orElseThrow();
        assertThat(restored).isEqualTo(caller);
        assertThat(restored.claims()).isEqualTo(caller.claims());
        assertThat(restored.expiresAt()).isEqualTo(caller.expiresAt());
        assertThat(restored.roles()).containsExactly("user");
        assertThat(restored.scopes()).containsExactly("read");
        assertThat(restored.token()).isEmpty();
        String signature = token.text().substring(token.text().lastIndexOf('.') + 1);
        assertThat(stored.toString()).doesNotContain(ticket, signature, token.text());
    }

    @ParameterizedTest
    @CsvSource({
        "/events/1,  /events/1,      true",
        "/events/1,  /events/1/,     true",
        "/events,    /events/,       true",
        "/events/1,  /events/2,      false",
        "/events/1,  /events,        false",
        "/events/1,  /events/1/x,    false",
        "/events/1,  /Events/1,      false",
        "/events/a b,/events/a b,    true"
    })
    void areForOnePath(String issued, String asked, boolean same) throws Exception {
        String ticket = ticket(USER, issued);
        if (same) {
            assertThat(ask(asked + "?ticket=" + ticket)).isEqualTo("alice");
        } else if (asked.startsWith("/events")) {
            refused(asked + "?ticket=" + ticket, 401, "TICKET_OF_OTHER_PATH");
            assertThat(ask(issued + "?ticket=" + ticket)).isEqualTo("alice");
        } else {
            refused(asked + "?ticket=" + ticket, 401, "NO_TOKEN");
        }
    }

    @ParameterizedTest(name = "exp {0} s after, asked {1} ms after -> {2}")
    @CsvSource({
        "300, 29999, alice",
        "300, 30000, TICKET_EXPIRED",
        "300, 89999, TICKET_EXPIRED",
        "300, 90000, TICKET_UNKNOWN",
        "10,  9999,  alice",
        "10,  10000, TICKET_EXPIRED",
        "10,  29999, TICKET_EXPIRED"
    })
    void endSoonAndNoLaterThanTheirToken(long expires, long later, String outcome) throws Exception {
        String target = "/events/1?ticket=" + ticket(USER.expiresIn(expires), "/events/1");
        now = now.plusMillis(later);
        if (outcome.equals("alice")) {
            assertThat(ask(target)).isEqualTo("alice");
        } else {
            refused(target, 401, outcome);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ticket=                 | 400 | BAD_TICKET",
                "ticket                  | 400 | BAD_TICKET",
                "ticket=a.b.c            | 400 | BAD_TICKET",
                "ticket=a%41             | 400 | BAD_TICKET",
                "ticket=a+b              | 400 | BAD_TICKET",
                "ticket=a=               | 400 | BAD_TICKET",
                "ticket=a&ticket=a       | 400 | BAD_TICKET",
                "ticket=a&x=1&ticket=b   | 400 | BAD_TICKET",
                "%74icket=a              | 400 | BAD_TICKET",
                "ticket=a&%74icket=a     | 400 | BAD_TICKET",
                "ticket=a                | 401 | TICKET_UNKNOWN",
                "x=1&ticket=a&y          | 401 | TICKET_UNKNOWN",
                "%zz=1&ticket=a          | 401 | TICKET_UNKNOWN",
                "Ticket=a                | 401 | NO_TOKEN",
                "tickets=a               | 401 | NO_TOKEN",
                "x=ticket=a              | 401 | NO_TOKEN",
                "access_token=a.b.c      | 401 | NO_TOKEN"
            })
    void areReadStrictly(String query, int status, String reason) {
        refused("/events/1?" + query, status, reason);
    }

    @ParameterizedTest
    @CsvSource({"1, TICKET_UNKNOWN", "128, TICKET_UNKNOWN", "129, BAD_TICKET", "100000, BAD_TICKET"})
    void areShort(int length, String reason) {
        refused("/events/1?ticket=" + "a".repeat(length), reason.equals("BAD_TICKET") ? 400 : 401, reason);
    }

    /** A token is never read from a query, not where tickets are taken either. */
    @Test
    void areNoTokens() {
        refused("/events/1?ticket=" + USER.text(), 400, "BAD_TICKET");
        assertThat(Gates.outcome(gate.admit(FakeRequest.get("/events/1").bearing(USER.text()))))
                .isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/once", "/other"})
    void areTakenOnlyWhereARuleSaysSo(String path) throws Exception {
        refused(path + "?ticket=" + ticket(USER, "/events/1"), 401, "NO_TOKEN");
        FakeRequest own = FakeRequest.get(path + "?ticket=a%41&ticket=b").bearing(USER.text());
        assertThat(Gates.outcome(gate.admit(own))).isEqualTo("alice");
        assertThat(gate.tickets().areTakenAt(path)).isFalse();
        assertThatThrownBy(() -> ticket(USER, path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areNotToComeWithAToken() throws Exception {
        String target = "/events/1?ticket=" + ticket(USER, "/events/1");
        for (String other : List.of("Bearer " + USER.text(), "Basic abc", "Bearer", "")) {
            assertThat(Gates.outcome(gate.admit(FakeRequest.get(target).with("Authorization", other))))
                    .isEqualTo("400 invalid_request");
        }
        assertThat(ask(target)).isEqualTo("alice");
    }

    /** Browsers send cookies along; no other site knows a ticket. */
    @Test
    void standBeforeCookies() throws Exception {
        Gate cookies = gate(Gates.withRules(RULES).cookie("token"));
        FakeRequest socket = FakeRequest.get("/events/1?ticket=" + ticket(USER, "/events/1"))
                .cookie("token", "a.b.c")
                .with("Upgrade", "websocket")
                .with("Origin", "https://evil.example");
        assertThat(Gates.outcome(cookies.admit(socket))).isEqualTo("alice");
    }

    @Test
    void areUsedUpOnlyByWhoeverMayPass() throws Exception {
        String user = "/admin?ticket=" + ticket(USER, "/admin");
        refused(user, 403, "ROLE_MISSING");
        refused(user, 403, "ROLE_MISSING");
        String admin = "/admin?ticket=" + ticket(USER.claim("groups", List.of("admin")), "/admin");
        assertThat(ask(admin)).isEqualTo("alice");
        refused(admin, 401, "TICKET_USED");
    }

    /** Else a token that is good once would buy any number of tickets. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void useTheirTokenUpWhereItIsGoodOnce(boolean ticketFirst) throws Exception {
        String target = "/both?ticket=" + ticket(USER, "/both");
        FakeRequest bearing = FakeRequest.get("/both").bearing(USER.text());
        if (ticketFirst) {
            assertThat(ask(target)).isEqualTo("alice");
            assertThat(Gates.outcome(gate.admit(bearing))).isEqualTo("401 invalid_token");
        } else {
            assertThat(Gates.outcome(gate.admit(bearing))).isEqualTo("alice");
        }
        refused(target, 401, "TOKEN_USED");
        refused("/both?ticket=" + ticket(USER, "/both"), 401, "TOKEN_USED");
    }

    @Test
    void areUsedUpOnceByARequest() throws Exception {
        FakeRequest request = FakeRequest.get("/events/1?ticket=" + ticket(USER, "/events/1"));
        assertThat(gate.hasCredential(request)).isTrue();
        assertThat(Gates.outcome(gate.admit(request))).isEqualTo("alice");
        assertThat(Gates.outcome(gate.admit(request))).isEqualTo("alice");
        refused("/events/1?" + request.rawQuery(), 401, "TICKET_USED");
    }

    @Test
    void needTheStore() throws Exception {
        String target = "/events/1?ticket=" + ticket(USER, "/events/1");
        Caller alice = caller(USER);
        reachable = false;
        refused(target, 503, "STORE_OUT_OF_REACH");
        assertThatThrownBy(() -> gate.tickets().issue(alice, "/events/1")).isInstanceOf(IOException.class);
        reachable = true;
        assertThat(ask(target)).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "events/1", "/events/\n", "https://a.example/events/1"})
    void areForPathsOfTheApplication(String path) {
        assertThatThrownBy(() -> ticket(USER, path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areForPathsOfBoundedLength() throws Exception {
        assertThat(ticket(USER, "/events/" + "a".repeat(1024 - 8))).isNotEmpty();
        assertThatThrownBy(() -> ticket(USER, "/events/" + "a".repeat(1024 - 7)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areForCallersThatCanBeKept() {
        assertThatThrownBy(() -> ticket(USER.claim("x", "a".repeat(4000)), "/events/1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of 4000");
        assertThatThrownBy(() -> ticket(USER.expiresIn(0), "/events/1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ended");
    }

    @Test
    void whatIsNoneOfOursInTheStoreIsNoTicket() throws Exception {
        for (String content : List.of("", "x", "1 /events/1\n{}", "9999999999999 /events/1\n{}\n{}")) {
            String text = "t" + content.length();
            memory.keep("ticket:" + Tickets.digest(text), content, now.plusSeconds(10));
            refused("/events/1?ticket=" + text, 401, "TICKET_UNKNOWN");
        }
    }

    @Test
    void showNothing() throws Exception {
        Ticket ticket = gate.tickets().issue(caller(USER), "/events/1");
        assertThat(ticket.toString()).doesNotContain(ticket.text());
        assertThat(QueryTicket.in("ticket=abc").toString()).doesNotContain("abc");
    }
}
