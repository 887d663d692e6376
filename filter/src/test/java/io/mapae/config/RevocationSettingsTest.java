package io.mapae.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with where revoked tokens are written down. */
class RevocationSettingsTest {
    @Test
    void thereIsNoneUnlessItIsSet() {
        assertThat(new Place().read().revocations()).isEmpty();
    }

    /** Drivers find nothing wrong before they connect, and nothing connects before the start. */
    @Test
    void connectsToNothing() {
        assertThat(Place.with("revocation", "jdbc:h2:tcp://localhost:1/none").problems())
                .isEmpty();
        assertThat(Place.with("revocation", "jdbc:h2:tcp://localhost:1/none")
                        .read()
                        .revocations())
                .isPresent();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            redis://:s3cr3t@host  | needs mapae-token-store-redis
            jdbc:none:s3cr3t      | no JDBC driver takes that address
            java:comp/env/s3cr3t  | no DataSource has that JNDI name
            s3cr3t                | expected service:, jdbc:…, java:…, redis:… or what a service io.mapae.revocation.RevocationProvider is called
            """)
    void concealsWhatIsWrong(String location, String problem) {
        assertThat(Place.with("revocation", location).problems())
                .isEqualTo("revocation (filter init-param revocation): " + problem);
    }

    @ParameterizedTest(name = "{0} = {1} -> good: {2}")
    @CsvSource({
        "revocation.max-stale, PT0S, true",
        "revocation.max-stale, PT-0.001S, false",
        "revocation.max-stale, P1D, true",
        "revocation.max-stale, PT24H0.001S, false",
        "revocation.poll, PT0.1S, true",
        "revocation.poll, PT0.099S, false",
        "revocation.poll, PT1M, true",
        "revocation.poll, PT1M0.001S, false"
    })
    void boundsTimes(String setting, String value, boolean good) {
        assertThat(Place.with(setting, value).problems().isEmpty()).isEqualTo(good);
    }
}
