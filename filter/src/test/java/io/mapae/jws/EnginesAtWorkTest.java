package io.mapae.jws;

import static io.mapae.jws.Algorithm.RS256;
import static io.mapae.jws.Parts.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mapae.http.LogLines;
import io.mapae.testkit.TestKey;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.SignatureException;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of signatures and keys that were left to a provider. */
class EnginesAtWorkTest {
    private static final byte[] INPUT = utf8("header.payload");
    private static final byte[] GOOD = TestKey.rsa().sign("RS256", INPUT);
    private static final byte[] BAD = TestKey.otherRsa().sign("RS256", INPUT);
    private static final String MARKER = "Zm9yYmlkZGVu";

    private final FakeProvider fake = new FakeProvider();
    private final VerificationKey key =
            new VerificationKey(Optional.empty(), Set.of(RS256), TestKey.rsa().publicKey());
    private final LogLines log = LogLines.of("io.mapae.jws");

    @AfterEach
    void closeLog() {
        log.close();
    }

    private boolean verifies(Engines engines, byte[] signature) {
        return engines.verifies(RS256, signature, key, INPUT);
    }

    private List<String> lines(Level level) {
        return log.records().stream()
                .filter(line -> line.getLevel().equals(level))
                .map(line -> MessageFormat.format(line.getMessage(), line.getParameters()))
                .toList();
    }

    @Test
    void leavesItToTheProvider() {
        Engines engines = fake.engines(false, RS256);
        int before = fake.verifications;
        assertThat(verifies(engines, GOOD)).isTrue();
        assertThat(verifies(engines, BAD)).isFalse();
        assertThat(fake.verifications).isEqualTo(before + 2);
    }

    @Test
    void takesARefusalForTheLastWord() {
        Engines engines = fake.engines(false, RS256);
        fake.verification = (signature, input, good) -> false;
        assertThat(verifies(engines, GOOD)).isFalse();
        assertThat(engines).hasToString("Fake [RS256]");
    }

