package io.mapae.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, which says what it found in lines, and ends by 0 if it did. */
public final class FreshJvm {
    private static final long PATIENCE_SECONDS = 300;

    private FreshJvm() {}

    /** Runs {@code main} until it ends; whatever else it ends by is thrown here, with what it said about it. */
    public static List<String> run(List<String> options, String classPath, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-classpath", classPath, main.getName()));
        command.addAll(arguments);
        Path found = Files.createTempFile("jvm", ".out");
        Path log = Files.createTempFile("jvm", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(found.toFile())
                    .redirectError(log.toFile())
                    .start();
            int end = end(process);
            if (end != 0) {
                throw new IllegalStateException("a JVM ended by " + end + ": " + Files.readString(log));
            }
            return Files.readAllLines(found);
        } finally {
            Files.delete(found);
            Files.delete(log);
        }
    }

    /** Runs {@code main} of this class path on another JDK, and passes on what it says; returns by what it ended. */
    static int pass(Path home, Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin").resolve("java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static int end(Process process) throws InterruptedException {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a JVM did not end within " + PATIENCE_SECONDS + " s");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
