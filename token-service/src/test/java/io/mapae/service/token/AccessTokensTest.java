package io.mapae.service.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.jws.Engines;
import io.mapae.jws.Json;
import io.mapae.service.StoreException;
import io.mapae.service.account.Account;
import io.mapae.service.jdbc.H2;
import io.mapae.service.jdbc.JdbcKeys;
import io.mapae.service.key.Rollover;
import io.mapae.service.key.SigningAlgorithm;
import io.mapae.service.key.SigningKeys;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.sql.SQLException;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokensTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.900Z");
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Account ALICE =
            new Account("Alice Müller", Set.of("user", "admin"), Set.of("read", "write"), false, false);

    private static final SigningKeys KEYS = keys();

    private final AccessTokens.Options options = new AccessTokens.Options("https://as.example/auth", "mapae", LIFETIME);
    private final List<String> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord logRecord) {
            logged.add(MessageFormat.format(logRecord.getMessage(), logRecord.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("io.mapae.service").addHandler(log);
    }

    @AfterEach
    void listenNoMore() {
        Logger.getLogger("io.mapae.service").removeHandler(log);
    }

    /** RFC 9068 §2.2, with our sid and, as roles, groups (§2.2.3.1). */
    @Test
    void saysWhatRfc9068Demands() throws Exception {
        AccessToken token = tokens(0.5).issue(ALICE, Set.of("write", "read"), List.of("api"), "session", AT);
        assertThat(payload(token))
                .isEqualTo("{\"iss\":\"https://as.example/auth\",\"sub\":\"Alice Müller\",\"aud\":\"api\","
                        + "\"exp\":1772367000,\"iat\":1772366400,\"jti\":\"" + token.id()
                        + "\",\"client_id\":\"mapae\","
                        + "\"groups\":[\"admin\",\"user\"],\"scope\":\"read write\",\"sid\":\"session\"}");
        assertThat(token.expires()).isEqualTo(Instant.ofEpochSecond(1772367000));
    }

    @Test
    void namesSeveralAudiencesInAnArrayAndNoScopeAtAll() throws Exception {
        Map<String, @Nullable Object> claims =
                claims(tokens(0.5).issue(ALICE, Set.of(), List.of("b", "a"), "session", AT));
        assertThat(claims.get("aud")).isEqualTo(List.of("b", "a"));
        assertThat(claims).doesNotContainKey("scope");
    }

    @Test
    void namesNoRolesInAnEmptyArray() throws Exception {
        Account nobody = new Account("bob", Set.of(), Set.of(), false, false);
        assertThat(claims(tokens(0.5).issue(nobody, Set.of(), List.of("api"), "session", AT))
                        .get("groups"))
                .isEqualTo(List.of());
    }

    @Test
    void isForSomebody() {
        assertThatThrownBy(() -> tokens(0.5).issue(ALICE, Set.of(), List.of(), "session", AT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // times

    /** From the whole second before it is issued; what the client is told is never more than what is left. */
    @ParameterizedTest(name = "random {0}: lives for {1} s, tells {2} s")
    @CsvSource({"0, 570, 569", "0.5, 600, 599", "0.99999999, 629, 628"})
    void livesFiveInAHundredMoreOrLess(double random, long lives, long told) throws Exception {
        AccessToken token = tokens(random).issue(ALICE, Set.of(), List.of("api"), "session", AT);
        assertThat(token.expires().getEpochSecond() - AT.getEpochSecond()).isEqualTo(lives);
        assertThat(token.lifetimeSeconds()).isEqualTo(told);
    }

    @Test
    void neverLivesLongerThanItsLongestLifetime() throws Exception {
        assertThat(AccessTokens.longest(LIFETIME)).isEqualTo(Duration.ofSeconds(630));
        AccessTokens tokens = new AccessTokens(options, KEYS, List.of());
        Set<Long> lifetimes = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            AccessToken token = tokens.issue(ALICE, Set.of(), List.of("api"), "session", AT);
            lifetimes.add(token.expires().getEpochSecond() - AT.getEpochSecond());
            ids.add(token.id());
        }
        assertThat(lifetimes)
                .allMatch(seconds -> seconds >= 570 && seconds <= 630)
                .hasSizeGreaterThan(40);
        assertThat(ids).hasSize(1000).allMatch(id -> Base64.getUrlDecoder().decode(id).length == 16);
    }

    @Test
    void aLifetimeHasASecondAtLeast() {
        assertThatThrownBy(() -> new AccessTokens.Options("i", "c", Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // what applications add

    @Test
    void takesWhatApplicationsAdd() throws Exception {
        Map<String, @Nullable Object> added = new LinkedHashMap<>();
        added.put("text", "\"\\\u0000é\uD83D\uDC0E");
        added.put("numbers", Arrays.asList(1, 2L, new BigDecimal("1.50"), 0.5, null));
        added.put("nested", Map.of("truth", true));
        AccessTokens tokens = new AccessTokens(
                options,
                KEYS,
                List.of(
                        (account, scopes, audiences) -> added,
                        (account, scopes, audiences) -> Map.of("seen", account.name() + scopes + audiences)),
                new Fixed(0.5));
        AccessToken token = tokens.issue(ALICE, Set.of("read"), List.of("api"), "session", AT);
        Map<String, @Nullable Object> claims = claims(token);
        assertThat(payload(token)).contains("\"numbers\":[1,2,1.50,0.5,null]");
        assertThat(claims.get("text")).isEqualTo("\"\\\u0000é\uD83D\uDC0E");
        assertThat(claims.get("nested")).isEqualTo(Map.of("truth", true));
        assertThat(claims.get("seen")).isEqualTo("Alice Müller[read][api]");
    }

    @Test
    void refusesWhatDoesNotBelongThere() {
        assertThatThrownBy(() -> issue(Map.of("sub", "tiger")))
                .isInstanceOf(RefusedClaimException.class)
                .hasMessage("claim sub: the service's own");
        assertThatThrownBy(() -> issue(Map.of("password", "tiger")))
                .isInstanceOf(RefusedClaimException.class)
                .hasMessageStartingWith("claim password:")
                .hasMessageNotContaining("tiger");
    }

    @Test
    void refusesAClaimOfTwoMinds() {
        AdditionalClaims one = (account, scopes, audiences) -> Map.of("x", 1);
        AccessTokens tokens = new AccessTokens(options, KEYS, List.of(one, one));
        assertThatThrownBy(() -> tokens.issue(ALICE, Set.of(), List.of("api"), "session", AT))
                .isInstanceOf(RefusedClaimException.class)
                .hasMessage("claim x: given twice");
    }

    // what is shown

    @Test
    void warnsOfTokensThatGrow() throws Exception {
        AdditionalClaims big = (account, scopes, audiences) -> Map.of("x", "tiger".repeat(700));
        AccessTokens tokens = new AccessTokens(options, KEYS, List.of(big), new Fixed(0.5));
        List<Instant> times = List.of(AT, AT.plusSeconds(3599), AT.plusSeconds(3600), AT.plusSeconds(3601));
        for (Instant at : times) {
            tokens.issue(ALICE, Set.of(), List.of("api"), "session", at);
        }
        assertThat(logged)
                .hasSize(2)
                .allMatch(line -> line.startsWith("An access token of ") && !line.contains("tiger"));
    }

    @Test
    void saysNothingOfUsualTokens() throws Exception {
        tokens(0.5).issue(ALICE, Set.of("read"), List.of("api"), "session", AT);
        assertThat(logged).isEmpty();
    }

    @Test
    void printsNothingOfATokenOrAKey() throws Exception {
        AccessToken token = tokens(0.5).issue(ALICE, Set.of("read"), List.of("api"), "session", AT);
        assertThat(token).hasToString("AccessToken");
    }

    private static SigningKeys keys() {
        try (H2 h2 = new H2()) {
            return SigningKeys.open(
                    new JdbcKeys(h2.database()),
                    new byte[32],
                    SigningAlgorithm.ES256,
                    Rollover.every(Duration.ofDays(30), AccessTokens.longest(LIFETIME)),
                    Engines.jdk(),
                    () -> AT);
        } catch (SQLException | IOException | InvalidKeyException failure) {
            throw new AssertionError(failure);
        }
    }

    private AccessToken issue(Map<String, ? extends @Nullable Object> claims) throws StoreException {
        return new AccessTokens(options, KEYS, List.of((account, scopes, audiences) -> claims))
                .issue(ALICE, Set.of(), List.of("api"), "session", AT);
    }

    private AccessTokens tokens(double random) {
        return new AccessTokens(options, KEYS, List.of(), new Fixed(random));
    }

    private static String payload(AccessToken token) {
        return new String(Base64.getUrlDecoder().decode(token.text().split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> claims(AccessToken token) {
        return Json.object(payload(token).getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    /** Always the same. */
    private record Fixed(double value) implements RandomGenerator {
        @Override
        public long nextLong() {
            return 42;
        }

        @Override
        public double nextDouble() {
            return value;
        }
    }
}
