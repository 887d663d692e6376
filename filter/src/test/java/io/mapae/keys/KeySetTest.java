package io.mapae.keys;

import static io.mapae.keys.Texts.header;
import static io.mapae.keys.Texts.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.jws.Algorithm;
import io.mapae.jws.VerificationKey;
import io.mapae.testkit.TestKey;
import java.security.InvalidKeyException;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySetTest {
    private static final Key RSA = TestKey.rsa().publicKey();

    private static VerificationKey key(@Nullable String id, Algorithm... algorithms) {
        return new VerificationKey(Optional.ofNullable(id), Set.of(algorithms), RSA);
    }

    private static KeySet of(VerificationKey... keys) throws InvalidKeyException {
        return KeySet.of(List.of(keys));
    }

    @Test
    void givesTheKeyOfTheIdFirstAndThenThoseWithoutAny() throws Exception {
        KeySet keys = of(
                key(null, Algorithm.RS256),
                key("a", Algorithm.RS256),
                key(null, Algorithm.RS256, Algorithm.PS256),
                key("b", Algorithm.RS256));
        assertThat(ids(keys.candidates(header(Algorithm.RS256, "b"))))
                .containsExactly(Optional.of("b"), Optional.empty(), Optional.empty());
        assertThat(ids(keys.candidates(header(Algorithm.RS256, "c"))))
                .containsExactly(Optional.empty(), Optional.empty());
        assertThat(ids(keys.candidates(header(Algorithm.RS256, null))))
                .containsExactly(Optional.of("a"), Optional.of("b"), Optional.empty(), Optional.empty());
        assertThat(ids(keys.candidates(header(Algorithm.PS256, "a")))).containsExactly(Optional.empty());
        assertThat(keys.candidates(header(Algorithm.ES256, "a"))).isEmpty();
    }

    @ParameterizedTest(name = "{0} keys -> {1}")
    @CsvSource({"1, 1", "7, 7", "8, 8", "9, 8", "20, 8"})
    void triesEightKeysAtMost(int count, int candidates) throws Exception {
        VerificationKey[] keys = IntStream.range(0, count)
                .mapToObj(i -> key("k" + i, Algorithm.RS256))
                .toArray(VerificationKey[]::new);
        assertThat(ids(of(keys).candidates(header(Algorithm.RS256, null))))
                .isEqualTo(Stream.of(keys)
                        .limit(candidates)
                        .map(VerificationKey::id)
                        .toList());
        assertThat(ids(of(keys).candidates(header(Algorithm.RS256, "k" + (count - 1)))))
                .containsExactly(Optional.of("k" + (count - 1)));
    }

    @Test
    void neverLosesTheKeyOfTheIdToThoseWithoutAny() throws Exception {
        List<VerificationKey> keys = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            keys.add(key(null, Algorithm.RS256));
        }
        keys.add(key("a", Algorithm.RS256));
        assertThat(ids(KeySet.of(keys).candidates(header(Algorithm.RS256, "a"))))
                .startsWith(Optional.of("a"))
                .hasSize(8);
    }

    /** RFC 7517 §4.5 advises against one kid for several keys; a published set may hold them all the same. */
    @Test
    void triesEachKeyOfOneIdInItsOrder() throws Exception {
        KeySet keys = KeyFormat.JWK_SET.read(TestKey.jwks(
                TestKey.rsa().withoutKeyId(),
                TestKey.rsa().withKeyId("a").withAlgorithm("RS256"),
                TestKey.rsa().withKeyId("b"),
                TestKey.otherRsa().withKeyId("a"),
                TestKey.rsa().withKeyId("a").withAlgorithm("PS256")));
        assertThat(keys.candidates(header(Algorithm.RS256, "a")))
                .extracting(VerificationKey::key)
                .containsExactly(RSA, TestKey.otherRsa().publicKey(), RSA);
        assertThat(ids(keys.candidates(header(Algorithm.RS256, "a"))))
                .containsExactly(Optional.of("a"), Optional.of("a"), Optional.empty());
    }

    @ParameterizedTest(name = "{0} keys, of which {1} usable: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            1000 | 1000 | read
            1001 | 1001 | more than 1000 keys
            1000 |    1 | read
            1001 |    1 | more than 1000 keys
            6000 | 6000 | more than 1000 keys
            """)
    void holdsAThousandKeysAtMost(int count, int usable, String outcome) {
        String set = Texts.set(IntStream.range(0, count)
                .mapToObj(i -> i < count - usable ? "{}" : ec("k" + i).publicJwk())
                .toArray(String[]::new));
        assertThat(Texts.outcome(KeyFormat.JWK_SET, set)).isEqualTo(outcome);
        if (usable == count) {
            assertThat(Texts.outcome(KeyFormat.PUBLIC_KEY, set)).isEqualTo(outcome);
            String pem = ec("k").publicPem().repeat(count);
            assertThat(Texts.outcome(KeyFormat.PUBLIC_KEY, pem)).isEqualTo(outcome);
        }
    }

    @Test
    void findsTheLastOfAThousandKeys() throws Exception {
        KeySet keys = KeyFormat.JWK_SET.read(Texts.set(IntStream.rangeClosed(1, KeySet.MAX_KEYS)
                .mapToObj(i -> ec("k" + i).publicJwk())
                .toArray(String[]::new)));
        assertThat(ids(keys.candidates(header(Algorithm.ES256, "k1000")))).containsExactly(Optional.of("k1000"));
        assertThat(keys.candidates(header(Algorithm.ES256, "k1001"))).isEmpty();
        assertThat(keys.candidates(header(Algorithm.ES256, null))).hasSize(8);
    }

    private static TestKey ec(String id) {
        return TestKey.ec("P-256").withKeyId(id);
    }

    @Test
    void isImmutable() throws Exception {
        List<VerificationKey> list = new ArrayList<>(List.of(key("a", Algorithm.RS256)));
        KeySet keys = KeySet.of(list);
        list.clear();
        assertThat(keys.candidates(header(Algorithm.RS256, "a"))).hasSize(1);
        assertThatThrownBy(() -> keys.candidates(header(Algorithm.RS256, "a")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> keys.skipped().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void holdsAtLeastOneKey() {
        assertThatThrownBy(() -> of())
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("no key that verifies signatures");
    }

    @Test
    void knowsWhetherItIsSecret() throws Exception {
        assertThat(of(key("a", Algorithm.RS256)).isSecret()).isFalse();
        assertThat(KeyFormat.SECRET.read(TestKey.hmac(32).secretText()).isSecret())
                .isTrue();
    }

    @Test
    void printsNoKey() throws Exception {
        assertThat(of(key("a", Algorithm.RS256), key(null, Algorithm.PS256)))
                .hasToString(
                        "KeySet[VerificationKey[id=a, algorithms=[RS256]], VerificationKey[id=none, algorithms=[PS256]]]");
        assertThat(KeyFormat.SECRET.read(TestKey.hmac(32).secretText()))
                .hasToString("KeySet[VerificationKey[id=none, algorithms=[HS256]]]");
    }
}
