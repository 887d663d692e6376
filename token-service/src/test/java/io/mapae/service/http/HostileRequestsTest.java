package io.mapae.service.http;

import static io.mapae.service.http.Service.bearer;
import static io.mapae.service.http.Service.cookie;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.service.http.Service.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever wants more than they may have. */
@Timeout(120)
class HostileRequestsTest {
    private static Service service;

    @BeforeAll
    static void start() throws Exception {
        service = new Service(Map.of(
                "service.throttle-source", "4",
                "service.throttle-account", "1000",
                "service.trusted-proxies", "127.0.0.1, 2001:db8::1",
                "role-mapping", "user=guest",
                "rules", "/who role guest ticket; /auth/admin/** role admin; /** authenticated"));
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    private static String[] basic(String credentials) {
        return new String[] {
            "Authorization",
            "basic  " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
        };
    }

    // tickets

    @Test
    void aTicketIsWorthWhatItsTokenIs() throws Exception {
        Answer login = service.login("alice", "");
        assertThat(service.get("/who", bearer(login)).status()).isEqualTo(200);
        String ticket = service.post("/auth/ticket", "path=/who", bearer(login)).member("ticket");
        assertThat(service.get("/who?ticket=" + ticket).body()).isEqualTo("alicefalse"); // roles as they were mapped
    }

    @Test
    void aTokenForOthersBuysNoTicket() throws Exception {
        Answer login = service.login("alice", "resource=https://other.example");
        assertThat(service.get("/who", bearer(login)).status()).isEqualTo(401);
        assertThat(service.get("/auth/sessions", bearer(login)).status()).isEqualTo(200);
        assertThat(service.post("/auth/ticket", "path=/who", bearer(login)).outcome())
                .isEqualTo("401 invalid_token");
    }

    @Test
    void nobodyTakesTheTicketsOfOthers() throws Exception {
        Answer login = service.login("bob", "");
        for (int i = 0; i < 100; i++) {
            assertThat(service.post("/auth/ticket", "path=/who", bearer(login)).status())
                    .isEqualTo(200);
        }
        Answer refused = service.post("/auth/ticket", "path=/who", bearer(login));
        assertThat(refused.outcome()).isEqualTo("429 slow_down");
        assertThat(refused.header("Retry-After")).isEqualTo("30");
        assertThat(service.post("/auth/ticket", "path=/who", bearer(service.login("alice", "")))
                        .status())
                .isEqualTo(200);
    }

    // what is asked for

    @ParameterizedTest
    @ValueSource(strings = {"login", "refresh"})
    void scopesWithoutEndAreNone(String endpoint) throws Exception {
        String form = "username=alice, password=correct horse, refresh_token=" + "x".repeat(96);
        assertThat(service.post("/auth/" + endpoint, form + ", scope=" + "a ".repeat(5000) + "a")
                        .outcome())
                .isEqualTo("400 invalid_scope");
    }

    @Test
    void scopesThatWereTakenAwayAreGone() throws Exception {
        try (Service own = new Service(Map.of())) {
            Answer login = own.login("alice", "");
            assertThat(own.<Boolean>accounts(accounts -> accounts.allow("alice", Set.of("read"))))
                    .isTrue();
            Answer refreshed = own.post("/auth/refresh", "scope=read write", cookie(login.cookie()));
            assertThat(refreshed.member("scope")).isEqualTo("read");
        }
    }

    /** A database outlives settings. */
    @Test
    void audiencesThatWereTakenAwayAreGone() throws Exception {
        try (Service before = new Service(Map.of())) {
            Answer both = before.login("alice", "refresh_transport=body");
            Answer other = before.login("alice", "refresh_transport=body, resource=https://other.example");
            Map<String, String> fewer =
                    Map.of("service.datasource", before.url, "service.audience", "https://api.example");
            try (Service after = new Service(fewer)) {
                String gone = ", resource=https://other.example";
                assertThat(after.post("/auth/refresh", "refresh_token=" + both.member("refresh_token") + gone)
                                .outcome())
                        .isEqualTo("400 invalid_target");
                Answer refreshed = after.post("/auth/refresh", "refresh_token=" + both.member("refresh_token"));
                assertThat(refreshed.status()).isEqualTo(200);
                assertThat(after.get("/who", bearer(refreshed)).status()).isEqualTo(200);
                assertThat(after.post("/auth/refresh", "refresh_token=" + other.member("refresh_token"))
                                .outcome())
                        .isEqualTo("400 invalid_grant");
            }
        }
    }

    @Test
    void theSamePasswordIsNoNewOne() throws Exception {
        Answer login = service.login("alice", "");
        String same = "password=correct horse, new_password=correct horse";
        assertThat(service.post("/auth/password", same, bearer(login)).outcome())
                .isEqualTo("400 invalid_request");
        Answer forced = service.post("/auth/login", "username=dora, " + same);
        assertThat(forced.outcome()).isEqualTo("400 invalid_request");
        assertThat(forced.member("error_description")).isEqualTo("new_password is the old one");
    }

    @ParameterizedTest
    @CsvSource({
        "everywhere=true&x=1, 204, 400",
        "x=1&everywhere=true, 204, 400",
        "everywhere=true&, 204, 400",
        "everywhere=false, 204, 200",
        "x=everywhere=true, 204, 200",
        "everywhere=TRUE, 400, 200",
        "everywhere=1, 400, 200",
        "everywhere, 400, 200",
        "everywhere=true&everywhere=true, 400, 200"
    })
    void everywhereIsSaidClearly(String query, int status, int others) throws Exception {
        Answer one = service.login("alice", "refresh_transport=body");
        Answer other = service.login("alice", "refresh_transport=body");
        assertThat(service.post("/auth/logout?" + query, "refresh_token=" + one.member("refresh_token"))
                        .status())
                .isEqualTo(status);
        assertThat(service.post("/auth/refresh", "refresh_token=" + other.member("refresh_token"))
                        .status())
                .isEqualTo(others);
    }

    // what was revoked

    @Test
    void aRevokedTokenStillEndsItsSession() throws Exception {
        Answer login = service.login("alice", "");
        assertThat(service.post("/auth/revoke", "token=" + login.member("access_token"))
                        .status())
                .isEqualTo(200);
        assertThat(service.get("/auth/sessions", bearer(login)).outcome()).isEqualTo("401 invalid_token");
        assertThat(service.post("/auth/logout", "", bearer(login)).status()).isEqualTo(204);
        assertThat(service.post("/auth/refresh", "", cookie(login.cookie())).outcome())
                .isEqualTo("400 invalid_grant");
    }

    @Test
    void theTokensOfADisabledAccountAreNotActive() throws Exception {
        try (Service own = new Service(Map.of())) {
            Answer login = own.login("alice", "refresh_transport=body");
            String form = "token=" + login.member("refresh_token");
            String[] client = basic("board:a secret of board");
            assertThat(own.post("/auth/introspect", form, client).member("active"))
                    .isEqualTo("true");
            assertThat(own.<Boolean>accounts(accounts -> accounts.disable("alice")))
                    .isTrue();
            assertThat(own.post("/auth/introspect", form, client).body()).isEqualTo("{\"active\":false}");
            assertThat(own.<Boolean>accounts(accounts -> accounts.enable("alice")))
                    .isTrue();
            assertThat(own.post("/auth/introspect", form, client).body()).isEqualTo("{\"active\":false}");
            assertThat(own.post("/auth/refresh", "refresh_token=" + login.member("refresh_token"))
                            .outcome())
                    .isEqualTo("400 invalid_grant");
        }
    }

    // who asks

    @Test
    void whatIsBelowTheServicesPathNeedsItsRule() throws Exception {
        assertThat(service.get("/auth/admin/x").status()).isEqualTo(401);
        assertThat(service.get("/auth/admin/x", bearer(service.login("alice", "")))
                        .status())
                .isEqualTo(403);
        assertThat(service.get("/auth/other").status()).isEqualTo(401);
        assertThat(service.get("/auth/other", bearer(service.login("alice", "")))
                        .outcome())
                .isEqualTo("404 not_found");
    }

    /** Each row is a source of its own; five guesses, and the sixth is one too many, however it is written. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.9:1000           | 192.0.2.9:1001              | 429",
                "192.0.2.10               | ::ffff:192.0.2.10           | 429",
                "2001:db8:0:1::1          | [2001:0db8::1:0:0:0:2]:80   | 429",
                "192.0.2.11, 2001:db8::1  | 192.0.2.11, 2001:DB8:0::1   | 429",
                "192.0.2.12               | 192.0.2.13                  | 400"
            })
    void aSourceIsOneHoweverItIsWritten(String address, String again, int status) throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(guess(address).status()).isEqualTo(400);
        }
        assertThat(guess(again).status()).isEqualTo(status);
    }

    private static Answer guess(String address) throws Exception {
        return service.post("/auth/login", "username=bob, password=wrong", "X-Forwarded-For", address);
    }

    @ParameterizedTest
    @CsvSource({"board:a secret of board, 200", "board:, 401", "board:wrong, 401", "'board', 401", ":, 401"})
    void clientsHaveSecrets(String credentials, int status) throws Exception {
        assertThat(service.post("/auth/introspect", "token=x", basic(credentials))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void whatOnlyReadsMayComeFromElsewhere() throws Exception {
        for (String method : new String[] {"GET", "HEAD"}) {
            assertThat(service.send(method, "/auth/jwks.json", "", new byte[0], "Origin", "https://evil.example")
                            .status())
                    .isEqualTo(200);
        }
    }
}
