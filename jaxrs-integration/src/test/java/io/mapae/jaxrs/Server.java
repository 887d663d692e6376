package io.mapae.jaxrs;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee10.webapp.WebAppClassLoader;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** A server with one application, at {@code /app}. */
interface Server {
    /** Of which make. */
    enum Make {
        TOMCAT,
        JETTY
    }

    /** Where the application is. */
    URI base();

    void stop() throws Exception;

    /** Starts one. */
    static Server start(Make make, Path war) throws Exception {
        return switch (make) {
            case TOMCAT -> tomcat(war);
            case JETTY -> jetty(war);
        };
    }

    private static Server tomcat(Path war) throws Exception {
        Tomcat tomcat = new Tomcat();
        Path work = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "tomcat");
        tomcat.setBaseDir(work.toString());
        Files.createDirectories(work.resolve("webapps"));
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        StandardContext context = new StandardContext();
        context.setName("/app");
        context.setPath("/app");
        context.setDocBase(war.toString());
        context.setParentClassLoader(new ServerClasses());
        context.addLifecycleListener(tomcat.getDefaultWebXmlListener());
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        context.addLifecycleListener(config);
        tomcat.getHost().addChild(context);
        tomcat.start();
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException("the application does not start");
        }
        return new Server() {
            @Override
            public URI base() {
                return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/app");
            }

            @Override
            public void stop() throws Exception {
                tomcat.stop();
                tomcat.destroy();
            }
        };
    }

    private static Server jetty(Path war) throws Exception {
        org.eclipse.jetty.server.Server server = new org.eclipse.jetty.server.Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ContextHandlerCollection applications = new ContextHandlerCollection();
        server.setHandler(applications);
        server.start();
        WebAppContext application = new WebAppContext();
        application.setContextPath("/app");
        application.setWar(war.toUri().toString());
        application.setTempDirectory(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "jetty")
                .toFile());
        application.addConfiguration(new AnnotationConfiguration());
        application.setThrowUnavailableOnStartupException(true);
        applications.addHandler(application);
        application.setClassLoader(new WebAppClassLoader(new ServerClasses(), application));
        application.start();
        return new Server() {
            @Override
            public URI base() {
                return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/app");
            }

            @Override
            public void stop() throws Exception {
                server.stop();
                server.destroy();
            }
        };
    }
}
