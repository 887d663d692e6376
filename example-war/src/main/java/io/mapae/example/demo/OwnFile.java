package io.mapae.example.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Files that nobody but their owner may read, where the file system knows of owners. */
final class OwnFile {
    private static final int SECRET_BYTES = 32;

    private OwnFile() {}

    /** Writes it at once: it is there with all of it, or not at all. */
    static void write(Path file, byte[] content) throws IOException {
        Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "new", "", attributes(file, "rw-------"));
        Files.write(made, content);
        Files.move(made, file);
    }

    /** A directory whose files nobody else gets at, made if it is not there. */
    static Path directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.toAbsolutePath().getParent();
            Files.createDirectories(parent);
            Files.createDirectory(directory, attributes(directory, "rwx------"));
        }
        return directory;
    }

    private static FileAttribute<?>[] attributes(Path file, String permissions) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** The secret in {@code file}, in base64url; it is made if it is not there. */
    static String secret(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            write(file, Base64.getUrlEncoder().withoutPadding().encode(random));
        }
        return Files.readString(file);
    }
}
