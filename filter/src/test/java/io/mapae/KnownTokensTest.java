package io.mapae;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.config.Surroundings;
import io.mapae.http.Answer;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** From the settings of the cache to what JMX tells of it. */
class KnownTokensTest {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
    private static final String BEAN = "io.mapae:type=VerifiedTokens,application=\"known\"";

    private static Mapae start(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "issuer",
                TokenBuilder.ISSUER,
                "audience",
                TokenBuilder.AUDIENCE,
                "public-key",
                TestKey.rsa().publicJwk()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Mapae.start(
                "known", Surroundings.of(settings, Map.of(), Map.of(), KnownTokensTest.class.getClassLoader()));
    }

    private static String token(String subject) {
        return TokenBuilder.signedBy(TestKey.rsa()).subject(subject).text();
    }

    private static long told(String attribute) throws Exception {
        return ((Number) JMX.getAttribute(new ObjectName(BEAN), attribute)).longValue();
    }

    @Test
    void jmxTellsHowOftenATokenWasKnownAndForgetsThemOnDemand() throws Exception {
        try (Mapae mapae = start("cache.size", "7")) {
            String alice = token("alice");
            for (String token : List.of(alice, token("bob"), alice, alice)) {
                assertThat(mapae.gate().admit(new Bearing(token))).isInstanceOf(Answer.Admit.class);
            }
            assertThat(List.of(told("MaxTokens"), told("Tokens"), told("Misses"), told("Hits")))
                    .containsExactly(7L, 2L, 2L, 2L);
            assertThat(told("Bytes")).isBetween(1L, told("MaxBytes"));
            JMX.invoke(new ObjectName(BEAN), "forgetAll", null, null);
            assertThat(told("Tokens")).isZero();
        }
        assertThat(JMX.isRegistered(new ObjectName(BEAN))).isFalse();
    }

    @Test
    void tenThousandAreKnownUnlessTheSettingsSayOtherwise() throws Exception {
        try (Mapae mapae = start()) {
            assertThat(mapae.gate().admit(new Bearing(token("alice")))).isInstanceOf(Answer.Admit.class);
            assertThat(told("MaxTokens")).isEqualTo(10_000);
        }
        try (Mapae mapae = start("cache.enabled", "false")) {
            assertThat(mapae.gate().admit(new Bearing(token("alice")))).isInstanceOf(Answer.Admit.class);
            assertThat(JMX.isRegistered(new ObjectName(BEAN))).isFalse();
        }
    }
}
