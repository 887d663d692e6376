package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is in the WAR file, and what is not. */
class WarIT {
    @Test
    void bringsMapaeAndWhatItNeeds() throws IOException {
        assertThat(entries("WEB-INF/lib/"))
                .extracting(jar -> jar.replaceAll("-\\d.*", ""))
                .contains(
                        "mapae-filter",
                        "mapae-jaxrs",
                        "mapae-container-security",
                        "mapae-token-service",
                        "h2",
                        "jose4j",
                        "slf4j-api",
                        "slf4j-jdk14",
                        "jackson-core");
    }

    @Test
    void bringsNothingOfTheServers() throws IOException {
        assertThat(entries("WEB-INF/lib/"))
                .noneMatch(jar ->
                        jar.matches("(jakarta\\.(servlet|authentication|websocket)|jetty|tomcat|mapae-testkit).*"));
    }

    @Test
    void bringsNeitherDemoNorSample() throws IOException {
        assertThat(entries("WEB-INF/classes/"))
                .contains("io/mapae/example/ProfileServlet.class")
                .noneMatch(name -> name.matches("io/mapae/example/(demo|client)/.*"));
    }

    private static List<String> entries(String directory) throws IOException {
        try (JarFile war = new JarFile(WebServer.WAR.toFile())) {
            return war.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith(directory))
                    .map(name -> name.substring(directory.length()))
                    .toList();
        }
    }
}
