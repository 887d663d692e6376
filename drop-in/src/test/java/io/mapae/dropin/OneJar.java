package io.mapae.dropin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The jar that this module builds, and what it meets. */
final class OneJar {
    static final Path FILE = Path.of(property("one.jar"));

    /** How the names of the APIs begin that it is for: {@code jakarta} or {@code javax}. */
    static final String NAMESPACE = property("one.namespace");

    private OneJar() {}

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }

    /** A text written for {@code jakarta}, in the names that this jar is for. */
    static String inItsNames(String text) {
        return text.replace("jakarta.", NAMESPACE + ".");
    }

    /** The oldest versions of the APIs that it is for. */
    static List<Path> oldestApis() {
        return jars("oldest-apis");
    }

    /** Other versions of what is in it, under their own names. */
    static List<Path> oldLibraries() {
        return jars("old-libraries");
    }

    /** An implementation of JAX-RS. */
    static List<Path> jersey() {
        return jars("jersey");
    }

    private static List<Path> jars(String directory) {
        try (Stream<Path> files = Files.list(Path.of("target", directory))) {
            return files.sorted().toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
