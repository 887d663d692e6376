package io.mapae.example.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A node in a process of its own. What it is to do, secrets among it, it reads from its standard input; when that ends, so
 * does it, so that it never outlives the process that started it.
 */
final class Child implements AutoCloseable {
    private static final int PATIENCE_MINUTES = 3;
    private static final int ENDING_SECONDS = 20;
    private static final String STARTED = "started";
    private static final String WAR = "demo.war";
    private static final String PORT = "demo.port";

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /** Begins to start it. */
    static Child begin(Path war, int port, Map<String, String> settings) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        classPath(),
                        Child.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        Properties told = new Properties();
        told.putAll(settings);
        told.putAll(ours(System.getProperties()));
        told.setProperty(WAR, war.toString());
        told.setProperty(PORT, Integer.toString(port));
        OutputStream out = process.getOutputStream();
        told.store(out, null);
        out.write("\n\n".getBytes(UTF_8)); // an empty line ends it, as there is none in properties
        out.flush();
        return new Child(process);
    }

    /** What somebody has set who started us. */
    private static Map<String, String> ours(Properties properties) {
        Map<String, String> ours = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith("mapae.") || name.startsWith("example.")) {
                ours.put(name, properties.getProperty(name));
            }
        }
        return ours;
    }

    /** That of this process; Maven has one of its own. */
    private static String classPath() {
        return Child.class.getClassLoader() instanceof URLClassLoader maven
                ? Arrays.stream(maven.getURLs()).map(Child::path).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    private static String path(URL url) {
        return Path.of(URI.create(url.toString())).toString();
    }

    /**
     * Waits until it answers requests.
     *
     * @throws IOException with what it said, if it does not start
     */
    void await() throws IOException {
        BufferedReader says = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        Optional<String> first = CompletableFuture.supplyAsync(
                        () -> says.lines().findFirst())
                .completeOnTimeout(Optional.of("A service does not start"), PATIENCE_MINUTES, TimeUnit.MINUTES)
                .join();
        if (!first.equals(Optional.of(STARTED))) {
            throw new IOException(first.orElse("A service ended before it had started"));
        }
    }

    /** For processes that {@link #begin} started. */
    public static void main(String... none) {
        PrintStream out = System.out;
        System.setOut(System.err); // nobody reads more than a line
        int status = 1;
        try {
            run(out);
            status = 0;
        } catch (IOException failure) {
            out.println(failure.getMessage());
        } catch (RuntimeException | Error failure) {
            out.println("A service does not start: " + failure);
        } finally {
            System.exit(status); // whatever threads there are
        }
    }

    private static void run(PrintStream out) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        Properties told = new Properties();
        told.load(new StringReader(in.lines().takeWhile(line -> !line.isEmpty()).collect(Collectors.joining("\n"))));
        Map<String, String> settings = new HashMap<>();
        told.stringPropertyNames().forEach(name -> settings.put(name, told.getProperty(name)));
        Path war = Path.of(String.valueOf(settings.remove(WAR)));
        int port = Integer.parseInt(String.valueOf(settings.remove(PORT)));
        Node node = Node.start(war, port, settings, Optional.empty());
        out.println(STARTED);
        while (in.readLine() != null) {
            // nothing more is said
        }
        node.close();
    }

    /** By the end of its input, else by force. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException stubborn) {
            process.destroyForcibly();
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
