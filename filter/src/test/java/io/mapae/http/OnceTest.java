package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.identity.Caller;
import io.mapae.replay.MemoryReplayStore;
import io.mapae.replay.ReplayStore;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.TokenVerifier;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that take each token once. */
class OnceTest {
    private static final String RULES = """
            /pay    role user once
            /scoped scope pay once
            /any    authenticated once
            PUT /method authenticated once
            /open   permit
            """;

    private static final TokenBuilder USER = Gates.VALID.claim("groups", List.of("user"));

    private Instant now = Gates.NOW;
    private boolean reachable = true;
    private final List<Instant> ends = new ArrayList<>();
    private final ReplayStore memory = new MemoryReplayStore(() -> now);

    private final ReplayStore store = new ReplayStore() {
        @Override
        public boolean use(String id, Instant until) throws IOException {
            if (!reachable) {
                throw new IOException("nobody answers");
            }
            ends.add(until);
            assertThat(id).matches("[!-~]{1,100}");
            return memory.use(id, until);
        }

        @Override
        public void keep(String id, String content, Instant until) throws IOException {
            memory.keep(id, content, until);
        }

        @Override
        public Optional<String> kept(String id) throws IOException {
            return memory.kept(id);
        }
    };

    private final Gate gate = gate(RULES);

    private Gate gate(String rules) {
        return new Gate(
                new TokenVerifier(Gates.policy(TokenBuilder.ISSUER), Gates.keysOf(Gates.KEY), () -> now),
                Gates.MAPPING,
                Gates.withRules(rules).options(),
                new Once(store, Duration.ofSeconds(30), () -> now),
                () -> now);
    }

    private String ask(String path, TokenBuilder token) {
        return outcome(FakeRequest.get(path).bearing(token.text()));
    }

    private String outcome(FakeRequest request) {
        return Gates.outcome(gate.admit(request));
    }

    private static TokenBuilder id(String id) {
        return USER.claim("jti", id);
    }

