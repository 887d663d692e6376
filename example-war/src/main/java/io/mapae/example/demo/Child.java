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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
import java.util.stream.Stream;

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
    private static final String DIRECTORY = "demo.directory";

    /** Ctrl-C is for all processes of a terminal. */
    private static final int INTERRUPTED = 130;

    private static final Logger LOG = System.getLogger("io.mapae.example");

    /** What it is, and its port. */
    private final String title;

    private final Process process;
    private volatile boolean closing;

    private Child(String title, Process process) {
        this.title = title;
        this.process = process;
    }

    /**
     * Begins to start it.
     *
     * @param service for people
     * @param directory where it has its temporary files
     */
    static Child begin(String service, Path war, int port, Path directory, Map<String, String> settings)
            throws IOException {
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
        told.setProperty(DIRECTORY, directory.toString());
        OutputStream out = process.getOutputStream();
        told.store(out, null);
        out.write("\n\n".getBytes(UTF_8)); // an empty line ends it, as there is none in properties
        out.flush();
        return new Child("The service " + service + " on port " + port, process);
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
     * Waits until it answers requests. If it ends later, and not by {@link #close}, the log says so.
     *
     * @throws IOException with what it said, if it does not start
     */
    void await() throws IOException {
        BufferedReader says = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String said = CompletableFuture.supplyAsync(() -> said(says))
                .completeOnTimeout("it takes too long", PATIENCE_MINUTES, TimeUnit.MINUTES)
                .join();
        if (!said.equals(STARTED)) {
            throw new IOException(title + " does not start: " + said);
        }
        var unused = process.onExit().thenAccept(ended -> {
            if (!closing && ended.exitValue() != INTERRUPTED) {
                LOG.log(
                        Level.WARNING,
                        title + " has ended (exit code " + ended.exitValue() + "): start all of it again");
            }
        });
    }

    /** That it has started, or all that it says of why it has not. */
    private static String said(BufferedReader says) {
        String first = says.lines().findFirst().orElse("it has ended");
        return first.equals(STARTED)
                ? first
                : Stream.concat(Stream.of(first), says.lines()).collect(Collectors.joining("\n"));
    }

    /** For processes that {@link #begin} started. */
    public static void main(String... none) {
        PrintStream out = System.out;
        System.setOut(System.err); // nobody reads more than a line
        Logs.inLines();
        Logs.quieten(false);
        int status = 1;
        try {
            run(out);
            status = 0;
        } catch (IOException failure) {
            out.println(failure.getMessage());
        } catch (RuntimeException | Error failure) {
            out.println(failure);
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
        Path directory = Path.of(String.valueOf(settings.remove(DIRECTORY)));
        Node node = Node.start(war, port, directory, settings, Optional.empty());
        out.println(STARTED);
        while (in.readLine() != null) {
            // nothing more is said
        }
        node.close();
    }

    /** By the end of its input, else by force. */
    @Override
    public void close() {
        closing = true;
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
