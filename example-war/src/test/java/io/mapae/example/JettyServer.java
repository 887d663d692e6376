package io.mapae.example;

import io.mapae.example.demo.Demo;
import io.mapae.example.demo.ServerClasses;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.ee10.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee10.webapp.WebAppClassLoader;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

final class JettyServer implements WebServer {
    private static final int MAX_THREADS = 20;
    private static final int IDLE_MILLIS = 200;

    private final Path work;
    private final Server server = new Server(threads());
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final ContextHandlerCollection applications = new ContextHandlerCollection();

    JettyServer(Path work) throws Exception {
        this.work = work;
        connector.setHost("127.0.0.1");
        // a connection holds its last request, and so the application, for as long as it stays open
        connector
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration()
                .addCustomizer((request, response) -> {
                    if (!request.getHeaders().contains(HttpHeader.UPGRADE)) {
                        response.put(HttpHeader.CONNECTION, "close");
                    }
                    return request;
                });
        server.addConnector(connector);
        server.setHandler(applications);
        server.start();
    }

    /** Idle ones end soon: now and then Jersey leaves its request's scope in one, and unlike Tomcat, Jetty renews none. */
    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 0, IDLE_MILLIS);
        threads.setReservedThreads(0); // else a selector's own thread, which never ends, would run requests
        threads.setMaxEvictCount(MAX_THREADS);
        return threads;
    }

    @Override
    public URI base() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public Deployment deploy(String path, Map<String, String> contextParams) throws Exception {
        WebAppContext application = new WebAppContext();
        application.setContextPath(path.isEmpty() ? "/" : path);
        application.setWar(WAR.toUri().toString());
        application.setTempDirectory(Files.createTempDirectory(work, "war").toFile());
        application.setThrowUnavailableOnStartupException(true);
        application.addConfiguration(new AnnotationConfiguration()); // runs initializers, Jersey's among them
        application.addOverrideDescriptor(
                Objects.requireNonNull(Demo.class.getResource("websockets.xml")).toString());
        JakartaWebSocketServletContainerInitializer.configure(application, null);
        contextParams.forEach(application::setInitParameter);
        applications.addHandler(application);
        applications.manage(application); // else, as it comes later, the server would stop without stopping it
        application.setClassLoader(new WebAppClassLoader(new ServerClasses(), application));
        try {
            application.start();
        } catch (Exception problem) {
            applications.removeHandler(application);
            throw problem;
        }
        return new JettyDeployment(applications, application);
    }

    @Override
    public void stop() throws Exception {
        server.stop();
        server.destroy();
    }

    private record JettyDeployment(ContextHandlerCollection applications, WebAppContext application)
            implements Deployment {
        @Override
        public ClassLoader classes() {
            return application.getClassLoader();
        }

        @Override
        public void undeploy() throws Exception {
            application.stop();
            applications.removeHandler(application);
            application.destroy();
        }
    }
}
