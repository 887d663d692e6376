package io.mapae.benchmarks.stress;

import java.io.IOException;
import java.io.Reader;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with little memory, which says what it found in lines {@code name=value}, and ends by 0 if it did. */
final class SmallJvm {
    private static final long PATIENCE_SECONDS = 120;

    private SmallJvm() {}

    /** Runs {@code main}; whatever is thrown there, and the least lack of memory, is thrown here too. */
    static Properties run(Class<?> main, String heap, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-classpath",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        Path found = Files.createTempFile("stress", ".properties");
        try {
            end(new ProcessBuilder(command)
                    .redirectError(Redirect.INHERIT)
                    .redirectOutput(found.toFile())
                    .start());
            Properties properties = new Properties();
            try (Reader lines = Files.newBufferedReader(found)) {
                properties.load(lines);
            }
            return properties;
        } finally {
            Files.delete(found);
        }
    }

    private static void end(Process process) throws InterruptedException {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a JVM did not end within " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("a JVM ended by " + process.exitValue() + " (3: out of memory)");
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** What this JVM's heap holds on to, in bytes. */
    static long heldBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int collection = 0; collection < 3; collection++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    static void say(String name, Object value) {
        System.out.println(name + "=" + value);
    }
}
