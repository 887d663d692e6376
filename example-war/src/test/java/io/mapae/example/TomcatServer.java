package io.mapae.example;

import io.mapae.example.demo.ServerClasses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.JarScanner;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.apache.tomcat.websocket.server.WsSci;

final class TomcatServer implements WebServer {
    private final Tomcat tomcat = new Tomcat();

    TomcatServer(Path work) throws IOException, LifecycleException {
        tomcat.setBaseDir(work.toString());
        Files.createDirectories(work.resolve("webapps"));
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getHost(); // makes it, which has to be before the start
        tomcat.start();
    }

    @Override
    public URI base() {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
    }

    @Override
    public Deployment deploy(String path, Map<String, String> contextParams) {
        StandardContext context = new StandardContext();
        context.setName(path);
        context.setPath(path);
        context.setDocBase(WAR.toAbsolutePath().toString());
        context.setParentClassLoader(new ServerClasses());
        context.setJarScanner(warOnly());
        context.addServletContainerInitializer(new WsSci(), Set.of());
        contextParams.forEach(context::addParameter);
        context.addLifecycleListener(tomcat.getDefaultWebXmlListener());
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        context.addLifecycleListener(config);
        Throwable problem = loggedWhile(() -> tomcat.getHost().addChild(context));
        if (!context.getState().isAvailable()) {
            tomcat.getHost().removeChild(context);
            throw new IllegalStateException(path + " does not start", problem);
        }
        return new TomcatDeployment(context);
    }

    @Override
    public void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** Looks for annotations in the WAR, and not in each file of the tests' class path, which takes seconds. */
    private static JarScanner warOnly() {
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        return scanner;
    }

    /** Tomcat does not throw what an application's start-up threw: its administrator finds it in the log. */
    private static Throwable loggedWhile(Runnable deployment) {
        List<Throwable> logged = new ArrayList<>();
        Logger logger = Logger.getLogger("org.apache.catalina.core");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getThrown() != null) {
                    logged.add(entry.getThrown());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            deployment.run();
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
        return logged.isEmpty() ? new IllegalStateException("nothing in the log") : logged.get(0);
    }

    private record TomcatDeployment(Context context) implements Deployment {
        @Override
        public ClassLoader classes() {
            return context.getLoader().getClassLoader();
        }

        @Override
        public void undeploy() {
            context.getParent().removeChild(context);
        }
    }
}
