package io.mapae.containers.matrix;

import io.mapae.containers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a server is to be started: its unpacked distribution, which is only read, and a directory of its own.
 *
 * @param name what its log is named after
 * @param settings of its applications: they become part of its environment
 */
record Instance(String name, Path home, Path directory, Path javaHome, int port, Map<String, String> settings) {
    /** A directory of the instance, made if need be. */
    Path dir(String path) throws IOException {
        return Files.createDirectories(directory.resolve(path));
    }

    void write(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Copies a part of the distribution. */
    void copy(String from, String to) throws IOException {
        Path source = home.resolve(from);
        Path target = directory.resolve(to);
        try (Stream<Path> all = Files.walk(source)) {
            for (Path path : all.toList()) {
                Path copy = target.resolve(source.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    /** Changes a file; each text, a pattern, has to be found. */
    void edit(String path, Map<String, String> replacements) throws IOException {
        Path file = directory.resolve(path);
        String text = Files.readString(file);
        for (Map.Entry<String, String> each : replacements.entrySet()) {
            String edited = text.replaceAll(each.getKey(), each.getValue());
            if (edited.equals(text)) {
                throw new IOException(file + " has no " + each.getKey());
            }
            text = edited;
        }
        Files.writeString(file, text);
    }

    ServerProcess run(Map<String, String> environment, List<String> command) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(environment);
        all.put("JAVA_HOME", javaHome.toString());
        return ServerProcess.start(name, directory, all, command);
    }

    /** Empties the directory that an earlier run left. */
    Instance fresh() {
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> all = Files.walk(directory)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(directory);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
