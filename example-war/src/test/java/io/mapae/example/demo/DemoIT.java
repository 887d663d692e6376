package io.mapae.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    private static final Path WAR =
            Path.of(System.getProperty("example.war", "target/mapae-example-0.1.0-SNAPSHOT.war"));
    /** A word of a shell command, quoted or not. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @Test
    void eachLineAnswersAsItSays(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            assertThat(demo.lines()).hasSize(10);
            for (Line line : demo.lines()) {
                assertThat(run(line.curl()).statusCode()).as(line.what()).isEqualTo(line.status());
            }
            assertThat(run(demo.lines().get(0).curl()).body()).contains("\"name\":\"alice\"");
        }
    }

    @Test
    void thePageIsThere(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            assertThat(demo.base().getHost()).isEqualTo("127.0.0.1");
            assertThat(run("curl " + demo.base()).body()).contains(">Mapae example</h1>");
        }
    }

    @Test
    void whatIsSecretIsItsOwnersOnly(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            assertThat(run("curl " + demo.base() + "auth/jwks.json").statusCode())
                    .isEqualTo(200);
        }
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            for (String file : List.of("key.p12", "secret")) {
                assertThat(Files.getPosixFilePermissions(directory.resolve(file)))
                        .as(file)
                        .extracting(Enum::name)
                        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
            }
        }
    }

    @Test
    void aTokenOutlivesARestart(@TempDir Path directory) throws Exception {
        Options options;
        Line earlier;
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            options = Options.defaults().port(demo.base().getPort());
            earlier = demo.lines().get(0);
        }
        try (Demo demo = Demo.start(WAR, directory, options)) {
            assertThat(run(earlier.curl()).statusCode())
                    .as(demo.base().toString())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPortInUseIsSaidInOneLine(@TempDir Path directory) throws Exception {
        try (Demo first = Demo.start(WAR, directory, Options.defaults())) {
            int port = first.base().getPort();
            assertThatThrownBy(
                            () -> Demo.start(WAR, directory, Options.defaults().port(port)))
                    .isInstanceOf(BindException.class)
                    .hasMessage("Port " + port + " is in use: choose another with -Dport=…");
        }
    }

    @Test
    void aBrokenKeyIsNotReplaced(@TempDir Path directory) throws IOException {
        Path key = Files.writeString(directory.resolve("key.p12"), "no key");
        assertThatThrownBy(() -> Demo.start(WAR, directory, Options.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessage(key + " cannot be read; delete it, and a new one is made");
    }

    /** Does what the very text of the line tells curl to do, each time over a connection of its own, as curl does. */
    private static HttpResponse<String> run(String curl) throws IOException, InterruptedException {
        List<String> words = WORD.matcher(curl).results().map(DemoIT::word).toList();
        HttpRequest.Builder request = HttpRequest.newBuilder();
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-i" -> {}
                case "-H" -> {
                    String[] field = words.get(++i).split(": ", 2);
                    request.header(field[0], field[1]);
                }
                case "-X" -> request.method(words.get(++i), BodyPublishers.noBody());
                case "--data" -> request.POST(BodyPublishers.ofString(words.get(++i)));
                default -> request.uri(URI.create(words.get(i)));
            }
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static String word(MatchResult match) {
        return match.group(1) != null ? match.group(1) : match.group(2);
    }
}