    @ParameterizedTest
    @CsvSource({"/pay", "/any"})
    void aTokenPassesOnce(String path) {
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            assertThat(ask(path, id("1"))).isEqualTo("alice");
            assertThat(ask(path, id("1"))).isEqualTo("401 invalid_token");
            assertThat(ask(path, id("1"))).isEqualTo("401 invalid_token");
            assertThat(ask(path, id("2"))).isEqualTo("alice");
            assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains("TOKEN_USED"));
        }
    }

    /** What is used up is the token, not the path. */
    @Test
    void aTokenPassesOnceInAll() {
        assertThat(ask("/pay", id("1"))).isEqualTo("alice");
        assertThat(ask("/any", id("1"))).isEqualTo("401 invalid_token");
    }

    @Test
    void otherRulesUseNothingUp() {
        for (int i = 0; i < 2; i++) {
            assertThat(ask("/other", id("1"))).isEqualTo("alice");
            assertThat(ask("/open", id("1"))).isEqualTo("alice");
            assertThat(ask("/method", id("1"))).isEqualTo("alice");
        }
        assertThat(ask("/pay", id("1"))).isEqualTo("alice");
        assertThat(ask("/other", id("1"))).isEqualTo("alice");
    }

    @Test
    void aRefusedRequestUsesNothingUp() {
        TokenBuilder token = Gates.VALID.claim("jti", "1");
        assertThat(ask("/pay", token)).isEqualTo("403 insufficient_scope");
        assertThat(ask("/scoped", token)).isEqualTo("403 insufficient_scope");
        assertThat(ask("/any", token.expiresIn(-31))).isEqualTo("401 invalid_token");
        assertThat(ask("/any//", token)).isEqualTo("400");
        assertThat(ends).isEmpty();
        assertThat(ask("/any", token)).isEqualTo("alice");
    }

    @ParameterizedTest
    @CsvSource({"absent, TOKEN_ID_MISSING", "null, CLAIM_ILL_TYPED", "5, CLAIM_ILL_TYPED"})
    void aTokenWithoutAnIdDoesNotPass(String id, String reason) {
        TokenBuilder token = id.equals("absent") ? USER.without("jti") : USER.claimJson("jti", id);
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            assertThat(ask("/any", token)).isEqualTo("401 invalid_token");
            assertThat(log.lines()).singleElement().asString().contains(reason);
        }
        assertThat(ends).isEmpty();
    }

    @Test
    void nobodyPassesWithoutAToken() {
        assertThat(outcome(FakeRequest.get("/any"))).isEqualTo("401");
        Request withUser = new UserTest.OfUser(FakeRequest.get("/any"));
        assertThat(Gates.outcome(gate.admit(withUser))).isEqualTo("401");
        assertThat(Gates.outcome(gate("/any authenticated").admit(withUser))).isEqualTo("nobody");
    }

    @Test
    void whileTheStoreIsOutOfReachNobodyPasses() {
        reachable = false;
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            assertThat(ask("/any", id("1"))).isEqualTo("503");
            assertThat(log.lines()).singleElement().asString().contains("STORE_OUT_OF_REACH", "nobody answers");
        }
        assertThat(ask("/other", id("1"))).isEqualTo("alice");
        reachable = true;
        assertThat(ask("/any", id("1"))).isEqualTo("alice");
    }

    /** To the last moment at which any node may take the token. */
    @ParameterizedTest
    @CsvSource({"0, 401 invalid_token", "300, 401 invalid_token", "329, 401 invalid_token", "389, 401 invalid_token"})
    void anIdIsKnownForAsLongAsItsTokenIsGood(long later, String outcome) {
        assertThat(ask("/any", id("1").expiresIn(300))).isEqualTo("alice");
        assertThat(ends).containsExactly(Gates.NOW.plusSeconds(300 + 30 + 60));
        TokenBuilder same = id("1").expiresIn(300 + later);
        now = Gates.NOW.plusSeconds(later);
        assertThat(ask("/any", same)).isEqualTo(outcome);
    }

    /** The same request is judged by the container, by a filter and by JAX-RS. */
    @Test
    void aRequestThatIsJudgedAgainUsesNothingMoreUp() {
        FakeRequest request = FakeRequest.get("/any").bearing(id("1").text());
        assertThat(outcome(request)).isEqualTo("alice");
        assertThat(outcome(request)).isEqualTo("alice");
        assertThat(ends).hasSize(1);
        assertThat(ask("/any", id("1"))).isEqualTo("401 invalid_token");
        assertThat(Gates.outcome(gate("/any authenticated once").admit(request)))
                .isEqualTo("401 invalid_token"); // whose store may be another one
    }

    /** Something between the gate and the resource took another method from a header. */
    @Test
    void anotherMethodUsesUpWhatTheFirstDidNot() {
        FakeRequest get = FakeRequest.get("/method").bearing(id("1").text());
        Answer.Admit admitted = (Answer.Admit) gate.admit(get);
        Passage passage = new Passage(gate, "GET", admitted.caller());
        FakeRequest put = FakeRequest.of("PUT", "/method");
        assertThat(ends).isEmpty();
        assertThat(gate.objection(put, passage)).isEmpty();
        assertThat(ends).hasSize(1);
        assertThat(gate.objection(put, passage)).isEmpty();
        assertThat(gate.objection(FakeRequest.of("PUT", "/method"), passage).map(Answer.Reply::status))
                .contains(401);
        reachable = false;
        assertThat(gate.objection(FakeRequest.of("PUT", "/method"), passage).map(Answer.Reply::status))
                .contains(503);
    }

    @Test
    void issuersDoNotShareIds() throws IOException {
        Once once = new Once(store, Duration.ZERO, () -> now);
        FakeRequest request = FakeRequest.get("/");
        Caller alice = ((Answer.Admit) gate.admit(FakeRequest.get("/x").bearing(id("1").text())))
                .caller()
                .orElseThrow();
        assertThat(once.use(alice, request)).isEmpty();
        assertThat(once.use(new Elsewhere(alice), FakeRequest.get("/"))).isEmpty();
        assertThat(once.use(new Elsewhere(alice), FakeRequest.get("/"))).isPresent();
    }

    /** Of another issuer. */
    private record Elsewhere(Caller caller) implements Caller {
        @Override
        public String getName() {
            return caller.getName();
        }

        @Override
        public <T> Optional<T> claim(String claim, Class<T> type) {
            return caller.claim(claim, type);
        }

        @Override
        public Map<String, @Nullable Object> claims() {
            return caller.claims();
        }

        @Override
        public Set<String> roles() {
            return caller.roles();
        }

        @Override
        public Set<String> scopes() {
            return caller.scopes();
        }

        @Override
        public String issuer() {
            return "https://elsewhere.example";
        }

        @Override
        public Instant expiresAt() {
            return caller.expiresAt();
        }

        @Override
        public Optional<String> token() {
            return Optional.empty();
        }
    }
}
