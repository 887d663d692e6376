package io.mapae.keys;

import static io.mapae.keys.Texts.verifies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.jws.SignedToken;
import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKeysTest {
    private static final TestKey OLD = TestKey.generate("P-256", "old");
    private static final TestKey NEW = TestKey.generate("P-256", "new");
    private static final TestKey SHARED = TestKey.generate("P-256", "shared");

    private final AtomicLong now = new AtomicLong(1_772_366_400_000L);
    private final CapturedLog log = new CapturedLog("io.mapae.keys");

    @TempDir
    Path directory;

    Path file = Path.of("");

    @BeforeEach
    void writeTheFile() throws IOException {
        file = directory.resolve("keys.json");
        write(TestKey.jwks(OLD));
    }

    @AfterEach
    void letTheLogGo() {
        log.close();
    }

    private KeySource open() throws Exception {
        return FileKeys.open(file, KeyFormat.JWK_SET, () -> Instant.ofEpochMilli(now.get()));
    }

    private void write(String content) throws IOException {
        Files.writeString(file, content);
    }

    private void pass(long millis) {
        now.addAndGet(millis);
    }

    @ParameterizedTest(name = "{0} ms later: {1}")
    @CsvSource({"0, false", "1, false", "1999, false", "2000, true", "2001, true", "3600000, true"})
    void takesChangedContentAfterTwoSeconds(long millis, boolean taken) throws Exception {
        KeySource keys = open();
        write(TestKey.jwks(NEW));
        pass(millis);
        assertThat(verifies(keys, NEW)).isEqualTo(taken);
        assertThat(verifies(keys, OLD)).isEqualTo(!taken);
    }

    @ParameterizedTest(name = "{0} ms: {1}")
    @CsvSource({"-1, false", "-1999, false", "-2000, true", "-3600000, true"})
    void looksAgainThoughTheClockWasSetBack(long millis, boolean taken) throws Exception {
        KeySource keys = open();
        write(TestKey.jwks(NEW));
        pass(millis);
        assertThat(verifies(keys, NEW)).isEqualTo(taken);
    }

    @Test
    void countsFromTheLastLook() throws Exception {
        KeySource keys = open();
        pass(2_000);
        assertThat(verifies(keys, OLD)).isTrue();
        write(TestKey.jwks(NEW));
        pass(1_999);
        assertThat(verifies(keys, NEW)).isFalse();
        pass(1);
        assertThat(verifies(keys, NEW)).isTrue();
    }

    @Test
    void saysWhatItTook() throws Exception {
        KeySource keys = open();
        pass(2_000);
        assertThat(verifies(keys, OLD)).isTrue();
        assertThat(log.messages(Level.INFO)).isEmpty();

        write(TestKey.jwks(NEW));
        pass(2_000);
        assertThat(verifies(keys, NEW)).isTrue();
        assertThat(log.messages(Level.INFO)).containsExactly("Key file " + file + " changed: [new]");
        assertThat(log.messages(Level.WARNING)).isEmpty();
    }

    @ParameterizedTest(name = "[{0}] -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | nothing there",
                "' \n' | nothing there",
                "{ | neither PEM nor a JSON object",
                "{\"keys\":[]} | no key that verifies signatures",
                "GONE | nothing there",
                "HUGE | nothing there",
            })
    void keepsTheGoodKeysWhileTheFileHoldsNone(String content, String fault) throws Exception {
        KeySource keys = open();
        spoil(content);
        for (int i = 0; i < 3; i++) {
            pass(2_000);
            assertThat(verifies(keys, OLD)).isTrue();
        }
        assertThat(log.messages(Level.WARNING))
                .containsExactly("Key file " + file + " changed, the keys before stay in use: " + fault);

        write(TestKey.jwks(NEW));
        pass(2_000);
        assertThat(verifies(keys, NEW)).isTrue();
        assertThat(verifies(keys, OLD)).isFalse();
        assertThat(log.messages(Level.WARNING)).hasSize(1);
        assertThat(log.messages(Level.INFO)).hasSize(1);
    }

    private void spoil(String content) throws IOException {
        switch (content) {
            case "GONE" -> Files.delete(file);
            case "HUGE" -> write(TestKey.jwks(NEW) + " ".repeat(KeyLocation.MAX_SIZE));
            default -> write(content);
        }
    }

    @Test
    void warnsOnceOfEachBrokenContent() throws Exception {
        KeySource keys = open();
        for (String broken : List.of("{", "{", "[", "{")) {
            write(broken);
            pass(2_000);
            assertThat(verifies(keys, OLD)).isTrue();
        }
        assertThat(log.messages(Level.WARNING)).hasSize(3);
    }

    @Test
    void takesTheFormerKeysBackAfterBrokenContent() throws Exception {
        KeySource keys = open();
        write("{");
        pass(2_000);
        assertThat(verifies(keys, OLD)).isTrue();
        write(TestKey.jwks(OLD));
        pass(2_000);
        assertThat(verifies(keys, OLD)).isTrue();
        assertThat(log.messages(Level.INFO)).hasSize(1);
    }

    @Test
    void followsSymbolicLinks() throws Exception {
        Path other = Files.writeString(directory.resolve("other.json"), TestKey.jwks(NEW));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        KeySource keys = FileKeys.open(link, KeyFormat.JWK_SET, () -> Instant.ofEpochMilli(now.get()));
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        pass(2_000);
        assertThat(verifies(keys, NEW)).isTrue();
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"", "{", "{\"keys\":[]}"})
    void opensNoFileWithoutKeys(String content) throws IOException {
        write(content);
        assertThatThrownBy(this::open).isInstanceOf(InvalidKeyException.class);
    }

    /** The file changes many times under several threads' feet: the key that both of its contents hold never fails. */
    @Test
    @Timeout(60)
    void neverLosesAKeyWhileTheFileIsReplaced() throws Exception {
        SignedToken shared = Texts.token(SHARED);
        SignedToken old = Texts.token(OLD);
        SignedToken fresh = Texts.token(NEW);
        String[] contents = {TestKey.jwks(OLD, SHARED), TestKey.jwks(SHARED, NEW)};
        write(contents[0]);
        KeySource keys = open();
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong failures = new AtomicLong();
        Semaphore rounds = new Semaphore(0);
        AtomicLong freshTaken = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> verifying = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            verifying.add(threads.submit(() -> {
                do {
                    if (!verifies(keys, shared)) {
                        failures.incrementAndGet();
                    }
                    if (!verifies(keys, old) && verifies(keys, fresh)) {
                        freshTaken.incrementAndGet();
                    }
                    rounds.release();
                } while (!done.get());
            }));
        }
        for (int i = 1; i <= 301; i++) {
            replace(contents[i % 2], i % 3 == 0);
            pass(2_000);
            rounds.drainPermits();
            assertThat(rounds.tryAcquire(2, 10, TimeUnit.SECONDS))
                    .isTrue(); // one round at least began after the change
        }
        done.set(true);
        for (Future<?> thread : verifying) {
            thread.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(failures).hasValue(0);
        assertThat(freshTaken.get()).isPositive();
        pass(2_000);
        assertThat(verifies(keys, fresh)).isTrue();
        assertThat(verifies(keys, old)).isFalse();
    }

    /** Whole, as careful deployments do it, or in place, so that half a file may be seen. */
    private void replace(String content, boolean inPlace) throws IOException {
        if (inPlace) {
            write(content);
        } else {
            Path next = Files.writeString(directory.resolve("next.json"), content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
