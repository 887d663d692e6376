package io.mapae.dropin;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A project that depends on the one jar: its sources and its unpacked WAR. */
record Consumer(Path directory) {
    /**
     * Compiles sources against the jar, the APIs of servers and these libraries. Without such libraries, which have warnings of
     * their own, it must be without any.
     */
    void compile(Path sources, List<Path> libraries) throws IOException {
        List<Path> written = new ArrayList<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path source : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve("src").resolve(sources.relativize(source));
                Files.createDirectories(copy.getParent());
                written.add(Files.writeString(copy, OneJar.inItsNames(Files.readString(source))));
            }
        }
        List<String> options = List.of(
                "--release",
                "17",
                "-Xlint:all",
                libraries.isEmpty() ? "-Werror" : "-nowarn",
                "-proc:none",
                "-d",
                Files.createDirectories(war().resolve("WEB-INF/classes")).toString(),
                "-classpath",
                Stream.of(List.of(OneJar.FILE), OneJar.oldestApis(), libraries)
                        .flatMap(List::stream)
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            if (!compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(written))
                    .call()) {
                throw new AssertionError(said.toString());
            }
        }
    }

    /** Puts jars into the WAR. */
    void bring(List<Path> jars) throws IOException {
        Path lib = Files.createDirectories(war().resolve("WEB-INF/lib"));
        for (Path jar : jars) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }
    }

    void describe(String descriptor) throws IOException {
        Files.writeString(
                Files.createDirectories(war().resolve("WEB-INF")).resolve("web.xml"), OneJar.inItsNames(descriptor));
    }

    Path war() {
        return directory.resolve("war");
    }
}
