package io.mapae.benchmarks.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A server with one servlet, on loopback. */
public enum Engine {
    TOMCAT("Tomcat") {
        @Override
        int start(Optional<Filter> filter, Map<String, String> settings) throws Exception {
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(directory().toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", LOOPBACK);
            tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
            tomcat.getConnector().setProperty("keepAliveTimeout", String.valueOf(IDLE.toMillis()));
            tomcat.getConnector().setProperty("maxThreads", String.valueOf(THREADS));
            Context context = tomcat.addContext("", null);
            Tomcat.addServlet(context, NAME, new Hello()).addMapping("/*");
            filter.ifPresent(guard -> {
                FilterDef definition = new FilterDef();
                definition.setFilterName(NAME);
                definition.setFilter(guard);
                settings.forEach(definition::addInitParameter);
                context.addFilterDef(definition);
                FilterMap mapping = new FilterMap();
                mapping.setFilterName(NAME);
                mapping.addURLPattern("/*");
                context.addFilterMap(mapping);
            });
            tomcat.start();
            return tomcat.getConnector().getLocalPort();
        }

        private Path directory() throws IOException {
            Path directory = Files.createTempDirectory("tomcat");
            directory.toFile().deleteOnExit();
            return directory;
        }
    },
    JETTY("Jetty") {
        @Override
        int start(Optional<Filter> filter, Map<String, String> settings) throws Exception {
            Server server = new Server(new QueuedThreadPool(THREADS));
            ServerConnector connector = new ServerConnector(server);
            connector.setHost(LOOPBACK);
            connector.setIdleTimeout(IDLE.toMillis());
            server.addConnector(connector);
            ServletContextHandler context = new ServletContextHandler("/");
            context.addServlet(new ServletHolder(new Hello()), "/*");
            filter.ifPresent(guard -> {
                FilterHolder holder = new FilterHolder(guard);
                holder.setInitParameters(settings);
                context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
            });
            server.setHandler(context);
            server.start();
            return connector.getLocalPort();
        }
    };

    private static final String LOOPBACK = "127.0.0.1";
    private static final String NAME = "hello";

    /** Longer than a connection waits until it is its server's turn again. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    /** More than ever work at the same time. */
    private static final int THREADS = 10;

    private final String title;

    Engine(String title) {
        this.title = title;
    }

    /**
     * Starts with that filter before the servlet.
     *
     * @param settings the filter's parameters
     * @return the port
     */
    abstract int start(Optional<Filter> filter, Map<String, String> settings) throws Exception;

    /** As it is called where figures are shown. */
    @Override
    public String toString() {
        return title;
    }
}
