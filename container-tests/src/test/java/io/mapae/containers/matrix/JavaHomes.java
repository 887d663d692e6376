package io.mapae.containers.matrix;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the JDK for a server. */
final class JavaHomes {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private JavaHomes() {}

    /** What it says of itself, shortened to its feature release. */
    static String version(Path home) throws IOException {
        return Files.readAllLines(home.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll(".*=\"?(\\d+).*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    /** The one that the tests run on, if it is new enough; else {@code JAVA25_HOME} or an installed one. */
    static Optional<Path> of(int release) throws IOException {
        if (Runtime.version().feature() >= release) {
            return Optional.of(Path.of(System.getProperty("java.home")));
        }
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getenv("JAVA" + release + "_HOME"))
                .map(Path::of)
                .ifPresent(homes::add);
        if (Files.isDirectory(INSTALLED)) {
            try (DirectoryStream<Path> installed = Files.newDirectoryStream(INSTALLED, "*" + release + "*")) {
                installed.forEach(homes::add);
            }
        }
        return homes.stream()
                .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                .findFirst();
    }
}
