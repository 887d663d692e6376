package io.mapae.service.token;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimRulesTest {
    private static final String VALUE = "tiger";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss",
                "sub",
                "aud",
                "exp",
                "nbf",
                "iat",
                "jti",
                "client_id",
                "azp",
                "groups",
                "scope",
                "scp",
                "sid",
                "cnf",
                "act",
                "may_act",
                "token_use"
            })
    void theServicesOwnClaimsAreRefused(String name) {
        refused(Map.of(name, VALUE), "claim " + name + ": the service's own");
    }

    /** Below the top they mean nothing of the kind. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sub",
                "iss",
                "email",
                "name",
                "shipping",
                "spinning",
                "secretary",
                "secretariat",
                "opinion",
                "roles",
                "pwdless",
                "tokens",
                "keys",
                "acr",
                "auth_time",
                "",
                "ISS"
            })
    void othersAreTaken(String name) {
        assertThatCode(() -> ClaimRules.check(Map.of("profile", Map.of(name, VALUE))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "PASSWORD",
                "pass_word",
                "pass-word",
                "__password",
                "old_password",
                "passwordHash",
                "passwd",
                "secret",
                "secrets",
                "client_secret",
                "clientSecret",
                "pin",
                "PIN",
                "p-i-n",
                "pins",
                "credential",
                "credentials",
                "private_key",
                "privateKey",
                "PRIVATE-KEY",
                "private key",
                "privateKeyPem",
                "passphrase",
                "pwd",
                "user_pwd",
                "api_key",
                "otp",
                "totp",
                "cvv",
                "cvc"
            })
    void secretsAreRefusedAtAnyDepth(String name) {
        String message = "claim " + name + ": whoever holds a token can read it, so no secret may be in it";
        refused(Map.of(name, VALUE), message);
        refused(Map.of("profile", Map.of(name, VALUE)), message);
        refused(Map.of("profile", List.of(1, List.of(Map.of("a", Map.of(name, VALUE))))), message);
        refused(Collections.singletonMap(name, null), message);
    }

    static List<@Nullable Object> good() {
        return Arrays.asList(
                "",
                "a\uD83D\uDC0E",
                true,
                1,
                1L,
                (short) 1,
                (byte) 1,
                1.5,
                1.5f,
                BigInteger.TEN.pow(31),
                new BigDecimal("1.5"),
                null,
                List.of(),
                Map.of(),
                Arrays.asList(1, null),
                nested(15),
                members(256));
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatJsonCanSayIsTaken(@Nullable Object value) {
        Map<String, @Nullable Object> claims = new HashMap<>();
        claims.put("x", value);
        assertThatCode(() -> ClaimRules.check(claims)).doesNotThrowAnyException();
    }

    static List<List<Object>> bad() {
        String number = "a number that JSON has none for, or too long";
        String type = "neither a string, a number, a boolean, a list, a map nor null";
        return List.of(
                List.of(Double.NaN, number),
                List.of(Double.POSITIVE_INFINITY, number),
                List.of(Float.NaN, number),
                List.of(new AtomicInteger(1), number),
                List.of(BigInteger.TEN.pow(32), number),
                List.of("\uD83D", "half a character"),
                List.of('c', type),
                List.of(Duration.ZERO, type),
                List.of(new int[0], type),
                List.of(Set.of(), type),
                List.of(Map.of(1, 2), "a map whose keys are not strings"),
                List.of(nested(16), "nested too deeply"),
                List.of(members(257), "more than 256 members"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void anythingElseIsRefused(List<Object> value) {
        refused(Map.of("x", value.get(0)), "claim x: " + value.get(1));
        refused(Map.of("y", List.of(Map.of("x", List.of()), value.get(0))), "claim y: " + value.get(1));
    }

    @Test
    void namesAreShownWithoutWhatWouldBreakALine() {
        refused(
                Map.of("secret\n\u001B".repeat(40) + "secret", 1),
                "claim " + "secret??".repeat(8) + ": whoever holds a token can read it, so no secret may be in it");
    }

    private static Object nested(int depth) {
        Object value = 1;
        for (int i = 0; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }

    private static Map<String, Integer> members(int count) {
        Map<String, Integer> members = new HashMap<>();
        for (int i = 0; i < count; i++) {
            members.put("m" + i, i);
        }
        return members;
    }

    private static void refused(Map<String, ? extends @Nullable Object> claims, String message) {
        assertThatThrownBy(() -> ClaimRules.check(claims))
                .isInstanceOf(RefusedClaimException.class)
                .hasMessage(message);
    }
}
