package io.mapae.redis;

import io.mapae.service.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis on loopback; every write is on the disk when it is answered. Skips the test where there is none. */
public final class TestRedis {
    private static final String PASSWORD = "p-w";

    /** A node of a cluster listens at a port that is higher by so much, too. */
    private static final int BUS = 10_000;

    private static Optional<TestRedis> shared = Optional.empty();

    private final int port = freePort();
    private final Path directory = TestServers.directory("redis-" + port);
    private final List<String> settings;
    private ProcessHandle process;

    /** A new one, with more settings. */
    TestRedis(String... settings) {
        TestServers.assumeBinaries("Redis");
        this.settings = List.of(settings);
        this.process = started();
    }

    /** That of all tests, started by the first one that asks for it. */
    static synchronized TestRedis shared() {
        if (shared.isEmpty()) {
            shared = Optional.of(new TestRedis());
        }
        return shared.get();
    }

    /** Skips the test where there is no such server for this platform. */
    public static String uri() {
        return shared().address();
    }

    /** Keeps its connections, but answers nothing. */
    public static void pause() {
        TestServers.pause(shared().process);
    }

    public static void resume() {
        TestServers.resume(shared().process);
    }

    String address() {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** As a power cut does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** After {@link #kill}, with what was there. */
    void restart() {
        process = started();
    }

    private ProcessHandle started() {
        Path pidFile = directory.resolve("redis.pid");
        return TestServers.started(pidFile, () -> {
            Files.createDirectories(directory);
            RedisServerBuilder server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("dir " + directory)
                    .setting("pidfile " + pidFile)
                    .setting("save \"\"")
                    .setting("appendonly yes")
                    .setting("appendfsync always")
                    .setting("requirepass " + PASSWORD);
            settings.forEach(server::setting);
            server.build().start();
        });
    }

    private static int freePort() {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() + BUS < 65_536) {
                    return socket.getLocalPort();
                }
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