    @Test
    void asksTheProviderForSignaturesOfTheRightLengthOnly() {
        Engines engines = fake.engines(false, RS256);
        fake.verification = (signature, input, good) -> true;
        assertThat(verifies(engines, Arrays.copyOf(GOOD, 257))).isFalse();
        assertThat(verifies(engines, Arrays.copyOf(GOOD, 255))).isFalse();
        assertThat(verifies(engines, new byte[0])).isFalse();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new SignatureException(MARKER), GOOD, true, true),
                arguments(new SignatureException(MARKER), BAD, false, false),
                arguments(new InvalidKeyException(MARKER), GOOD, true, true),
                arguments(new InvalidKeyException(MARKER), BAD, false, true),
                arguments(new ProviderException(MARKER), GOOD, true, true),
                arguments(new ProviderException(MARKER), BAD, false, true),
                arguments(new NoClassDefFoundError(MARKER), GOOD, true, true),
                arguments(new UnsatisfiedLinkError(MARKER), BAD, false, true),
                arguments(new AssertionError(MARKER), BAD, false, true));
    }

    @ParameterizedTest(name = "{0}: {2}, dropped: {3}")
    @MethodSource("failures")
    void asksTheJdkWhereTheProviderFails(Throwable thrown, byte[] signature, boolean good, boolean dropped) {
        Engines engines = fake.engines(false, RS256);
        fake.verification = (sig, input, right) -> {
            throw thrown;
        };
        int before = fake.verifications;
        for (int i = 0; i < 3; i++) {
            assertThat(verifies(engines, signature)).isEqualTo(good);
        }
        assertThat(fake.verifications - before).isEqualTo(dropped ? 1 : 3);
        assertThat(engines).hasToString((dropped ? "the JDK" : "Fake") + " [RS256]");
        assertThat(lines(Level.WARNING))
                .isEqualTo(
                        dropped
                                ? List.of("Fake failed at RS256 ("
                                        + thrown.getClass().getName()
                                        + ") and is not used any more: the JDK takes over")
                                : List.of());
        assertThat(lines(Level.WARNING).toString()).doesNotContain(MARKER);
    }

    // keys

    @Test
    void translatesAKeyOnce() {
        Engines engines = fake.engines(false, RS256);
        int before = fake.translations;
        verifies(engines, GOOD);
        verifies(engines, GOOD);
        verifies(engines, BAD);
        assertThat(fake.translations).isEqualTo(before + 1);
    }

    /** As after each renewal of keys, when many requests come with one that is new. */
    @Test
    void letsNobodyWaitForAnothersTranslation() throws Exception {
        Engines engines = fake.engines(false, RS256);
        int before = fake.translations;
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        fake.atTranslation = () -> {
            fake.atTranslation = () -> {};
            begun.countDown();
            await(end);
        };
        CompletableFuture<Boolean> slow = inAThreadOfItsOwn(() -> verifies(engines, GOOD));
        await(begun);
        CompletableFuture<Boolean> other = inAThreadOfItsOwn(() -> verifies(engines, GOOD));
        try {
            assertThat(other).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
            assertThat(slow).isNotDone();
        } finally {
            end.countDown();
        }
        assertThat(slow).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        assertThat(verifies(engines, GOOD)).isTrue();
        assertThat(fake.translations).isEqualTo(before + 2);
    }

    /** The common pool has one thread alone on a small machine. */
    private static <T> CompletableFuture<T> inAThreadOfItsOwn(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void makesAKeyAnewFromItsBytesWhereItIsNotTranslated() {
        fake.translation = new InvalidKeyException();
        Engines engines = fake.engines(false, RS256);
        assertThat(engines).hasToString("Fake [RS256]");
        assertThat(verifies(engines, GOOD)).isTrue();
        assertThat(verifies(engines, BAD)).isFalse();
    }

    @Test
    void leavesKeysToTheJdkThatTheProviderDoesNotTake() {
        Engines engines = fake.engines(false, RS256);
        fake.translation = new ProviderException();
        int before = fake.verifications;
        int translations = fake.translations;
        assertThat(verifies(engines, GOOD)).isTrue();
        assertThat(verifies(engines, BAD)).isFalse();
        assertThat(fake.verifications).isEqualTo(before);
        assertThat(fake.translations).isEqualTo(translations + 1);
        assertThat(engines).as("for others").hasToString("Fake [RS256]");
    }

    @Test
    void isNoPartOfWhatAKeyIs() {
        VerificationKey same = new VerificationKey(key.id(), key.algorithms(), key.key());
        verifies(fake.engines(false, RS256), GOOD);
        assertThat(key).isEqualTo(same).hasSameHashCodeAs(same).hasToString(same.toString());
        assertThat(key)
                .isNotEqualTo(new VerificationKey(Optional.of(""), key.algorithms(), key.key()))
                .isNotEqualTo(new VerificationKey(key.id(), Set.of(Algorithm.PS256), key.key()))
                .isNotEqualTo(new VerificationKey(
                        key.id(), key.algorithms(), TestKey.otherRsa().publicKey()))
                .isNotEqualTo("key");
    }

    // signing

    private static final byte[] OF_THE_JDK = {1};

    private byte[] signed(Engines engines) throws Exception {
        return engines.signer(RS256, TestKey.rsa().privateKey(), key, input -> OF_THE_JDK)
                .sign(INPUT);
    }

    @Test
    void signs() throws Exception {
        assertThat(signed(fake.engines(false, RS256))).isEqualTo(GOOD);
        assertThat(signed(Engines.jdk())).isEqualTo(OF_THE_JDK);
    }

    @Test
    void signsWithNoProviderThatHasNotProvenItself() throws Exception {
        Engines engines = fake.engines(false, RS256);
        fake.signsWrong = true;
        assertThat(signed(engines)).isEqualTo(OF_THE_JDK);
        fake.signsWrong = false;
        fake.signing = new ProviderException();
        assertThat(signed(engines)).isEqualTo(OF_THE_JDK);
        fake.signing = null;
        fake.translation = new ProviderException();
        assertThat(signed(engines)).isEqualTo(OF_THE_JDK);
        fake.translation = null;
        PrivateKey strange = TestKey.otherRsa().privateKey();
        assertThat(engines.signer(RS256, strange, key, input -> OF_THE_JDK).sign(INPUT))
                .as("with the half of another key")
                .isEqualTo(OF_THE_JDK);
    }

    @Test
    void signsByTheJdkWhereTheProviderIsDroppedAlready() throws Exception {
        Engines engines = fake.engines(false, RS256);
        fake.verification = (signature, input, good) -> {
            throw new ProviderException();
        };
        assertThat(verifies(engines, GOOD)).isTrue();
        int before = fake.translations;
        Signer jdk = input -> OF_THE_JDK;
        assertThat(engines.signer(RS256, TestKey.rsa().privateKey(), key, jdk)).isSameAs(jdk);
        assertThat(fake.translations).as("keys it was asked to take").isEqualTo(before);
    }

    @Test
    void signsByTheJdkOnceTheProviderFails() throws Exception {
        Engines engines = fake.engines(false, RS256);
        Signer signer = engines.signer(RS256, TestKey.rsa().privateKey(), key, input -> OF_THE_JDK);
        fake.signing = new ProviderException(MARKER);
        assertThat(signer.sign(INPUT)).isEqualTo(OF_THE_JDK);
        fake.signing = null;
        assertThat(signer.sign(INPUT)).isEqualTo(OF_THE_JDK);
        assertThat(lines(Level.WARNING))
                .containsExactly("Fake failed at RS256 (java.security.ProviderException) and is not used any more:"
                        + " the JDK takes over");
        assertThat(engines).hasToString("the JDK [RS256]");
    }
}
