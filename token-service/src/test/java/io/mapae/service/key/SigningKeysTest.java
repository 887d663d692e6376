package io.mapae.service.key;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Engines;
import io.mapae.jws.Header;
import io.mapae.jws.Json;
import io.mapae.jws.Providers;
import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenReader;
import io.mapae.jws.VerificationKey;
import io.mapae.service.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SigningKeysTest {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LEAD = Duration.ofMinutes(20);

    /** Freshness, the longest token, skew. */
    private static final Duration OVERLAP = Duration.ofMinutes(10 + 10 + 5);

    private static final Rollover ROLLOVER = Rollover.every(MONTH, Duration.ofMinutes(10));
    private static final byte[] CLAIMS = "{\"sub\":\"alice\"}".getBytes(StandardCharsets.US_ASCII);

    private final MemoryKeys store = new MemoryKeys();
    private final FakeClock clock = new FakeClock();
    private final byte[] secret = secret(1);

    // tokens

    @ParameterizedTest
    @EnumSource
    void signsWhatItsOwnKeysVerify(SigningAlgorithm algorithm) throws Exception {
        SigningKeys keys = open(algorithm);
        String token = keys.sign(CLAIMS);
        assertThat(isGood(token, keys)).isTrue();
        assertThat(isGood(token.substring(0, token.length() - 4) + "AAAA", keys))
                .isFalse();
        assertThat(part(token, 1)).isEqualTo("{\"sub\":\"alice\"}");
        assertThat(part(token, 0))
                .isEqualTo("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\""
                        + store.first().id() + "\"}");
    }

    @ParameterizedTest
    @EnumSource
    void signsWithTheSameKeyAfterARestart(SigningAlgorithm algorithm) throws Exception {
        String token = open(algorithm).sign(CLAIMS);
        SigningKeys again = open(algorithm);
        assertThat(isGood(token, again)).isTrue();
        assertThat(keyId(again.sign(CLAIMS))).isEqualTo(keyId(token));
        assertThat(store.rows).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void signsByAFastProvider(SigningAlgorithm algorithm) throws Exception {
        assumeFastProvider();
        Engines engines = Engines.choose(
                Providers.named("Conscrypt", SigningKeysTest.class.getClassLoader()), SigningAlgorithm.allVerified());
        SigningKeys keys = open(algorithm, engines);
        for (int i = 0; i < 10; i++) {
            assertThat(isGood(keys.sign(CLAIMS), keys)).isTrue();
        }
        assertThat(isGood(keys.sign(CLAIMS), open(algorithm)))
                .as("after a restart without it")
                .isTrue();
        assertThat(engines).as("and not dropped").hasToString("Conscrypt [RS256, ES256, EdDSA]");
    }

    /** Its keys of Ed25519 are of a type that nobody else knows. */
    @ParameterizedTest
    @EnumSource
    void doesTheSameWhereAFastProviderComesFirst(SigningAlgorithm algorithm) throws Exception {
        assumeFastProvider();
        Security.insertProviderAt(Conscrypt.newProvider(), 1);
        try {
            SigningKeys keys = open(algorithm);
            String token = keys.sign(CLAIMS);
            assertThat(isGood(token, keys)).isTrue();
            assertThat(isGood(token, open(algorithm))).as("after a restart").isTrue();
        } finally {
            Security.removeProvider("Conscrypt");
        }
    }

    private static void assumeFastProvider() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "the fast provider of these tests is for Linux on x86-64");
    }

    // what is published

    @ParameterizedTest
    @CsvSource({"RS256, alg e kid kty n use", "ES256, alg crv kid kty use x y", "EDDSA, alg crv kid kty use x"})
    void publishesThePublicMembersAlone(SigningAlgorithm algorithm, String members) throws Exception {
        SigningKeys.Published published = open(algorithm).published();
        Map<?, ?> jwk = (Map<?, ?>) jwks(published).get(0);
        assertThat(String.join(
                        " ",
                        jwk.keySet().stream().map(String.class::cast).sorted().toList()))
                .isEqualTo(members);
        assertThat(jwk.get("alg")).isEqualTo(algorithm.toString());
        assertThat(published.cacheControl()).isEqualTo("public, max-age=300");
    }

    /** RFC 7638 §3.1. */
    @Test
    void namesAKeyByItsThumbprint() throws Exception {
        String jwk =
                "{\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw\",\"e\":\"AQAB\"}";
        assertThat(KeyMaterial.id(KeyMaterial.publicKey(jwk))).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    @Test
    void publishesNoSecret() throws Exception {
        assertThat(open(SigningAlgorithm.HS256).published().jwkSet()).isEqualTo("{\"keys\":[]}");
    }

    @Test
    void storesNothingThatCanBeRead() throws Exception {
        open(SigningAlgorithm.RS256);
        StoredKey stored = store.first();
        byte[] sealed = Base64.getUrlDecoder().decode(stored.sealed());
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("\u0002\u0003\u0001\u0000\u0001");
        assertThat(stored.toString()).doesNotContain(stored.sealed()).doesNotContain(stored.publicJwk());
    }

    @Test
    void hasNoKeyForATokenWithoutAKeyId() throws Exception {
        SigningKeys keys = open(SigningAlgorithm.RS256);
        assertThat(keys.candidates(header(Optional.empty()))).isEmpty();
        assertThat(keys.candidates(header(Optional.of(store.first().id())))).hasSize(1);
    }

    // the secret

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() ->
                        SigningKeys.open(store, new byte[31], SigningAlgorithm.RS256, ROLLOVER, Engines.jdk(), clock))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("expected at least 32 random bytes, found 31");
        assertThat(store.rows).isEmpty();
    }

    @Test
    void anotherSecretIsRefusedAndNothingOverwritten() throws Exception {
        open(SigningAlgorithm.RS256);
        Map<Long, StoredKey> before = Map.copyOf(store.rows);
        clock.move(MONTH.multipliedBy(3));
        assertThatThrownBy(() ->
                        SigningKeys.open(store, secret(2), SigningAlgorithm.RS256, ROLLOVER, Engines.jdk(), clock))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("a stored signing key cannot be opened: it was sealed with another key-secret, or altered;"
                        + " nothing was changed");
        assertThat(store.rows).isEqualTo(before);
    }

    static List<UnaryOperator<StoredKey>> alterations() {
        return List.of(
                key -> new StoredKey(7, key.id(), key.algorithm(), key.signsFrom(), key.publicJwk(), key.sealed()),
                key -> with(key, "other", key.algorithm(), key.signsFrom(), key.publicJwk()),
                key -> with(key, key.id(), "PS256", key.signsFrom(), key.publicJwk()),
                key -> with(key, key.id(), key.algorithm(), key.signsFrom().plusMillis(1), key.publicJwk()),
                key -> with(key, key.id(), key.algorithm(), key.signsFrom(), key.publicJwk() + " "));
    }

    /** Whoever can write to the store cannot put a key of theirs there, nor bring one of ours back. */
    @ParameterizedTest
    @MethodSource("alterations")
    void whatWasAlteredIsRefused(UnaryOperator<StoredKey> alteration) throws Exception {
        open(SigningAlgorithm.RS256);
        store.rows.replaceAll((generation, key) -> alteration.apply(key));
        assertThatThrownBy(() -> open(SigningAlgorithm.RS256)).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void aNodeThatRunsKeepsWhatItHasWhenTheStoreIsAltered() throws Exception {
        SigningKeys keys = open(SigningAlgorithm.ES256);
        String token = keys.sign(CLAIMS);
        store.rows.put(1L, new StoredKey(1, "x", "ES256", clock.instant(), "{}", "AAAA"));
        keys.tick();
        assertThat(keyId(keys.sign(CLAIMS))).isEqualTo(keyId(token));
    }

    // the next key

    @Test
    void theNextKeyIsPublishedADayBeforeItSigns() throws Exception {
        SigningKeys keys = open(SigningAlgorithm.ES256);
        String first = keyId(keys.sign(CLAIMS));
        advance(MONTH.minus(DAY).minusMillis(1), keys);
        assertThat(ids(keys)).containsExactly(first);
        advance(Duration.ofMillis(1), keys);
        assertThat(ids(keys)).hasSize(2).startsWith(first);
        String second = ids(keys).get(1);
        advance(DAY.minusMillis(1), keys);
        assertThat(keyId(keys.sign(CLAIMS))).isEqualTo(first);
        clock.move(Duration.ofMillis(1)); // no tick is needed for it
        assertThat(keyId(keys.sign(CLAIMS))).isEqualTo(second);
        advance(OVERLAP.minusMillis(1), keys);
        assertThat(ids(keys)).containsExactly(first, second);
        advance(Duration.ofMillis(1), keys);
        assertThat(ids(keys)).containsExactly(second);
        assertThat(store.rows.keySet()).containsExactly(1L);
    }

    @Test
    void aNodeThatWasDownTooLongIsInNoHurry() throws Exception {
        open(SigningAlgorithm.ES256);
        clock.move(MONTH.multipliedBy(10));
        SigningKeys keys = open(SigningAlgorithm.ES256);
        assertThat(ids(keys)).hasSize(2);
        assertThat(keyId(keys.sign(CLAIMS))).isEqualTo(ids(keys).get(0));
    }

    @Test
    void aCommandMakesTheNextKeyAtOnce() throws Exception {
        SigningKeys keys = open(SigningAlgorithm.ES256);
        assertThat(keys.rotate()).contains(FakeClock.START.plus(LEAD));
        assertThat(ids(keys)).hasSize(2);
        assertThat(keyId(keys.sign(CLAIMS))).isEqualTo(ids(keys).get(0));
        advance(LEAD, keys);
        assertThat(keyId(keys.sign(CLAIMS))).isEqualTo(ids(keys).get(1));
    }

    @Test
    void aSecondCommandFindsTheFirstUnderWay() throws Exception {
        SigningKeys keys = open(SigningAlgorithm.ES256);
        keys.rotate();
        clock.move(Duration.ofMinutes(1));
        assertThat(keys.rotate()).contains(FakeClock.START.plus(LEAD));
        assertThat(open(SigningAlgorithm.ES256).rotate()).contains(FakeClock.START.plus(LEAD));
        assertThat(store.rows).hasSize(2);
    }

    @Test
    void aCommandOvertakesTheSchedule() throws Exception {
        SigningKeys keys = open(SigningAlgorithm.ES256);
        advance(MONTH.minus(DAY), keys);
        keys.rotate();
        assertThat(store.rows).hasSize(3);
        assertThat(keys.nextTakeover()).contains(clock.instant().plus(LEAD));
        String third = ids(keys).get(2);
        advance(LEAD, keys);
        assertThat(keys.nextTakeover()).contains(clock.instant().plus(MONTH));
        assertThat(keyId(keys.sign(CLAIMS))).isEqualTo(third);
        advance(DAY, keys);
        assertThat(keyId(keys.sign(CLAIMS))).isEqualTo(third);
    }

    @Test
    void anotherAlgorithmTakesOverAsSoonAsItMay() throws Exception {
        String old = open(SigningAlgorithm.RS256).sign(CLAIMS);
        SigningKeys keys = open(SigningAlgorithm.EDDSA);
        assertThat(keyId(keys.sign(CLAIMS))).isEqualTo(keyId(old));
        open(SigningAlgorithm.EDDSA);
        assertThat(store.rows).hasSize(2);
        advance(LEAD, keys);
        assertThat(part(keys.sign(CLAIMS), 0)).startsWith("{\"alg\":\"EdDSA\"");
        assertThat(isGood(old, keys)).isTrue();
    }

    // several nodes

    @Test
    void nodesThatStartTogetherTakeTheOneKey() throws Exception {
        List<Callable<SigningKeys>> starts =
                new ArrayList<>(Collections.nCopies(8, () -> open(SigningAlgorithm.ES256)));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<SigningKeys> node : threads.invokeAll(starts)) {
                assertThat(ids(node.get())).containsExactly(store.first().id());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(store.rows).hasSize(1);
    }

    /** Emptying the table is how a key that was stolen is dropped at once. */
    @Test
    void anEmptiedStoreGivesANewKeyAtOnce() throws Exception {
        SigningKeys one = open(SigningAlgorithm.ES256);
        SigningKeys other = open(SigningAlgorithm.ES256);
        String stolen = one.sign(CLAIMS);
        store.rows.clear();
        one.tick();
        other.tick();
        assertThat(isGood(stolen, one)).isFalse();
        assertThat(isGood(stolen, other)).isFalse();
        assertThat(isGood(one.sign(CLAIMS), other)).isTrue();
    }

    // a store out of reach

    @Test
    void signsOnForTenMinutesWithoutTheStore() throws Exception {
        SigningKeys keys = open(SigningAlgorithm.ES256);
        String token = keys.sign(CLAIMS);
        store.down = true;
        advance(Duration.ofMinutes(10), keys);
        assertThat(isGood(keys.sign(CLAIMS), keys)).isTrue();
        clock.move(Duration.ofMillis(1));
        assertThatThrownBy(() -> keys.sign(CLAIMS))
                .isInstanceOf(StoreException.class)
                .hasMessage("the signing keys were not read for PT10M");
        assertThat(isGood(token, keys)).isTrue();
        assertThat(ids(keys)).hasSize(1);
        store.down = false;
        assertThat(isGood(keys.sign(CLAIMS), keys)).isTrue();
    }

    /** The key may be one that others made meanwhile: that is no reason to log anybody out. */
    @Test
    void anUnknownKeyIsUndecidedWhileTheStoreIsOutOfReach() throws Exception {
        SigningKeys keys = open(SigningAlgorithm.RS256);
        Header unknown = header(Optional.of("unknown"));
        assertThat(keys.candidates(unknown)).isEmpty();
        clock.move(Duration.ofMinutes(10));
        assertThat(keys.candidates(unknown)).isEmpty();
        clock.move(Duration.ofMillis(1));
        assertThatThrownBy(() -> keys.candidates(unknown)).isInstanceOf(StoreException.class);
    }

    @Test
    void aCommandWithoutTheStoreSaysSo() throws Exception {
        SigningKeys keys = open(SigningAlgorithm.ES256);
        store.down = true;
        assertThat(new SigningKeysBean(keys).rotateNow()).isEqualTo("no key was made: down");
    }

    @Test
    void doesNotStartWithoutTheStore() {
        store.down = true;
        assertThatThrownBy(() -> open(SigningAlgorithm.RS256)).isInstanceOf(StoreException.class);
    }

    private SigningKeys open(SigningAlgorithm algorithm) throws StoreException, InvalidKeyException {
        return open(algorithm, Engines.jdk());
    }

    private SigningKeys open(SigningAlgorithm algorithm, Engines engines) throws StoreException, InvalidKeyException {
        return SigningKeys.open(store, secret, algorithm, ROLLOVER, engines, clock);
    }

    private void advance(Duration by, SigningKeys keys) {
        clock.move(by);
        keys.tick();
    }

    private static StoredKey with(StoredKey key, String id, String algorithm, Instant from, String publicJwk) {
        return new StoredKey(key.generation(), id, algorithm, from, publicJwk, key.sealed());
    }

    private static byte[] secret(int filled) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) filled);
        return secret;
    }

    static boolean isGood(String token, SigningKeys keys) throws IOException {
        SignedToken signed = new TokenReader().read(token).fold(read -> read, (flaw, member) -> {
            throw new AssertionError(flaw);
        });
        for (VerificationKey key : keys.candidates(signed.header())) {
            if (signed.isSignedBy(key)) {
                return true;
            }
        }
        return false;
    }

    private static Header header(Optional<String> keyId) {
        return new Header(Algorithm.RS256, keyId, Optional.empty());
    }

    static String part(String token, int index) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), StandardCharsets.UTF_8);
    }

    static String keyId(String token) {
        return (String) requireNonNull(object(part(token, 0)).get("kid"));
    }

    private static List<?> jwks(SigningKeys.Published published) {
        return (List<?>) requireNonNull(object(published.jwkSet()).get("keys"));
    }

    private static Map<String, @Nullable Object> object(String json) {
        return Json.object(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    static List<String> ids(SigningKeys keys) {
        return jwks(keys.published()).stream()
                .map(jwk -> (String) ((Map<?, ?>) jwk).get("kid"))
                .toList();
    }
}
