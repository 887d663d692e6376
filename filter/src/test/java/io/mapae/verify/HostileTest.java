package io.mapae.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import io.mapae.testkit.Hostile;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final TestKey key = TestKey.rsa();
    private final TokenBuilder valid = TokenBuilder.signedBy(key).at(NOW);
    private final TokenVerifier verifier = verifier();

    private TokenVerifier verifier() {
        try {
            KeySource keys = KeyLocation.open(
                    TestKey.jwks(key), KeyFormat.JWK_SET, getClass().getClassLoader(), () -> NOW);
            Policy policy = new Policy(
                    TokenBuilder.ISSUER,
                    new Policy.Audience("aud", Set.of(TokenBuilder.AUDIENCE)),
                    Policy.ASYMMETRIC,
                    new Policy.Types(Set.of("at+jwt", "JWT"), true),
                    new Policy.Times(Duration.ofSeconds(30), Optional.empty(), Optional.empty()),
                    Set.of(),
                    Map.of(),
                    List.of("sub"),
                    8192);
            return new TokenVerifier(policy, keys, () -> NOW);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void acceptsTheValidOne() {
        assertThat(verifier.verify(valid.text())).isInstanceOf(Verdict.Accepted.class);
        assertThat(verifier.verify(valid.text(8192))).isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @EnumSource
    void refuses(Hostile hostile) {
        String outcome = verifier.verify(hostile.token(valid, key))
                .fold(a -> "accepted", r -> r.reason().name(), u -> "undecided");
        assertThat(outcome).isEqualTo(hostile.reason());
    }
}
