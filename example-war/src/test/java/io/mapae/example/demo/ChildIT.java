package io.mapae.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which service it is, and where, is said of each that does not run. */
class ChildIT {
    private static final Path WAR =
            Path.of(System.getProperty("example.war", "target/mapae-example-0.1.0-SNAPSHOT.war"));

    @Test
    void oneThatDoesNotStartIsNamed(@TempDir Path directory) throws IOException {
        int port = Ports.free(0);
        Map<String, String> settings = Map.of("mapae.issuer", "nowhere");
        try (Child child = Child.begin("profiles", WAR, port, directory, settings)) {
            assertThatThrownBy(child::await)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "The service profiles on port " + port + " does not start: Mapae cannot start:\n")
                    .hasMessageContaining("mapae.issuer = nowhere");
        }
    }

    @Test
    void oneThatEndsIsNamedUnlessItShould(@TempDir Path directory) throws Exception {
        int port = Ports.free(0);
        String named = "The service boards on port " + port + " has ended";
        Map<String, String> settings = Map.of("mapae.jwks-uri", "http://127.0.0.1:1/jwks.json");
        try (Logged logged = new Logged()) {
            try (Child child = Child.begin("boards", WAR, port, directory, settings)) {
                child.await();
            }
            assertThat(logged.records()).noneMatch(record -> record.getMessage().startsWith(named));
            List<ProcessHandle> before = ProcessHandle.current().children().toList();
            try (Child child = Child.begin("boards", WAR, port, directory, settings)) {
                child.await();
                ProcessHandle.current()
                        .children()
                        .filter(process -> !before.contains(process))
                        .forEach(ProcessHandle::destroyForcibly);
                assertThat(logged.says("io.mapae.example", named)).isTrue();
            }
        }
    }
}
