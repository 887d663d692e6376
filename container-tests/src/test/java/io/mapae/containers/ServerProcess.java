package io.mapae.containers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A server in a process of its own, which ends with this one at the latest. What it says is in a file. */
public record ServerProcess(Process process, Path log) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    public static ServerProcess start(
            String name, Path directory, Map<String, String> environment, List<String> command) {
        Path log = Path.of(System.getProperty("logs", "target"), name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            ServerProcess server = new ServerProcess(builder.start(), log);
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            return server;
        } catch (IOException failure) {
            throw new IllegalStateException(name + " does not start", failure);
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new IllegalStateException("no port", failure);
        }
    }

    public ServerProcess await(BooleanSupplier ready) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                stop();
                throw new IllegalStateException("it did not start, see " + log);
            }
            pause();
        }
        return this;
    }

    public static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new IllegalStateException("cannot read " + log, failure);
        }
    }

    /** With the processes that it started. */
    public void stop() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(ended -> ended.onExit().join());
    }
}
