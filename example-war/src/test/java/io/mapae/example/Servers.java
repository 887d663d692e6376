package io.mapae.example;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One server of each make. */
final class Servers {
    enum Make {
        TOMCAT,
        JETTY
    }

    /** What is said of each request; what is wrong with a deployment is thrown. */
    private static final Map<String, Level> LEVELS = Map.of(
            "io.mapae", Level.WARNING,
            "org.apache", Level.WARNING,
            "org.apache.catalina.mapper", Level.OFF,
            "org.eclipse.jetty", Level.WARNING,
            "org.eclipse.jetty.ee10.webapp", Level.OFF);

    /** Held, as java.util.logging forgets the level of a logger that nobody holds. */
    private static final List<Logger> QUIET =
            LEVELS.keySet().stream().map(Logger::getLogger).toList();

    private final WebServer tomcat;
    private final WebServer jetty;

    private Servers(WebServer tomcat, WebServer jetty) {
        this.tomcat = tomcat;
        this.jetty = jetty;
    }

    static Servers start() {
        QUIET.forEach(logger -> logger.setLevel(LEVELS.get(logger.getName())));
        try {
            Path work = Files.createTempDirectory(WebServer.WAR.toAbsolutePath().getParent(), "servers");
            return new Servers(new TomcatServer(work), new JettyServer(work));
        } catch (Exception failure) {
            throw new IllegalStateException("no servers", failure);
        }
    }

    WebServer get(Make make) {
        return switch (make) {
            case TOMCAT -> tomcat;
            case JETTY -> jetty;
        };
    }

    /** On both of them. */
    Servers with(String path, Map<String, String> contextParams) throws Exception {
        tomcat.deploy(path, contextParams);
        jetty.deploy(path, contextParams);
        return this;
    }

    /** On both of them, with settings that are stronger than those of the WAR's own {@code web.xml}. */
    Servers withSystemProperties(String path, Map<String, String> settings) throws Exception {
        settings.forEach(System::setProperty);
        try {
            return with(path, Map.of());
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    void stop() throws Exception {
        tomcat.stop();
        jetty.stop();
    }
}
