package io.mapae.benchmarks.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A server in a JVM of its own, which can be asked what it has used. */
final class RunningServer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;
    private int port;

    private RunningServer(Process process) {
        this.process = process;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Does not wait for it. */
    static RunningServer start(Engine engine, Guard guard, String publicKey) throws IOException {
        return new RunningServer(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        engine.name(),
                        guard.name(),
                        publicKey))
                .redirectError(Redirect.INHERIT)
                .start());
    }

    /** Waits until it listens. Not safe for use by several threads. */
    int port() throws IOException {
        if (port == 0) {
            port = Integer.parseInt(answer());
        }
        return port;
    }

    Used used() throws IOException {
        questions.newLine();
        questions.flush();
        return Used.of(answer());
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("a server has ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
