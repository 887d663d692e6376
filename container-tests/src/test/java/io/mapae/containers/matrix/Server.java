package io.mapae.containers.matrix;

import io.mapae.containers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server that runs.
 *
 * @param deployments the directory that it watches for applications
 * @param accessLogs the directory of its access logs, and of nothing else
 */
record Server(ServerProcess process, int port, Path deployments, Path accessLogs) implements AutoCloseable {
    Reply get(String target, Map<String, String> headers) {
        return send("GET", target, headers, "");
    }

    Reply send(String method, String target, Map<String, String> headers, String body) {
        try (Wire wire = wire()) {
            return wire.send(method, target, headers, body);
        } catch (IOException failure) {
            throw new UncheckedIOException(method + " " + target + ": " + failure.getMessage(), failure);
        }
    }

    Wire wire() throws IOException {
        return new Wire(port);
    }

    boolean answers(String target) {
        try {
            return get(target, Map.of()).status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** Deploys the application as {@code name}, in the place of one that may be there; it answers later. */
    void deploy(String name, Path war) throws IOException {
        Path copy = Files.copy(war, deployments.resolveSibling(name + ".copy"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, deployments.resolve(name + ".war"), StandardCopyOption.ATOMIC_MOVE);
    }

    String accessLog() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(accessLogs)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Override
    public void close() {
        process.stop();
    }
}
