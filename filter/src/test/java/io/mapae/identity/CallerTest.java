package io.mapae.identity;

import static io.mapae.identity.Verified.caller;
import static io.mapae.identity.Verified.mapping;
import static io.mapae.identity.Verified.paths;
import static io.mapae.identity.Verified.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mapae.testkit.TokenBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
    // what it is made of

    @Test
    void saysWhatTheTokenSays() {
        String text = token().claim("groups", List.of("staff", "admin", "staff"))
                .claim("scope", "read write")
                .text();
        Caller caller = mapping("groups", "scope").caller(Verified.verified(text, TokenBuilder.ISSUER, "sub"), text, 0);
        assertThat(caller.getName()).isEqualTo("alice");
        assertThat(caller.issuer()).isEqualTo(TokenBuilder.ISSUER);
        assertThat(caller.expiresAt()).isEqualTo(Verified.NOW.plusSeconds(300));
        assertThat(caller.roles()).containsExactlyInAnyOrder("staff", "admin");
        assertThat(caller.scopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(caller.token()).hasValue(text);
        assertThat(caller.claims().keySet())
                .containsExactly("iss", "sub", "aud", "iat", "exp", "jti", "groups", "scope");
    }

    @Test
    void isNamedByTheClaimOfThePolicy() {
        String text = token().claim("upn", "alice@example.org").text();
        Caller caller = mapping("groups", "scope").caller(Verified.verified(text, TokenBuilder.ISSUER, "upn"), text, 0);
        assertThat(caller.getName()).isEqualTo("alice@example.org");
    }

    @Test
    void hasNoRightsByDefault() {
        Caller caller = caller(token());
        assertThat(caller.roles()).isEmpty();
        assertThat(caller.scopes()).isEmpty();
    }

    @Test
    void takesRightsFromSeveralPlaces() {
        TokenBuilder token = token().claim("groups", List.of("a"))
                .claim("realm_access", Map.of("roles", List.of("b", "a")))
                .claim("scope", "s")
                .claim("scp", List.of("t"));
        Caller caller = caller(token, mapping("groups,realm_access/roles", "scope,scp"));
        assertThat(caller.roles()).containsExactlyInAnyOrder("a", "b");
        assertThat(caller.scopes()).containsExactlyInAnyOrder("s", "t");
    }

    @Test
    void takesRolesOfItsOwnAudiencesOnly() {
        TokenBuilder token = token().claim(
                        "resource_access",
                        Map.of("shop", Map.of("roles", List.of("buyer")), "bank", Map.of("roles", List.of("owner"))));
        CallerMapping mapping =
                new CallerMapping(paths("resource_access/{audience}/roles"), Map.of(), List.of(), Set.of("shop"));
        assertThat(caller(token, mapping).roles()).containsExactly("buyer");
    }

    @Test
    void mapsRolesButNoScopes() {
        TokenBuilder token = token().claim("groups", List.of("staff", "board-admin", "guest", "nobody"))
                .claim("scope", "staff");
        Map<String, Set<String>> names = Map.of(
                "staff",
                Set.of("user"),
                "board-admin",
                Set.of("admin", "user"),
                "nobody",
                Set.of(),
                "user",
                Set.of("x"));
        Caller caller = caller(token, new CallerMapping(paths("groups"), names, paths("scope"), Set.of()));
        assertThat(caller.roles()).containsExactlyInAnyOrder("user", "admin", "guest");
        assertThat(caller.scopes()).containsExactly("staff");
    }

    @Test
    void comesOfAMappingThatDoesNotChange() {
        Set<String> users = new HashSet<>(Set.of("user"));
        Map<String, Set<String>> names = new HashMap<>(Map.of("staff", users));
        CallerMapping mapping = new CallerMapping(paths("groups"), names, paths("scope"), Set.of());
        users.add("admin");
        names.put("guest", Set.of("admin"));
        assertThat(caller(token().claim("groups", List.of("staff", "guest")), mapping)
                        .roles())
                .containsExactlyInAnyOrder("user", "guest");
    }

    @Test
    void isImmutable() {
        Caller caller = caller(token().claim("groups", List.of("a")).claim("scope", "s"));
        for (Collection<?> collection :
                List.of(caller.roles(), caller.scopes(), caller.claims().keySet())) {
            assertThatThrownBy(collection::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void isFoundBehindAPrincipal() {
        Caller caller = caller(token());
        Principal stranger = () -> "alice";
        assertThat(Caller.of(caller)).containsSame(caller);
        assertThat(Caller.of(stranger)).isEmpty();
        assertThat(Caller.of(null)).isEmpty();
    }

    // claims by type

    static Stream<Arguments> claims() {
        BigInteger beyond = new BigInteger("9223372036854775808");
        return Stream.of(
                arguments("\"text\"", String.class, "text"),
                arguments("\"text\"", CharSequence.class, "text"),
                arguments("\"text\"", Object.class, "text"),
                arguments("\"5\"", Long.class, null),
                arguments("\"true\"", Boolean.class, null),
                arguments("5", String.class, null),
                arguments("true", Boolean.class, true),
                arguments("true", String.class, null),
                arguments("1", Boolean.class, null),
                arguments("[\"a\",1]", List.class, List.of("a", 1L)),
                arguments("[]", Collection.class, List.of()),
                arguments("[]", Set.class, null),
                arguments("[]", Map.class, null),
                arguments("{\"a\":1}", Map.class, Map.of("a", 1L)),
                arguments("{}", List.class, null),
                arguments("{}", String.class, null),
                arguments("{}", Long.class, null),
                // whole numbers
                arguments("5", Long.class, 5L),
                arguments("5.0", Long.class, 5L),
                arguments("5e2", Long.class, 500L),
                arguments("5.5", Long.class, null),
                arguments("9223372036854775807", Long.class, Long.MAX_VALUE),
                arguments("9223372036854775808", Long.class, null),
                arguments("-9223372036854775808", Long.class, Long.MIN_VALUE),
                arguments("-9223372036854775809", Long.class, null),
                arguments("5", Integer.class, 5),
                arguments("5.00", Integer.class, 5),
                arguments("0.5", Integer.class, null),
                arguments("2147483647", Integer.class, Integer.MAX_VALUE),
                arguments("2147483648", Integer.class, null),
                arguments("-2147483648", Integer.class, Integer.MIN_VALUE),
                arguments("-2147483649", Integer.class, null),
                arguments("5", BigInteger.class, BigInteger.valueOf(5)),
                arguments("9223372036854775808", BigInteger.class, beyond),
                arguments("5.0", BigInteger.class, BigInteger.valueOf(5)),
                arguments("5.5", BigInteger.class, null),
                arguments("1e400", BigInteger.class, BigInteger.TEN.pow(400)),
                arguments("1e401", BigInteger.class, null),
                // others
                arguments("5", BigDecimal.class, new BigDecimal("5")),
                arguments("5.50", BigDecimal.class, new BigDecimal("5.50")),
                arguments("9223372036854775808", BigDecimal.class, new BigDecimal(beyond)),
                arguments("5", Double.class, 5.0),
                arguments("5.5", Double.class, 5.5),
                arguments("0.1", Double.class, 0.1),
                arguments("-0.30", Double.class, -0.3),
                arguments("1e308", Double.class, 1e308),
                arguments("1e309", Double.class, null),
                arguments("-1e309", Double.class, null),
                arguments("4.9e-324", Double.class, Double.MIN_VALUE),
                arguments("1e-325", Double.class, null),
                arguments("9007199254740992", Double.class, 9007199254740992.0),
                arguments("9007199254740993", Double.class, null),
                arguments("0.12345678901234567890", Double.class, null),
                arguments("5", Number.class, 5L),
                arguments("17712e21474836472366400", Long.class, null),
                arguments("5.5", Number.class, new BigDecimal("5.5")),
                arguments("5", Float.class, null),
                arguments("5", Short.class, null),
                arguments("5", Object.class, 5L),
                // times
                arguments("0", Instant.class, Instant.EPOCH),
                arguments("1772366400", Instant.class, Verified.NOW),
                arguments("1772366400.5", Instant.class, Verified.NOW.plusMillis(500)),
                arguments("-1", Instant.class, null),
                arguments("253402300799", Instant.class, Instant.parse("9999-12-31T23:59:59Z")),
                arguments("253402300800", Instant.class, null),
                arguments("\"2026-03-01T12:00:00Z\"", Instant.class, null),
                arguments("true", Instant.class, null));
    }

    @ParameterizedTest(name = "{0} as {1} -> {2}")
    @MethodSource("claims")
    void givesAClaimAsTheTypeThatHoldsIt(String json, Class<?> type, @Nullable Object value) {
        Caller caller = caller(token().claimJson("x", json));
        if (value == null) {
            assertThatThrownBy(() -> caller.claim("x", type))
                    .isExactlyInstanceOf(ClaimTypeException.class)
                    .hasMessage("claim x is no " + type.getSimpleName())
                    .hasNoCause();
        } else {
            assertThat(caller.claim("x", type).map(Object.class::cast)).hasValue(value);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {String.class, Long.class, Boolean.class, Instant.class, Object.class, Float.class})
    void givesNothingForAMissingOrNullClaim(Class<?> type) {
        Caller caller = caller(token().claim("null", null));
        assertThat(caller.claim("null", type).isPresent()).isFalse();
        assertThat(caller.claim("missing", type).isPresent()).isFalse();
    }

    @Test
    void tellsNoValueOfAClaimOfAnotherType() {
        Caller caller = caller(token().claim("x", "s3cr3t"));
        assertThatThrownBy(() -> caller.claim("x", Long.class)).hasMessageNotContaining("s3cr3t");
    }

    /** A number of eleven characters that would be a billion digits long. */
    @Timeout(10)
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "0e999999999", "1e2147483647"})
    void isNotHarmedByAHugeExponent(String number) throws Exception {
        Caller caller = caller(token().claimJson("x", number).claimJson("groups", number));
        assertThat(caller.roles()).isEmpty();
        for (Class<?> type :
                List.of(Long.class, Integer.class, BigInteger.class, Double.class, Instant.class, String.class)) {
            assertThatThrownBy(() -> caller.claim("x", type)).isExactlyInstanceOf(ClaimTypeException.class);
        }
        assertThat(caller.claim("x", BigDecimal.class)).hasValue(new BigDecimal(number));
        assertThat(caller.claims().get("x")).isEqualTo(new BigDecimal(number));
        assertThat(copy(caller).claims()).isEqualTo(caller.claims());
        assertThat(caller.claims().toString()).hasSizeLessThan(1000);
    }

    // as an object

    @Test
    void isEqualToAnotherOfTheSameIssuerNameAndRights() {
        Caller caller = caller(token().claim("groups", List.of("x")).claim("scope", "read"));
        Caller again = caller(token().claim("groups", List.of("x"))
                .claim("scope", "read")
                .claim("y", "z")
                .expiresIn(10));
        assertThat(caller).isEqualTo(again).hasSameHashCodeAs(again).isEqualTo(caller);
        // a container takes an equal one for the one in its session, and that one's roles for his
        assertThat(caller).isNotEqualTo(caller(token().claim("groups", List.of("x"))));
        assertThat(caller).isNotEqualTo(caller(token().claim("scope", "read")));
        assertThat(caller).isNotEqualTo(caller(token().subject("bob")));
        assertThat(caller).isNotEqualTo(caller(token().subject("Alice")));
        String text = token().issuer("other").text();
        assertThat(caller)
                .isNotEqualTo(mapping("groups", "scope").caller(Verified.verified(text, "other", "sub"), text, 0));
        assertThat(caller).isNotEqualTo(null).isNotEqualTo("alice");
    }

    @Test
    void hasAHashOfBothIssuerAndName() {
        String text = token().issuer("other").text();
        Caller other = mapping("groups", "scope").caller(Verified.verified(text, "other", "sub"), text, 0);
        Set<Integer> hashes = Set.of(
                caller(token()).hashCode(), caller(token().subject("bob")).hashCode(), other.hashCode());
        assertThat(hashes).hasSize(3);
    }

    @Test
    void printsItsIssuerAndNameOnly() {
        assertThat(caller(token().claim("groups", List.of("staff"))))
                .hasToString("Caller[alice, https://issuer.example]");
    }

    @Test
    void losesItsTokenButNothingElseInASession() throws Exception {
        Caller caller = caller(token().claim("groups", List.of("staff", "admin"))
                .claim("scope", "read")
                .claimJson("x", "{\"a\":[1,null,2.5,true,\"s\",{}],\"big\":99999999999999999999}"));
        String text = caller.token().orElseThrow();
        Caller copy = copy(caller);

        assertThat(copy).isEqualTo(caller).hasSameHashCodeAs(caller).hasToString(caller.toString());
        assertThat(copy.token()).isEmpty();
        assertThat(copy.getName()).isEqualTo(caller.getName());
        assertThat(copy.issuer()).isEqualTo(caller.issuer());
        assertThat(copy.expiresAt()).isEqualTo(caller.expiresAt());
        assertThat(copy.roles()).isEqualTo(caller.roles());
        assertThat(copy.scopes()).isEqualTo(caller.scopes());
        assertThat(copy.claims()).isEqualTo(caller.claims());
        assertThat(new String(serialised(caller), StandardCharsets.ISO_8859_1))
                .contains("alice")
                .doesNotContain(text)
                .doesNotContain(text.substring(text.lastIndexOf('.') + 1));
    }

    private static byte[] serialised(Caller caller) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(caller);
        }
        return bytes.toByteArray();
    }

    private static Caller copy(Caller caller) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialised(caller)))) {
            return (Caller) in.readObject();
        }
    }
}
