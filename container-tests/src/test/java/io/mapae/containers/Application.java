package io.mapae.containers;

import java.io.IOException;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import tools.jackson.databind.JsonNode;

/** The example's WAR file on a Tomcat of its own. */
final class Application implements AutoCloseable {
    private static final Path WAR = Path.of(System.getProperty("example.war"));

    private final Tomcat tomcat = new Tomcat();

    private Application() {}

    /** Settings are system properties while it is deployed: those are stronger than what the WAR says of itself. */
    static Application with(Map<String, String> settings) {
        Application application = new Application();
        settings.forEach((name, value) -> System.setProperty("mapae." + name, value));
        try {
            application.start();
            return application;
        } catch (IOException | LifecycleException failure) {
            throw new IllegalStateException("the application does not start", failure);
        } finally {
            settings.keySet().forEach(name -> System.clearProperty("mapae." + name));
        }
    }

    private void start() throws IOException, LifecycleException {
        Path work = Files.createTempDirectory(WAR.toAbsolutePath().getParent(), "tomcat");
        Files.createDirectories(work.resolve("webapps"));
        tomcat.setBaseDir(work.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        StandardContext context = new StandardContext();
        context.setName("");
        context.setPath("");
        context.setDocBase(WAR.toString());
        context.setParentClassLoader(new ServerClasses());
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        context.addLifecycleListener(config);
        tomcat.getHost().addChild(context);
        tomcat.start();
        if (!context.getState().isAvailable()) {
            close();
            throw new LifecycleException("not available");
        }
    }

    int status(String path, Token token) {
        return get(path, token).statusCode();
    }

    JsonNode profile(Token token) {
        return Http.parse(get("/api/profile", token).body());
    }

    private HttpResponse<String> get(String path, Token token) {
        String base = "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
        return Http.send(Http.request(base + path, token.text()));
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** The class path of the tests, without anything that the WAR has to bring, nor any services that tests use themselves. */
    private static final class ServerClasses extends ClassLoader {
        private static final List<String> HIDDEN =
                List.of("io.mapae.", "tools.jackson.", "org.jose4j.", "org.slf4j.", "org.h2.", "com.zaxxer.");

        ServerClasses() {
            super(Application.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (HIDDEN.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("META-INF/services/") ? Collections.emptyEnumeration() : super.getResources(name);
        }
    }
}
