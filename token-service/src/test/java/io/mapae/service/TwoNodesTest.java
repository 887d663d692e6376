package io.mapae.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.config.LocalService;
import io.mapae.config.Surroundings;
import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenReader;
import io.mapae.service.account.Account;
import io.mapae.service.jdbc.TestDatabase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.InstanceNotFoundException;
import javax.management.ObjectName;
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

    /** The other reads what there is as rarely as it may. */
    @Test
    void aCommandOnJmxCostsNobodyATokenAtEitherNode() throws Exception {
        String url = TestDatabase.H2.url();
        try (TokenService one = start(url, "/one");
                TokenService other = start(url, "/other")) {
            List<TokenService> nodes = List.of(one, other);
            List<String> alive = new ArrayList<>();
            Set<String> signers = new LinkedHashSet<>();
            for (int minute = 0; minute < 60; minute++) {
                if (minute == 5) {
                    assertThat(rotateNow("/one"))
                            .isEqualTo("the next key is published, and signs from 2026-03-01T12:25:00Z");
                    assertThat(attribute("/one", "NextTakeover")).isEqualTo("2026-03-01T12:25:00Z");
                }
                for (TokenService node : nodes) {
                    alive.add(token(node));
                    signers.add(keyOf(node));
                }
                for (TokenService node : nodes) {
                    assertThat(alive)
                            .as("at minute %s", minute)
                            .allSatisfy(token -> assertThat(isGood(token, node)).isTrue());
                }
                if (minute >= 10) {
                    alive.subList(0, 2).clear(); // expired
                }
                now.updateAndGet(time -> time.plusSeconds(60));
                one.keys().tick();
                if (minute % 9 == 0) {
                    other.keys().tick();
                }
            }
            assertThat(signers).hasSize(2);
            assertThat(attribute("/one", "SigningKeyId")).isEqualTo(keyOf(one));
            assertThat((String[]) attribute("/one", "KeyIds")).containsExactly(keyOf(one));
            assertThat(attribute("/other", "NextTakeover")).isEqualTo("2026-03-31T12:25:00Z");
        }
        assertThatThrownBy(() -> rotateNow("/one")).isInstanceOf(InstanceNotFoundException.class);
    }

    private static Object rotateNow(String application) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .invoke(bean(application), "rotateNow", new Object[0], new String[0]);
    }

    private static Object attribute(String application, String name) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(bean(application), name);
    }

    private static ObjectName bean(String application) throws Exception {
        return new ObjectName("io.mapae:type=SigningKeys,application=" + ObjectName.quote(application));
    }

    private static boolean isGood(String text, TokenService node) throws IOException {
        SignedToken token = new TokenReader().read(text).fold(read -> read, (flaw, member) -> {
            throw new AssertionError(flaw);
        });
        return node.keys().candidates(token.header()).stream().anyMatch(token::isSignedBy);
    }

    private TokenService start(String url) {
        return start(url, "");
    }

    private TokenService start(String url, String contextPath) {
        Map<String, String> settings = Map.of(
                "service.issuer", "https://app.example/auth",
                "service.audience", "https://api.example",
                "service.algorithm", "ES256",
                "service.key-secret", Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]),
                "service.datasource", url);
        Surroundings around =
                Surroundings.of(settings, Map.of(), Map.of(), getClass().getClassLoader());
        return TokenService.start(contextPath, around, new LocalService(), clock);
    }

    /** The {@code kid} of a token that the node issues now. */
    private String keyOf(TokenService node) throws Exception {
        String header =
                new String(Base64.getUrlDecoder().decode(token(node).split("\\.", 2)[0]), StandardCharsets.UTF_8);
        return header.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    private String token(TokenService node) throws Exception {
        return node.parts()
                .tokens()
                .issue(ALICE, Set.of(), List.of("https://api.example"), "session", clock.instant())
                .text();
    }
}
