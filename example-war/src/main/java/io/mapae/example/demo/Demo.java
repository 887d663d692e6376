package io.mapae.example.demo;

import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee10.webapp.WebAppClassLoader;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The example's WAR file on an embedded Jetty, which listens on this machine only, with a key of its own. */
public final class Demo implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String DEFAULT_PORT = "8080";

    /** Held, as java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    private final Server server;
    private final URI base;
    private final List<Line> lines;

    private Demo(Server server, URI base, List<Line> lines) {
        this.server = server;
        this.base = base;
        this.lines = lines;
    }

    /**
     * Runs until the process ends.
     *
     * @param arguments the WAR file and a directory for the key; the port is the system property {@code port}
     */
    public static void main(String... arguments) throws InterruptedException {
        JETTY.setLevel(Level.WARNING);
        try {
            Demo demo = start(Path.of(arguments[0]), Path.of(arguments[1]), port());
            demo.server.setStopAtShutdown(true);
            demo.print(System.out);
            demo.server.join();
        } catch (IOException | IllegalArgumentException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts the example.
     *
     * @param war the WAR file
     * @param directory where its key is, or will be
     * @param port 0 for any that is free
     * @throws IOException with a message for people, such as that the port is in use
     */
    public static Demo start(Path war, Path directory, int port) throws IOException {
        if (!Files.isRegularFile(war)) {
            throw new NoSuchFileException(war + " is not there: build it first");
        }
        TestKey key = DemoKey.in(directory);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(HOST);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(application(war, directory));
        start(server, port);
        URI base = URI.create("http://" + HOST + ":" + connector.getLocalPort() + "/");
        return new Demo(server, base, new Lines(base, key).all());
    }

    /** Where the example is; ends with a slash. */
    public URI base() {
        return base;
    }

    /** What to try, with tokens that are good for an hour. */
    public List<Line> lines() {
        return lines;
    }

    @Override
    public void close() {
        stop(server);
    }

    private void print(PrintStream out) {
        out.println("The example is at " + base + " until Ctrl-C. Its tokens are good for an hour. Try:");
        for (Line line : lines) {
            out.println();
            out.println("# " + line.status() + ": " + line.what());
            out.println(line.curl());
        }
    }

    private static int port() {
        String text = System.getProperty("port", DEFAULT_PORT);
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException("-Dport=" + text + " is no port: a number up to 65535 is");
        }
        return Integer.parseInt(text);
    }

    private static WebAppContext application(Path war, Path directory) throws IOException {
        WebAppContext application = new WebAppContext();
        application.setContextPath("/");
        application.setClassLoader(new WebAppClassLoader(new ServerClasses(), application));
        application.setWar(war.toUri().toString());
        application.addConfiguration(new AnnotationConfiguration()); // runs initializers, Jersey's among them
        application.setThrowUnavailableOnStartupException(true);
        // the setting that the WAR leaves to whoever deploys it; for this application only, unlike a system property
        application.setInitParameter(
                "mapae.jwks-uri", DemoKey.jwks(directory).toUri().toString());
        return application;
    }

    private static void start(Server server, int port) throws IOException {
        try {
            server.start();
        } catch (Exception failure) {
            stop(server);
            if (failure instanceof BindException || failure.getCause() instanceof BindException) {
                throw new BindException("Port " + port + " is in use: choose another with -Dport=…");
            }
            throw new IOException("The example does not start: " + failure, failure);
        }
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the server does not stop", failure);
        }
    }
}
