package io.mapae.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.config.LocalService;
import io.mapae.config.Surroundings;
import io.mapae.service.account.Account;
import io.mapae.service.jdbc.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TwoNodesTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Account ALICE = new Account("alice", Set.of(), Set.of(), false, false);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InstantSource clock = now::get;

    @Test
    void aKeyThatOneNodeMadeIsKnownAtTheOther() throws Exception {
        String url = TestDatabase.H2.url();
        try (TokenService one = start(url);
                TokenService other = start(url)) {
            String first = keyOf(one);
            assertThat(other.keys().published().jwkSet()).contains(first);
            Instant takesOver = one.keys().rotate().orElseThrow();
            other.keys().tick();
            now.set(takesOver);
            one.keys().tick();
            String second = keyOf(one);
            assertThat(second).isNotEqualTo(first);
            assertThat(other.keys().published().jwkSet()).contains(first).contains(second);
        }
    }

    private TokenService start(String url) {
        Map<String, String> settings = Map.of(
                "service.issuer", "https://app.example/auth",
                "service.audience", "https://api.example",
                "service.algorithm", "ES256",
                "service.key-secret", Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]),
                "service.datasource", url);
        Surroundings around =
                Surroundings.of(settings, Map.of(), Map.of(), getClass().getClassLoader());
        return TokenService.start("", around, new LocalService(), clock);
    }

    /** The {@code kid} of a token that the node issues now. */
    private String keyOf(TokenService node) throws Exception {
        String token = node.parts()
                .tokens()
                .issue(ALICE, Set.of(), List.of("https://api.example"), "session", clock.instant())
                .text();
        String header = new String(Base64.getUrlDecoder().decode(token.split("\\.", 2)[0]), StandardCharsets.UTF_8);
        return header.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }
}
