package io.mapae.redis;

import io.mapae.service.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import redis.embedded.RedisServer;

/** A real Redis on loopback, started by the first test that asks for it; every write is on the disk when it is answered. */
final class TestRedis {
    private static final String PASSWORD = "p-w";
    private static Optional<Running> running = Optional.empty();

    private record Running(int port, ProcessHandle process) {}

    private TestRedis() {}

    /** Skips the test where there is no such server for this platform. */
    static String uri() {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + server().port;
    }

    static void pause() {
        TestServers.pause(server().process);
    }

    static void resume() {
        TestServers.resume(server().process);
    }

    private static synchronized Running server() {
        if (running.isEmpty()) {
            TestServers.assumeBinaries("Redis");
            int port = freePort();
            Path directory = TestServers.directory("redis");
            Path pidFile = directory.resolve("redis.pid");
            ProcessHandle process = TestServers.started(pidFile, () -> {
                Files.createDirectories(directory);
                RedisServer.newRedisServer()
                        .port(port)
                        .bind("127.0.0.1")
                        .setting("dir " + directory)
                        .setting("pidfile " + pidFile)
                        .setting("save \"\"")
                        .setting("appendonly yes")
                        .setting("appendfsync always")
                        .setting("requirepass " + PASSWORD)
                        .build()
                        .start();
            });
            running = Optional.of(new Running(port, process));
        }
        return running.get();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
