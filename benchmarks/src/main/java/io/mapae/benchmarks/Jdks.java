package io.mapae.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JDKs in the usual places. */
final class Jdks {
    private Jdks() {}

    /** What {@code JAVA25_HOME} says for 25, or a directory with that number in its name. */
    static Optional<Path> home(int feature) throws IOException {
        List<Path> candidates = new ArrayList<>();
        String told = System.getenv("JAVA" + feature + "_HOME");
        if (told != null && !told.isEmpty()) {
            candidates.add(Path.of(told));
        }
        candidates.addAll(matching(Path.of("/usr/lib/jvm"), "*" + feature + "*"));
        candidates.addAll(matching(Path.of("/opt/java"), "*" + feature + "*"));
        candidates.addAll(matching(Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"), feature + "*"));
        return candidates.stream()
                .filter(home -> Files.isExecutable(home.resolve("bin").resolve("java")))
                .findFirst();
    }

    private static List<Path> matching(Path directory, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
                entries.forEach(found::add);
            }
        }
        found.sort(null);
        return found;
    }
}
