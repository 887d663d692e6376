package io.mapae.containers.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A WAR file being written. */
final class Archive implements AutoCloseable {
    private final ZipOutputStream zip;

    Archive(Path file) throws IOException {
        zip = new ZipOutputStream(Files.newOutputStream(file));
    }

    void add(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** The files below a directory, by their relative paths. */
    void addAll(String prefix, Path directory, Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (wanted.test(name)) {
                    add(prefix + name, Files.readAllBytes(file));
                }
            }
        }
    }

    /** Entries of another archive. */
    void addEntries(Path other, Predicate<String> wanted) throws IOException {
        try (ZipFile source = new ZipFile(other.toFile())) {
            for (ZipEntry entry : source.stream().toList()) {
                if (!entry.isDirectory() && wanted.test(entry.getName())) {
                    add(entry.getName(), source.getInputStream(entry).readAllBytes());
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
