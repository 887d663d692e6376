package io.mapae.keys;

import static io.mapae.keys.Texts.verifies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLocationTest {
    private static final TestKey KEY = TestKey.ec("P-256");
    private static final int MIB = 1_048_576;

    @TempDir
    Path directory;

    Path file = Path.of("");

    @BeforeEach
    void writeTheFile() throws IOException {
        file = Files.writeString(directory.resolve("keys.json"), TestKey.jwks(KEY));
    }

    private KeySource open(String location) throws Exception {
        URL[] classPath = {directory.toUri().toURL()};
        try (URLClassLoader classes = new URLClassLoader(classPath, null)) {
            return KeyLocation.open(location, KeyFormat.JWK_SET, classes, () -> Instant.EPOCH);
        }
    }

    @ParameterizedTest(name = "[{0}] -> {1}")
    @CsvSource({
        "file:/a, true",
        "file:a, true",
        "file:, true",
        "classpath:a, true",
        "FILE:/a, false",
        "file, false",
        "https://issuer.example/jwks, false",
        "{}, false",
        "'', false",
        "' file:/a', false"
    })
    void tellsAPlaceFromAText(String text, boolean reference) {
        assertThat(KeyLocation.isReference(text)).isEqualTo(reference);
    }

    @Test
    void opensAFileByItsAddress() throws Exception {
        String absolute = file.toAbsolutePath().toString();
        assertThat(absolute).startsWith("/");
        assertThat(verifies(open("file:" + absolute), KEY)).isTrue();
        assertThat(verifies(open("file://" + absolute), KEY)).isTrue();
        Path here = Path.of("").toAbsolutePath();
        assertThat(verifies(open("file:" + here.relativize(file.toAbsolutePath())), KEY))
                .isTrue();
    }

    @Test
    void decodesTheAddressOfAFile() throws Exception {
        Files.copy(file, directory.resolve("my keys.json"));
        assertThat(verifies(open(directory.resolve("my keys.json").toUri().toString()), KEY))
                .isTrue();
    }

    @Test
    void opensAResourceOfTheClassPath() throws Exception {
        assertThat(verifies(open("classpath:keys.json"), KEY)).isTrue();
        assertThat(verifies(open("classpath:/keys.json"), KEY)).isTrue();
        assertThat(verifies(open("classpath:///keys.json"), KEY)).isTrue();
    }

    @Test
    void takesEverythingElseForTheKeysThemselves() throws Exception {
        assertThat(verifies(open(TestKey.jwks(KEY)), KEY)).isTrue();
        assertThatThrownBy(() -> open(file.toString()))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("neither PEM nor a JSON object");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"file:/%zz", "file:/a b", "file://host/a", "file:/a?b", "file:/a#b", "file:a\0b"})
    void refusesWhatIsNoAddress(String location) {
        assertThatThrownBy(() -> open(location))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("not a file's address");
    }

    @Test
    void reportsWhatIsNotThere() {
        assertThatThrownBy(() -> open("file:" + directory.resolve("other"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> open("file:" + directory)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> open("file:")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> open("classpath:other"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no such resource on the class path");
    }

    @Test
    void reportsWhatIsNoKey() throws Exception {
        Files.writeString(file, "{}");
        for (String location : new String[] {"file:" + file, "classpath:keys.json"}) {
            assertThatThrownBy(() -> open(location))
                    .isInstanceOf(InvalidKeyException.class)
                    .hasMessageStartingWith("no key that verifies signatures");
        }
        Files.writeString(file, "");
        assertThatThrownBy(() -> open("file:" + file))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("nothing there");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"file:", "classpath:"})
    void readsOneMebibyteAtMost(String scheme) throws Exception {
        String location = scheme.equals("file:") ? "file:" + file : "classpath:keys.json";
        String keys = TestKey.jwks(KEY);

        Files.writeString(file, keys + " ".repeat(MIB - keys.length()));
        assertThat(Files.size(file)).isEqualTo(MIB);
        assertThat(verifies(open(location), KEY)).isTrue();

        Files.writeString(file, keys + " ".repeat(MIB + 1 - keys.length()));
        assertThatThrownBy(() -> open(location))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("more than 1048576 bytes");
    }
}
