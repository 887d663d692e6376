package io.mapae.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.Mapae;
import io.mapae.http.Answer;
import io.mapae.http.LogLines;
import io.mapae.jws.Engines;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the setting to who checks a token's signature. */
class CryptoProviderTest {
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static final String TOKEN = TokenBuilder.signedBy(TestKey.rsa()).text();

    /** Does RS256 as the JDK does, and counts. */
    private static final class Counting extends Provider {
        private static final long serialVersionUID = 1L;

        Counting() {
            super("Counting", "1", "for tests");
            Service jdk = Security.getProvider("SunRsaSign").getService("Signature", "SHA256withRSA");
            putService(new Service(this, "Signature", "SHA256withRSA", jdk.getClassName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
                    ASKED.incrementAndGet();
                    return jdk.newInstance(parameter);
                }
            });
        }
    }

    @BeforeEach
    void register() {
        Security.addProvider(new Counting());
        ASKED.set(0);
    }

    @AfterEach
    void remove() {
        Security.removeProvider("Counting");
    }

    private static boolean admits(Mapae mapae, String token) {
        return mapae.gate().identify(List.of("Bearer " + token)) instanceof Answer.Admit;
    }

    @Test
    void theNamedOneChecksTokens() {
        try (Mapae mapae =
                Mapae.start("", Place.with("crypto-provider", "Counting").surroundings())) {
            int atTheStart = ASKED.get();
            assertThat(admits(mapae, TOKEN)).isTrue();
            assertThat(ASKED.get()).isGreaterThan(atTheStart);
            assertThat(admits(
                            mapae,
                            TokenBuilder.signedBy(TestKey.otherRsa())
                                    .header("kid", TestKey.rsa().keyId())
                                    .text()))
                    .isFalse();
        }
    }

    /** Though the fast ones are within reach, too. */
    @Test
    void withJdkNobodyElseIsAsked() {
        Place place = Place.with("crypto-provider", "jdk");
        try (LogLines log = LogLines.of("io.mapae.jws");
                Mapae mapae = Mapae.start("", place.surroundings())) {
            assertThat(admits(mapae, TOKEN)).isTrue();
            assertThat(ASKED).hasValue(0);
            assertThat(log.lines()).isEmpty();
        }
        assertThat(place.read().engines()).isSameAs(Engines.jdk());
    }
}
