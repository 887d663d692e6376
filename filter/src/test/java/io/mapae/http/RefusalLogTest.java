package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Header;
import io.mapae.testkit.TestKey;
import io.mapae.verify.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalLogTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00.999Z");

    private final LogLines log = LogLines.of("io.mapae.refusal");
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final RefusalLog refusals = new RefusalLog(now::get);

    @AfterEach
    void close() {
        log.close();
    }

    private void refuse(int times) {
        IntStream.range(0, times).forEach(i -> refusals.log(401, Grounds.of(Reason.NO_TOKEN, "")));
    }

    private static Optional<Header> header(String kid) {
        return Optional.of(new Header(Algorithm.RS256, Optional.of(kid), Optional.of("secret-type")));
    }

    private String line(Optional<Header> header, String detail) {
        refusals.log(401, new Grounds(Reason.BAD_SIGNATURE, Optional.of("https://issuer.example"), header, detail));
        assertThat(log.lines()).hasSize(1);
        return log.lines().get(0);
    }

    @Test
    void saysReasonIssuerKidAlgorithmAndDetail() {
        assertThat(line(Optional.empty(), ""))
                .isEqualTo("Refused with 401: BAD_SIGNATURE; issuer https://issuer.example");
    }

    @Test
    void saysTheHeader() {
        assertThat(line(header("k1"), "exp, 74 s ago"))
                .isEqualTo("Refused with 401: BAD_SIGNATURE (exp, 74 s ago); issuer https://issuer.example,"
                        + " kid \"k1\", alg RS256");
    }

    @Test
    void saysThatThereIsNoKid() {
        assertThat(line(Optional.of(new Header(Algorithm.ED25519, Optional.empty(), Optional.empty())), ""))
                .isEqualTo("Refused with 401: BAD_SIGNATURE; issuer https://issuer.example, kid none, alg EdDSA");
    }

    @ParameterizedTest(name = "kid {0} -> {1}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            abc-._~!,                       abc-._~!
            a<lf>2026 INFO Refused,         a\\u000a2026\\u0020INFO\\u0020Refused
            a<cr><lf>b,                     a\\u000d\\u000ab
            a"b,                            a\\u0022b
            a\\b,                           a\\u005cb
            <esc>[2J,                       \\u001b[2J
            a b,                            a\\u0020b
            <tab>,                          \\u0009
            <nul>,                          \\u0000
            <del>,                          \\u007f
            <csi>,                          \\u009b
            <line>,                         \\u2028
            <override>,                     \\u202e
            ä,                              \\u00e4
            <face>,                         \\ud83d\\ude00
            {0}%s${jndi:ldap://x},          \\u007b0\\u007d%s\\u0024\\u007bjndi:ldap://x\\u007d
            ``,                             ``
            """)
    void aKidCannotBreakTheLine(String kid, String shown) {
        String foreign = kid.replace("<lf>", "\n")
                .replace("<cr>", "\r")
                .replace("<esc>", "\u001B")
                .replace("<tab>", "\t")
                .replace("<nul>", "\0")
                .replace("<del>", "\u007F")
                .replace("<csi>", "\u009B")
                .replace("<line>", "\u2028")
                .replace("<override>", "\u202E")
                .replace("<face>", "\uD83D\uDE00");
        assertThat(line(header(foreign), ""))
                .isEqualTo("Refused with 401: BAD_SIGNATURE; issuer https://issuer.example, kid \"" + shown
                        + "\", alg RS256");
    }

    @ParameterizedTest(name = "{0} characters")
    @CsvSource({"63, 63, ''", "64, 64, ''", "65, 64, ...", "1024, 64, ..."})
    void aKidCannotFillTheLine(int length, int shown, String end) {
        assertThat(line(header("k".repeat(length)), ""))
                .contains(", kid \"" + "k".repeat(shown) + end + "\", alg RS256");
    }

    @Test
    void theMessageIsNoFormat() {
        refusals.log(401, new Grounds(Reason.BAD_SIGNATURE, Optional.empty(), header("{0}"), ""));
        LogRecord record = log.records().get(0);
        assertThat(record.getParameters()).isNullOrEmpty();
        assertThat(record.getThrown()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"400, INFO", "401, INFO", "403, INFO", "503, WARNING"})
    void anOutageIsAWarning(int status, String level) {
        refusals.log(status, Grounds.of(Reason.NO_TOKEN, ""));
        assertThat(log.records()).extracting(LogRecord::getLevel).containsExactly(Level.parse(level));
    }

    @ParameterizedTest(name = "{0} refusals in a second: {1} lines")
    @CsvSource({"1, 1", "99, 99", "100, 100", "101, 100", "1000, 100"})
    void aHundredLinesASecond(int refused, int lines) {
        refuse(refused);
        assertThat(log.lines()).hasSize(lines);
    }

    @ParameterizedTest(name = "{0} refusals before: {1}")
    @CsvSource({"100, ''", "101, '; 1 more before, not logged'", "350, '; 250 more before, not logged'"})
    void theNextSecondTellsOfTheUnlogged(int before, String told) {
        refuse(before);
        now.set(START.plusMillis(1));
        refuse(2);
        List<String> after = log.lines().subList(100, 102);
        String plain = "Refused with 401: NO_TOKEN";
        assertThat(after).containsExactly(plain + told, plain);
    }

    @Test
    void toldOnce() {
        refuse(101);
        now.set(START.plusSeconds(1));
        refuse(1);
        now.set(START.plusSeconds(2));
        refuse(1);
        assertThat(log.lines().get(101)).doesNotContain("more");
    }

    @Test
    void aSecondIsOneOfTheClock() {
        refuse(60);
        now.set(START.plusMillis(1));
        refuse(100);
        assertThat(log.lines()).hasSize(160);
    }

    @Test
    void manyThreadsAreCountedTogether() {
        IntStream.range(0, 500).parallel().forEach(i -> refusals.log(401, Grounds.of(Reason.NO_TOKEN, "")));
        assertThat(log.lines()).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/a//b", "/public"})
    void theGateLogsEachRefusalOnce(String target) {
        Gates.withRules("/public deny").admit(FakeRequest.get(target));
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void theGateLogsNoAdmission() {
        Gates.withRules("/public permit").admit(FakeRequest.get("/public"));
        Gates.withRules("").admit(FakeRequest.get("/").bearing(Gates.VALID.text()));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void theGateSaysHowFarATimeWasOff() {
        Gates.withRules("")
                .admit(FakeRequest.get("/").bearing(Gates.VALID.expiresIn(-74).text()));
        Gates.withRules("")
                .admit(FakeRequest.get("/").bearing(Gates.VALID.notBeforeIn(31).text()));
        assertThat(log.lines())
                .containsExactly(
                        "Refused with 401: EXPIRED (exp, 74 s ago); issuer https://issuer.example, kid \"rsa\", alg RS256",
                        "Refused with 401: NOT_YET_VALID (nbf, in 31 s); issuer https://issuer.example, kid \"rsa\", alg RS256");
    }

    @Test
    void theGateSaysNothingForeignButTheKid() {
        String forged = Gates.VALID
                .header("kid", "x\n2026-03-01 INFO all is well")
                .subject("secret-subject")
                .signedWith(TestKey.otherRsa(), "RS256")
                .text();
        Gates.withRules("").admit(FakeRequest.get("/secret-path").bearing(forged));
        assertThat(log.lines())
                .containsExactly("Refused with 401: NO_MATCHING_KEY; issuer https://issuer.example,"
                        + " kid \"x\\u000a2026-03-01\\u0020INFO\\u0020all\\u0020is\\u0020well\", alg RS256");
    }
}
