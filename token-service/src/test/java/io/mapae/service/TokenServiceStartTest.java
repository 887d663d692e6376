package io.mapae.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mapae.config.ConfigurationException;
import io.mapae.config.LocalService;
import io.mapae.config.Surroundings;
import io.mapae.service.jdbc.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TokenServiceStartTest {
    private static final String KEY_SECRET = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @TempDir
    private Path folder;

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "service.issuer", "https://app.example/auth",
            "service.audience", "https://api.example",
            "service.key-secret", KEY_SECRET,
            "service.algorithm", "ES256",
            "service.datasource", TestDatabase.H2.url()));

    private TokenService start() {
        Surroundings around =
                Surroundings.of(settings, Map.of(), Map.of(), getClass().getClassLoader());
        return TokenService.start("", around, new LocalService(), InstantSource.system());
    }

    private String problems() {
        return String.valueOf(catchThrowableOfType(ConfigurationException.class, () -> start().close())
                .getMessage());
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "service.key-secret         | AAAA                        | service.key-secret | 3 bytes, 32 at least",
                "service.key-secret         | no=base64/url               | service.key-secret | not base64url",
                "service.key-secret         | file:FOLDER/none            | service.key-secret | there is no file FOLDER/none",
                "service.key-secret         | file:FOLDER                 | service.key-secret | the file FOLDER cannot be read",
                "service.key-secret         | file:FOLDER/short           | service.key-secret | 3 bytes, 32 at least",
                "service.datasource-password| file:FOLDER/none            | service.datasource-password | there is no file",
                "service.introspect-clients | board=                      | service.introspect-clients | expected id=secret",
                "service.introspect-clients | board                       | service.introspect-clients | expected id=secret",
                "service.introspect-clients | =a secret of nobody         | service.introspect-clients | expected id=secret",
                "service.introspect-clients | board=fifteen letters       | service.introspect-clients | the secret of board has less than 16 characters",
                "service.introspect-clients | board=file:FOLDER/empty     | service.introspect-clients | the secret of board has less than 16 characters",
                "service.introspect-clients | a=sixteen letters., a=sixteen letters. | service.introspect-clients | a is there twice",
                "service.trusted-proxies    | proxy.example               | service.trusted-proxies | expected IP addresses",
                "service.datasource         | jdbc:oracle:thin            | service.datasource | none of H2, PostgreSQL, MariaDB",
                "service.store              | redis                       | service.redis | required",
                "service.store              | redis                       | service.store | needs mapae-token-store-redis"
            })
    void tellsWhatIsWrong(String setting, String value, String blamed, String problem) throws Exception {
        Files.writeString(folder.resolve("short"), "AAAA\n");
        Files.writeString(folder.resolve("empty"), "");
        settings.put(setting, value.replace("FOLDER", folder.toString()));
        assertThat(problems().lines())
                .anySatisfy(line -> assertThat(line)
                        .contains(blamed)
                        .contains(problem.replace("FOLDER", folder.toString()))
                        .doesNotContain("letters"));
    }

    @ParameterizedTest
    @CsvSource({
        "'board=sixteen letters.', board",
        "'board=file:FOLDER/secret, other=sixteen letters.', 'board,other'",
        "'', ''"
    })
    void takesClientsWithSecrets(String clients, String ids) throws Exception {
        Files.writeString(folder.resolve("secret"), "sixteen letters.\n");
        settings.put("service.introspect-clients", clients.replace("FOLDER", folder.toString()));
        try (TokenService service = start()) {
            Map<String, String> known = service.parts().options().clients();
            assertThat(String.join(",", known.keySet())).isEqualTo(ids);
            assertThat(known.values()).allMatch("sixteen letters."::equals);
        }
    }

    @Test
    void tellsAllAtOnce() {
        settings.clear();
        settings.put("service.key-secret", "AAAA");
        settings.put("service.datasource", "nowhere");
        settings.put("service.refresh-idle", "soon");
        settings.put("service.introspect-clients", "board=");
        assertThat(problems())
                .contains("service.issuer")
                .contains("service.audience")
                .contains("service.key-secret")
                .contains("service.datasource")
                .contains("service.refresh-idle")
                .contains("service.introspect-clients");
    }

    /** A file of H2 is open to one at a time. */
    @Test
    void leavesNothingOpenThatDidNotStart() {
        settings.put("service.datasource", "jdbc:h2:file:" + folder.resolve("db"));
        start().close();
        String right = settings.put("service.key-secret", KEY_SECRET.replace('A', 'B'));
        assertThat(problems()).contains("cannot be opened");
        settings.put("service.key-secret", String.valueOf(right));
        start().close();
    }

    @Test
    void keepsHouseHoweverOftenThatFails() throws Exception {
        CountDownLatch ofOne = new CountDownLatch(3);
        CountDownLatch ofOther = new CountDownLatch(3);
        try (Housekeeping housekeeping = new Housekeeping()) {
            housekeeping.every(Duration.ZERO, Duration.ofMillis(1), () -> {
                ofOne.countDown();
                throw new StoreException("out of reach");
            });
            housekeeping.every(Duration.ZERO, Duration.ofMillis(1), () -> {
                ofOther.countDown();
                throw new NoClassDefFoundError("gone");
            });
            assertThat(ofOne.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(ofOther.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
