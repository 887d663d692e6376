package io.mapae.example.demo;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.BindException;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.webapp.WebAppClassLoader;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.IO;

/** The example's WAR file on an embedded Jetty, which listens on this machine only. */
final class Node implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    /** Under another name, another site's page could get here (DNS rebinding). */
    static final List<String> NAMES = List.of(HOST, "localhost");

    /** By name, as it is a class of the application's. */
    private static final String MISCONFIGURED = "io.mapae.config.ConfigurationException";

    private static final String SETTINGS =
            "\nmapae.issuer and mapae.audience are -Dissuer=… and -Daudience=… here; any other setting is -Dmapae.…=…, such as"
                    + " -Dmapae.jwks-uri=…";

    private final Server server = new Server();

    private Node() {}

    /**
     * Starts it.
     *
     * @param directory where it has its temporary files, in one of their own
     * @param settings as system properties while it starts; those that are set already are stronger
     * @param demo what is below {@code /demo}, beside the application
     * @throws IOException with a message for people, such as that the port is in use
     */
    static Node start(Path war, int port, Path directory, Map<String, String> settings, Optional<HttpServlet> demo)
            throws IOException {
        Map<String, String> added = new HashMap<>(settings);
        added.keySet().removeAll(System.getProperties().stringPropertyNames());
        added.forEach(System::setProperty);
        Node node = new Node();
        try {
            node.listen(port);
            node.server.setTempDirectory(
                    emptied(directory.resolve("jetty-" + port)).toFile());
            ContextHandlerCollection contexts = new ContextHandlerCollection();
            demo.ifPresent(servlet -> contexts.addHandler(beside(servlet)));
            contexts.addHandler(application(war));
            contexts.getHandlers().stream()
                    .map(ContextHandler.class::cast)
                    .forEach(context -> context.setVirtualHosts(NAMES));
            node.server.setHandler(contexts);
            Logs.starting(true);
            node.server.start();
            return node;
        } catch (Exception failure) {
            node.close();
            throw explained(failure, port);
        } finally {
            Logs.starting(false);
            added.keySet().forEach(System::clearProperty);
        }
    }

    /** Whoever was killed has left there what was unpacked. */
    private static Path emptied(Path directory) throws IOException {
        IO.delete(directory);
        return OwnFile.directory(directory);
    }

    private void listen(int port) {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(HOST);
        connector.setPort(port);
        server.addConnector(connector);
    }

    private static ServletContextHandler beside(HttpServlet servlet) {
        ServletContextHandler context = new ServletContextHandler("/demo");
        context.addServlet(new ServletHolder(servlet), "/*");
        return context;
    }

    private static WebAppContext application(Path war) {
        WebAppContext application = new WebAppContext();
        application.setContextPath("/");
        application.setClassLoader(new WebAppClassLoader(new ServerClasses(), application));
        application.setWar(war.toUri().toString());
        application.addConfiguration(new AnnotationConfiguration()); // runs initializers, Jersey's among them
        application.setThrowUnavailableOnStartupException(true);
        application.setInitParameter("org.eclipse.jetty.servlet.Default.dirAllowed", "false");
        URL webSockets = Objects.requireNonNull(Node.class.getResource("websockets.xml"));
        application.addOverrideDescriptor(webSockets.toString());
        JakartaWebSocketServletContainerInitializer.configure(application, null);
        return application;
    }

    private static IOException explained(Exception failure, int port) {
        if (failure instanceof BindException || failure.getCause() instanceof BindException) {
            return Ports.inUse(port);
        }
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(cause -> cause.getClass().getName().equals(MISCONFIGURED))
                .findFirst()
                .map(cause -> new IOException(cause.getMessage() + SETTINGS, failure))
                .orElseGet(() -> new IOException("The example does not start: " + failure, failure));
    }

    /** Until the process ends. */
    void join() throws InterruptedException {
        server.setStopAtShutdown(true);
        server.join();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the server does not stop", failure);
        }
    }
}
