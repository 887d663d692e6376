package io.mapae.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Servers that a test's JVM starts, below the module's {@code target/servers}. They end with it by hooks of their own; if it
 * was killed, the next one ends them.
 */
public final class TestServers {
    private static final Path ALL = Path.of("target", "servers").toAbsolutePath();
    private static final Path OURS = ALL.resolve("of-" + ProcessHandle.current().pid());

    /** Held, as loggers that nobody holds forget their level. */
    private static final List<Logger> TALKATIVE = Stream.of("io.zonky", "ch.vorburger", "com.zaxxer", "org.mariadb")
            .map(Logger::getLogger)
            .toList();

    static {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            Files.createDirectories(ALL);
            endLeftovers();
            Files.createDirectories(OURS);
            note(ProcessHandle.current(), "owner");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private TestServers() {}

    /** For files of this JVM alone: not yet there, and removed by the next one. */
    public static Path directory(String name) {
        return OURS.resolve(name);
    }

    /** For files that the next one uses again. */
    public static Path sharedDirectory(String name) {
        return ALL.resolve(name);
    }

    /** Skips the test, with one line, where the servers that we have do not run. */
    public static void assumeBinaries(String server) {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!platform.equals("Linux amd64")) {
            System.err.println("SKIPPED: no " + server + " for " + platform);
            Assumptions.abort("no " + server + " for " + platform);
        }
    }

    /** Runs {@code start}, and notes the process whose id is the first line of {@code pidFile}. */
    public static ProcessHandle started(Path pidFile, Start start) {
        try {
            start.run();
            long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
            ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
            note(server, "server-" + pid);
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** How a server is started. */
    @FunctionalInterface
    public interface Start {
        void run() throws Exception;
    }

    /** It keeps its connections, but answers nothing. */
    public static void pause(ProcessHandle server) {
        signal(server, "-STOP");
        // The signal was sent; a thread that is busy may still answer one more request.
        try {
            while (isRunning(server)) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Whether one of its threads is neither stopped nor dead: the letter behind the name in brackets. */
    private static boolean isRunning(ProcessHandle server) throws IOException {
        List<Long> pids = Stream.concat(Stream.of(server), server.descendants())
                .map(ProcessHandle::pid)
                .toList();
        for (long pid : pids) {
            for (Path thread : list(Path.of("/proc", Long.toString(pid), "task"))) {
                String stat = Files.readString(thread.resolve("stat"));
                if ("TZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    public static void resume(ProcessHandle server) {
        signal(server, "-CONT");
    }

    private static void signal(ProcessHandle server, String signal) {
        Stream<String> pids =
                Stream.concat(Stream.of(server), server.descendants()).map(p -> Long.toString(p.pid()));
        try {
            Process kill = new ProcessBuilder(
                            Stream.concat(Stream.of("kill", signal), pids).toList())
                    .inheritIO()
                    .start();
            if (!kill.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("kill does not end");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** A pid may be another process's by then: its start is noted too. */
    private static void note(ProcessHandle process, String name) throws IOException {
        Files.writeString(OURS.resolve(name + ".pid"), process.pid() + " " + begin(process));
    }

    private static long begin(ProcessHandle process) {
        return process.info().startInstant().orElseThrow().toEpochMilli();
    }

    private static Optional<ProcessHandle> noted(Path file) {
        try {
            long[] note = Arrays.stream(Files.readString(file).split(" "))
                    .mapToLong(Long::parseLong)
                    .toArray();
            return ProcessHandle.of(note[0])
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> Math.abs(begin(process) - note[1])
                            < Duration.ofSeconds(2).toMillis());
        } catch (IOException | RuntimeException halfWritten) {
            return Optional.empty();
        }
    }

    private static void endLeftovers() throws IOException {
        for (Path directory : list(ALL)) {
            if (directory.getFileName().toString().startsWith("of-")
                    && noted(directory.resolve("owner.pid")).isEmpty()) {
                for (Path file : list(directory)) {
                    if (file.getFileName().toString().startsWith("server-")) {
                        noted(file).ifPresent(TestServers::end);
                    }
                }
                remove(directory);
            }
        }
    }

    private static void end(ProcessHandle server) {
        List<ProcessHandle> tree =
                Stream.concat(server.descendants(), Stream.of(server)).toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
