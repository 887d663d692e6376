package io.mapae.jaxrs;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Unpacked WARs with Mapae, the application of these tests and the JAX-RS implementation of this run. */
final class Wars {
    /** What the server brings, and what only the tests need. */
    private static final List<String> NOT_IN_A_WAR = List.of(
            "jetty-",
            "tomcat-",
            "jakarta.servlet",
            "junit-",
            "assertj-",
            "byte-buddy",
            "opentest4j",
            "apiguardian",
            "jspecify",
            "mapae-testkit",
            "testkit",
            "asm-",
            "jakarta.el",
            "jakarta.transaction",
            "jakarta.enterprise",
            "surefire",
            "jakarta.interceptor",
            "jakarta.inject-api-1",
            "archunit",
            "test-classes",
            "slf4j-jdk14");

    private static final Pattern VERSIONED = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    private Wars() {}

    /** A WAR with these texts at these places in it, such as {@code WEB-INF/web.xml}. */
    static Path war(Map<String, String> texts) throws IOException {
        Path war = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "war");
        Path lib = Files.createDirectories(war.resolve("WEB-INF/lib"));
        Map<String, Path> newest = new TreeMap<>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(Pattern.quote(File.pathSeparator), -1)) {
            Path path = Path.of(entry);
            String name = path.getFileName().toString();
            boolean ours =
                    !entry.isEmpty() && NOT_IN_A_WAR.stream().noneMatch(name::startsWith) && !entry.contains("testkit");
            if (ours && Files.isDirectory(path)) {
                jar(path, Files.createTempFile(lib, "mapae", ".jar"));
            } else if (ours) {
                Matcher versioned = VERSIONED.matcher(name);
                String library = versioned.matches() ? versioned.group(1) : name;
                newest.merge(
                        library,
                        path,
                        (one, other) -> one.getFileName()
                                                .toString()
                                                .compareTo(other.getFileName().toString())
                                        > 0
                                ? one
                                : other);
            }
        }
        for (Path jar : newest.values()) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }
        copy(Path.of("target/test-classes/io/mapae/jaxrs/app"), war.resolve("WEB-INF/classes/io/mapae/jaxrs/app"));
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = war.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
        return war;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
    }
}
