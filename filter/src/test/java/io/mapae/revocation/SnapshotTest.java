package io.mapae.revocation;

import static io.mapae.revocation.Given.NOW;
import static io.mapae.revocation.Given.revoked;
import static io.mapae.revocation.Given.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mapae.jws.Claims;
import io.mapae.revocation.Revocation.Kind;
import io.mapae.revocation.Snapshot.State;
import io.mapae.testkit.TokenBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {
    private final Given.Log log = new Given.Log();
    private final Given given = new Given();

    @AfterEach
    void close() {
        log.close();
    }

    private static Duration seconds(String seconds) {
        return Duration.parse("PT" + seconds + "S");
    }

    private String outcome(Revocation revocation, TokenBuilder token) {
        given.revocations.add(revocation);
        Snapshot snapshot = given.snapshot("PT5M");
        snapshot.read();
        return given.outcome(snapshot, token);
    }

    // what is denied

    @ParameterizedTest(name = "{0} = {1} -> {2}")
    @CsvSource({
        "JTI, j, jti", "JTI, s, good", "JTI, J, good",
        "SID, s, sid", "SID, j, good", "SID, 'j ', good",
        "SUB, alice, good", "SUB, Alice, good", "SUB, s, good"
    })
    void deniesByTheExactValueOfAClaim(Kind kind, String denied, String outcome) {
        assertThat(outcome(revoked(kind, denied), token())).isEqualTo(outcome);
    }

    /** The token is of 12:00:00. A login in the second of the revocation works. */
    @ParameterizedTest(name = "tokens issued before 12:00:00 {0} s -> {1}")
    @CsvSource({"-1, good", "-0.001, good", "0, good", "0.001, good", "0.999, good", "1, sub", "1.001, sub", "3600, sub"
    })
    void deniesASubjectsTokensOfEarlierSeconds(String before, String outcome) {
        Instant issuedBefore = NOW.plus(seconds(before));
        assertThat(outcome(new Revocation(Kind.SUB, "alice", issuedBefore, NOW.plusSeconds(600), NOW), token()))
                .isEqualTo(outcome);
    }

    @Test
    void takesTheWholeSecondOfAnIssueTimeWithAFraction() {
        Revocation revocation = new Revocation(Kind.SUB, "alice", NOW.plusMillis(500), NOW.plusSeconds(600), NOW);
        assertThat(outcome(revocation, token().claim("iat", NOW.getEpochSecond() + 0.1)))
                .isEqualTo("good");
        assertThat(outcome(revocation, token().claim("iat", NOW.getEpochSecond() - 0.1)))
                .isEqualTo("sub");
    }

    @Test
    void deniesWhatSaysNothingOfItsAge() {
        assertThat(outcome(revoked(Kind.SUB, "bob"), token().without("iat"))).isEqualTo("good");
        assertThat(outcome(revoked(Kind.SUB, "alice"), token().without("iat"))).isEqualTo("sub");
    }

    @Test
    void aClaimThatIsMissingOrNoTextIsNotRevoked() {
        assertThat(outcome(revoked(Kind.SID, "s"), token().without("sid"))).isEqualTo("good");
        assertThat(outcome(revoked(Kind.SID, "1"), token().claim("sid", 1))).isEqualTo("good");
    }

    @ParameterizedTest(name = "until {0} s from now -> {1}")
    @CsvSource({"1, sid", "0.001, sid", "0, sid", "-0.001, good", "-1, good"})
    void itsLastSecondCounts(String until, String outcome) {
        assertThat(outcome(new Revocation(Kind.SID, "s", NOW, NOW.plus(seconds(until)), NOW), token()))
                .isEqualTo(outcome);
    }

    @Test
    void isNeverTakenBack() {
        Snapshot snapshot = given.snapshot("PT5M");
        given.revocations.add(revoked(Kind.SID, "s"));
        snapshot.read();
        given.revocations.clear();
        snapshot.readAll();
        assertThat(given.outcome(snapshot, token())).isEqualTo("sid");
        given.pass(seconds("601"));
        for (int i = 0; i < 64; i++) {
            snapshot.read();
        }
        assertThat(given.outcome(snapshot, token())).isEqualTo("good");
        assertThat(snapshot.entries()).isZero();
    }

    // how long it serves

    @Test
    void knowsNothingBeforeItWasReadOnce() {
        Snapshot snapshot = given.snapshot("PT5M");
        assertThat(given.outcome(snapshot, token())).isEqualTo("unknown: revocations: not read yet");
        given.outage = new IOException("no route");
        given.revocations.add(revoked(Kind.SID, "s"));
        snapshot.read();
        assertThat(given.outcome(snapshot, token())).isEqualTo("unknown: revocations: no route");
        assertThat(snapshot.state()).isEqualTo(State.EMPTY);
        assertThat(snapshot.age()).isEmpty();
        given.outage = null;
        snapshot.read();
        assertThat(given.asked).containsExactly(Instant.EPOCH, Instant.EPOCH);
        assertThat(given.outcome(snapshot, token())).isEqualTo("sid");
        assertThat(snapshot.state()).isEqualTo(State.FRESH);
    }

    @ParameterizedTest(name = "max-stale {0}, source out of reach, {1} s after the last success -> {2}")
    @CsvSource({
        "PT5M, 0, STALE",
        "PT5M, 299.999, STALE",
        "PT5M, 300, DEAD",
        "PT5M, 300.001, DEAD",
        "PT0S, 0, DEAD",
        "PT0S, 1, DEAD",
        "PT1S, 0.999, STALE",
        "PT1S, 1, DEAD",
        "PT1S, 5, DEAD"
    })
    void servesThroughAnOutageForAWhile(String maxStale, String later, State state) {
        Snapshot snapshot = given.snapshot(maxStale);
        snapshot.read();
        given.pass(seconds(later));
        given.outage = new IOException("no route");
        snapshot.read();
        assertThat(snapshot.state()).isEqualTo(state);
        assertThat(given.outcome(snapshot, token()))
                .isEqualTo(state == State.STALE ? "good" : "unknown: revocations: no route");
        given.outage = null;
        snapshot.read();
        assertThat(snapshot.state()).isEqualTo(State.FRESH);
        assertThat(given.outcome(snapshot, token())).isEqualTo("good");
    }

    /** A poll is due after a second, and then it may take four. */
    @ParameterizedTest(name = "max-stale {0}, {1} s after a success, reading hangs -> {2}")
    @CsvSource({
        "PT0S, 4.999, FRESH", "PT0S, 5, DEAD", "PT4.999S, 4.999, FRESH", "PT4.999S, 5, DEAD",
        "PT5.001S, 5, FRESH", "PT5.001S, 5.001, DEAD", "PT5M, 299.999, FRESH", "PT5M, 300, DEAD"
    })
    void aReadingThatNeverEndsIsAnOutageToo(String maxStale, String later, State state) {
        Snapshot snapshot = given.snapshot(maxStale);
        snapshot.read();
        given.pass(seconds(later));
        assertThat(snapshot.state()).isEqualTo(state);
        assertThat(given.outcome(snapshot, token()))
                .isEqualTo(state == State.FRESH ? "good" : "unknown: revocations: no answer since " + NOW);
        assertThat(snapshot.age()).hasValue(seconds(later));
    }

    @Test
    void whatWasFoundBeforeAFailureCounts() {
        Snapshot snapshot = given.snapshot("PT5M");
        snapshot.read();
        given.outage = new IOException("half way");
        given.revocations.add(revoked(Kind.SID, "s"));
        snapshot.read();
        assertThat(given.outcome(snapshot, token())).isEqualTo("sid");
    }

    // what is asked for

    @Test
    void readsEverythingOnceAndThenWhatIsNew() {
        Snapshot snapshot = given.snapshot("PT5M");
        snapshot.read(); // nothing is there at all
        given.revocations.add(new Revocation(Kind.SID, "a", NOW, NOW.plusSeconds(600), NOW.minusSeconds(100)));
        snapshot.read();
        given.pass(seconds("1"));
        snapshot.read();
        given.revocations.add(new Revocation(Kind.SID, "b", NOW, NOW.plusSeconds(600), NOW));
        snapshot.read();
        snapshot.read();
        snapshot.readAll();
        assertThat(given.asked)
                .containsExactly(
                        Instant.EPOCH,
                        Instant.EPOCH,
                        NOW.minusSeconds(160),
                        NOW.minusSeconds(160),
                        NOW.minusSeconds(60),
                        Instant.EPOCH);
    }

    @Test
    void aWritersClockThatIsAheadHidesNothing() {
        Snapshot snapshot = given.snapshot("PT5M");
        given.revocations.add(new Revocation(Kind.SID, "a", NOW, NOW.plusSeconds(600), NOW.plusSeconds(3600)));
        snapshot.read();
        given.pass(seconds("10"));
        snapshot.read();
        assertThat(given.asked).containsExactly(Instant.EPOCH, NOW.minusSeconds(60));
    }

    @Test
    void readsWhatAnOutageHid() {
        Snapshot snapshot = given.snapshot("PT5M");
        given.revocations.add(new Revocation(Kind.SID, "a", NOW, NOW.plusSeconds(600), NOW));
        snapshot.read();
        given.outage = new IOException("no route");
        given.pass(seconds("1000"));
        snapshot.read();
        snapshot.read();
        assertThat(given.asked).containsExactly(Instant.EPOCH, NOW.minusSeconds(60), NOW.minusSeconds(60));
    }

    @Test
    void takesNewsInBetween() {
        Snapshot snapshot = given.snapshot("PT5M");
        snapshot.listen();
        snapshot.read();
        given.listeners.get(0).accept(revoked(Kind.SID, "s"));
        assertThat(given.outcome(snapshot, token())).isEqualTo("sid");
    }

    // what is told

    @Test
    void tellsOfEachChangeOnce() {
        Snapshot snapshot = given.snapshot("PT5M");
        given.outage = new IOException("no route");
        snapshot.read();
        snapshot.read();
        given.outage = null;
        given.revocations.add(revoked(Kind.SID, "s"));
        snapshot.read();
        snapshot.read();
        given.outage = new IOException("");
        snapshot.read();
        given.outage = null;
        given.bug = new IllegalStateException("password=secret");
        snapshot.read();
        snapshot.read();
        given.pass(seconds("300"));
        snapshot.read();
        snapshot.read();
        assertThat(log.lines())
                .containsExactly(
                        "WARNING Revocations are out of reach; every token gets 503: no route",
                        "INFO Revocations are here: 1",
                        "WARNING Revocations cannot be read; those of 2026-03-01T12:00:00Z serve until"
                                + " 2026-03-01T12:05:00Z: IOException",
                        "WARNING Revocations cannot be read; those of 2026-03-01T12:00:00Z serve until"
                                + " 2026-03-01T12:05:00Z: java.lang.IllegalStateException",
                        "SEVERE Revocations are too old, of 2026-03-01T12:00:00Z; every token gets 503:"
                                + " java.lang.IllegalStateException");
        assertThat(snapshot.counters()).isEqualTo(new Snapshot.Counters(9, 7));
        assertThat(revoked(Kind.SUB, "alice")).hasToString("Revocation[sub, until 2026-03-01T12:10:00Z]");
    }

    /** Three digests at most. */
    @Test
    void aCheckAllocatesNextToNothing() throws IOException {
        for (Kind kind : Kind.values()) {
            given.revocations.add(revoked(kind, "other"));
        }
        Snapshot snapshot = given.snapshot("PT5M");
        snapshot.read();
        Claims claims = Given.claims(token());
        assertThat(snapshot.of(claims, NOW)).isEmpty();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            snapshot.of(claims, NOW);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThanOrEqualTo(1000 * (3 * 32 + 32));
    }

    @Test
    void kindsAreNamedByTheirClaims() {
        assertThat(List.of("jti", "sid", "sub").stream().map(name -> Kind.named(name)))
                .extracting(kind -> kind.map(Kind::claim).orElse(""))
                .containsExactly("jti", "sid", "sub");
        assertThat(Kind.named("SID")).isEmpty();
    }
}
