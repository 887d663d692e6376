package io.mapae.dropin;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/** A Tomcat of the jar's namespace with one application. */
final class Server implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Tomcat tomcat = new Tomcat();
    private final Context context;

    Server(Path work, Path war) throws IOException, LifecycleException {
        Path base = work.resolve("tomcat");
        Files.createDirectories(base.resolve("webapps"));
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.setAddDefaultWebXmlToWebapp(false); // which would start a servlet for JSPs
        context = tomcat.addWebapp("/shop", war.toString());
        context.setParentClassLoader(new ServerClasses());
        tomcat.start();
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException("the application did not start");
        }
    }

    HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/shop" + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }


    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** The server itself: nothing of what else the tests have is to be seen by applications. */
    private static final class ServerClasses extends ClassLoader {
        private ServerClasses() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.apache.") || name.startsWith(OneJar.NAMESPACE + ".")) {
                return Tomcat.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }

        /** Tomcat loads some classes of its own as an application's, by their bytes. */
        @Override
        protected @Nullable URL findResource(String name) {
            return name.startsWith("org/apache/")
                    ? Tomcat.class.getClassLoader().getResource(name)
                    : null;
        }
    }
}
