package io.mapae.containers.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An unpacked server: {@code directory/version/what the archive has}. */
record Distribution(String version, Path home) {
    private static final Path ALL = Path.of(System.getProperty("servers.home"));

    static Distribution of(Product product) throws IOException {
        Path version = only(ALL.resolve(product.directory()));
        return new Distribution(version.getFileName().toString(), only(version));
    }

    private static Path only(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> all = entries.filter(Files::isDirectory).toList();
            if (all.size() != 1) {
                throw new IOException(directory + " has " + all + ", try mvn clean");
            }
            return all.get(0);
        }
    }
}
