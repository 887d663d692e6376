package io.mapae.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that were made to say something else than who may come in (RFC 8725 §3.11). */
class OtherPurposeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "logout+jwt",
                "LOGOUT+JWT",
                "application/logout+jwt",
                "dpop+jwt",
                "rt+jwt",
                "refresh+jwt",
                "secevent+jwt",
                "id_token+jwt"
            })
    void noSettingLetsTheirTypesIn(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Policy.Types(Set.of("JWT", type), true))
                .withMessageStartingWith("types of access tokens, never [");
    }

    /** OpenID Connect Back-Channel Logout 1.0 §2.4 only recommends a type of its own. */
    @ParameterizedTest(name = "typ {0}")
    @CsvSource({"JWT", "at+jwt"})
    void aLogoutTokenIsNoAccessToken(String type) {
        assertThat(new Given()
                        .refusal(Given.token()
                                .type(type)
                                .claim(
                                        "events",
                                        Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))))
                .isEqualTo("NOT_AN_ACCESS_TOKEN events");
    }

    @Test
    void aTokenWithoutTypeMayBeOneToo() {
        assertThat(new Given().refusal(Given.token().withoutHeader("typ").claim("events", Map.of())))
                .isEqualTo("NOT_AN_ACCESS_TOKEN events");
    }
}
