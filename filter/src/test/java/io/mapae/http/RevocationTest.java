package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.Answer.Field;
import io.mapae.identity.Caller;
import io.mapae.identity.Callers;
import io.mapae.revocation.Revocation.Kind;
import io.mapae.revocation.Revocations;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.CacheSize;
import io.mapae.verify.Issuer;
import io.mapae.verify.Reason;
import io.mapae.verify.TokenVerifier;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of requests whose tokens were revoked, or may have been. */
class RevocationTest {
    private static final String B = "https://b.example";
    private static final Revocations UNKNOWN = (claims, now) -> {
        throw new IOException("revocations: no route");
    };
    private static final Revocations BY_SESSION =
            (claims, now) -> claims.string("sid").filter("gone"::equals).map(sid -> Kind.SID);

    private static Gate gate(Revocations revocations) {
        return gate(revocations, () -> Gates.NOW);
    }

    private static Gate gate(Revocations revocations, InstantSource clock) {
        Gates gates = Gates.withRules("/public permit; /events authenticated ticket; /** authenticated");
        return new Gate(
                new TokenVerifier(
                        List.of(
                                new Issuer(Gates.policy(TokenBuilder.ISSUER), gates.keys()),
                                new Issuer(Gates.policy(B), Gates.keysOf(TestKey.otherRsa()))),
                        revocations,
                        CacheSize.of(100),
                        clock),
                Callers.of(Map.of(TokenBuilder.ISSUER, Gates.MAPPING, B, Gates.MAPPING)),
                gates.options(),
                Gates.once(),
                clock);
    }

    /** A ticket is not good for longer than the token that it was bought with. */
    @ParameterizedTest
    @CsvSource({"here, alice", "gone, 401 invalid_token", "unknown, 503"})
    void asksForTicketsToo(String session, String outcome) throws Exception {
        AtomicBoolean revoked = new AtomicBoolean();
        Revocations since = (claims, now) -> {
            if (revoked.get() && session.equals("unknown")) {
                throw new IOException("revocations: no route");
            }
            return revoked.get() ? BY_SESSION.of(claims, now) : Optional.empty();
        };
        Gate gate = gate(since);
        Answer.Admit bought = (Answer.Admit) gate.admit(
                FakeRequest.get("/").bearing(Gates.VALID.claim("sid", session).text()));
        String ticket =
                gate.tickets().issue(bought.caller().orElseThrow(), "/events").text();
        revoked.set(true);
        assertThat(Gates.outcome(gate.admit(FakeRequest.get("/events?ticket=" + ticket))))
                .isEqualTo(outcome);
    }

    /** Of a connection that was opened with it a while ago. */
    @ParameterizedTest(name = "sid {0}, exp {1} s from now -> {2}")
    @CsvSource({
        "here, 1, ''",
        "here, 0, EXPIRED",
        "here, -1, EXPIRED",
        "gone, 1, REVOKED",
        "unknown, 1, REVOCATIONS_OUT_OF_REACH"
    })
    void objectsToACallerLater(String session, long seconds, String objection) {
        AtomicReference<Instant> now = new AtomicReference<>(Gates.NOW);
        AtomicBoolean later = new AtomicBoolean();
        Revocations since = (claims, at) -> {
            if (later.get() && session.equals("unknown")) {
                throw new IOException("revocations: no route");
            }
            return later.get() ? BY_SESSION.of(claims, at) : Optional.empty();
        };
        Gate gate = gate(since, now::get);
        Answer.Admit admit = (Answer.Admit) gate.admit(
                FakeRequest.get("/").bearing(Gates.VALID.claim("sid", session).text()));
        Caller caller = admit.caller().orElseThrow();
        assertThat(gate.objection(caller)).isEmpty();
        later.set(true);
        now.set(caller.expiresAt().minusSeconds(seconds));
        assertThat(gate.objection(caller).map(Reason::name).orElse("")).isEqualTo(objection);
    }

    private static String outcome(Revocations revocations, String path, TokenBuilder token) {
        return Gates.outcome(gate(revocations).admit(FakeRequest.get(path).bearing(token.text())));
    }

    @ParameterizedTest(name = "{0}, sid {1} -> {2}")
    @CsvSource({
        "/, here, alice",
        "/, gone, 401 invalid_token",
        "/public, here, alice",
        "/public, gone, 401 invalid_token"
    })
    void refusesWhatWasRevoked(String path, String session, String outcome) {
        assertThat(outcome(BY_SESSION, path, Gates.VALID.claim("sid", session))).isEqualTo(outcome);
    }

    @Test
    void refusesItForEachIssuer() {
        TokenBuilder other =
                TokenBuilder.signedBy(TestKey.otherRsa()).at(Gates.NOW).issuer(B);
        assertThat(outcome(BY_SESSION, "/", other.claim("sid", "here"))).isEqualTo("alice");
        assertThat(outcome(BY_SESSION, "/", other.claim("sid", "gone"))).isEqualTo("401 invalid_token");
    }

    @Test
    void saysSo() {
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            Answer.Reply reply = (Answer.Reply) gate(BY_SESSION)
                    .admit(FakeRequest.get("/")
                            .bearing(Gates.VALID.claim("sid", "gone").text()));
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.fields())
                    .containsExactly(
                            new Field("Cache-Control", "no-store"),
                            new Field(
                                    "WWW-Authenticate",
                                    "Bearer error=\"invalid_token\", error_description=\"The token was revoked\""));
            assertThat(log.lines())
                    .containsExactly("Refused with 401: REVOKED (sid); issuer https://issuer.example, kid \""
                            + Gates.KEY.keyId() + "\", alg RS256");
        }
    }

    @Test
    void cannotTellWithoutKnowing() {
        try (LogLines log = LogLines.of("io.mapae.refusal")) {
            Answer.Reply reply =
                    (Answer.Reply) gate(UNKNOWN).admit(FakeRequest.get("/").bearing(Gates.VALID.text()));
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.fields())
                    .containsExactly(new Field("Cache-Control", "no-store"), new Field("Retry-After", "1"));
            assertThat(log.lines())
                    .containsExactly("Refused with 503: REVOCATIONS_OUT_OF_REACH (revocations: no route); issuer"
                            + " https://issuer.example, kid \"" + Gates.KEY.keyId() + "\", alg RS256");
        }
    }

    /** Only what was good otherwise is in doubt. */
    @Test
    void refusesBadTokensAllTheSame() {
        assertThat(outcome(UNKNOWN, "/", Gates.VALID.expiresIn(-60))).isEqualTo("401 invalid_token");
        assertThat(outcome(UNKNOWN, "/", Gates.VALID.signedWith(TestKey.otherRsa(), "RS256")))
                .isEqualTo("401 invalid_token");
        assertThat(Gates.outcome(gate(UNKNOWN).admit(FakeRequest.get("/public"))))
                .isEqualTo("nobody");
        assertThat(Gates.outcome(gate(UNKNOWN).admit(FakeRequest.get("/")))).isEqualTo("401");
        assertThat(Optional.of(outcome(UNKNOWN, "/public", Gates.VALID))).hasValue("503");
    }
}
