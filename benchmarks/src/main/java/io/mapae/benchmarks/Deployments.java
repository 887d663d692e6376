package io.mapae.benchmarks;

import jakarta.security.auth.message.config.AuthConfigFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;

/**
 * Deploys WAR files on a Tomcat that runs already, one after the other, and says in a line each what that took:
 * {@code Deployments DIRECTORY TOKEN WARM-UPS TURNS WAR...}. To be run on a class path that has the server and no Mapae.
 */
final class Deployments {
    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final String PATH = "/app";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Tomcat tomcat = new Tomcat();
    private final Path unpacked;
    private final String token;

    private Deployments(Path directory, String token) throws IOException, InterruptedException, LifecycleException {
        this.token = token;
        unpacked = Files.createDirectories(directory.resolve("webapps")).resolve(PATH.substring(1));
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getHost(); // makes it, which has to be before the start
        tomcat.start();
        expect(404, request("")); // so that neither the client nor the connector is new to the first application
    }

    public static void main(String[] args) throws Exception {
        Deployments deployments = new Deployments(Path.of(args[0]), args[1]);
        List<Path> wars = Arrays.stream(args).skip(4).map(Path::of).toList();
        for (int turn = -Integer.parseInt(args[2]); turn < Integer.parseInt(args[3]); turn++) {
            for (Path war : wars) {
                Deployment deployment = deployments.measure(war);
                if (turn >= 0) {
                    System.out.println(deployment.line());
                }
            }
        }
        deployments.tomcat.stop();
        deployments.tomcat.destroy();
    }

    private Deployment measure(Path war) throws IOException, InterruptedException {
        StandardContext application = application(war);
        System.gc(); // rather than in the midst of one of them
        long cpu = threads.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        tomcat.getHost().addChild(application);
        long started = System.nanoTime();
        long used = threads.getCurrentThreadCpuTime();
        expect(200, request(token));
        long answered = System.nanoTime();
        check(application.getServletContext().getFilterRegistrations().isEmpty());
        tomcat.getHost().removeChild(application);
        delete();
        return new Deployment(
                (started - wall) / NANOS_PER_MILLI,
                (used - cpu) / NANOS_PER_MILLI,
                (answered - started) / NANOS_PER_MILLI);
    }

    /** As Tomcat makes it of a WAR file that it finds. */
    private StandardContext application(Path war) {
        StandardContext application = new StandardContext();
        application.setName(PATH);
        application.setPath(PATH);
        application.setDocBase(war.toAbsolutePath().toString());
        application.addLifecycleListener(tomcat.getDefaultWebXmlListener());
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        application.addLifecycleListener(config);
        return application;
    }

    /** That it is what it is measured as: a filter refuses, and the container is told too, or neither. */
    private void check(boolean plain) throws IOException, InterruptedException {
        expect(plain ? 200 : 401, request(""));
        int told = AuthConfigFactory.getFactory().getRegistrationIDs(null).length;
        if (told != (plain ? 0 : 1)) {
            throw new IllegalStateException(told + " modules tell the container of callers");
        }
    }

    private HttpRequest request(String bearing) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + PATH + "/" + WebArchive.PAGE));
        return bearing.isEmpty()
                ? request.build()
                : request.header("Authorization", "Bearer " + bearing).build();
    }

    private void expect(int status, HttpRequest request) throws IOException, InterruptedException {
        int found = client.send(request, BodyHandlers.ofString()).statusCode();
        if (found != status) {
            throw new IllegalStateException(status + " was expected, not " + found);
        }
    }

    /** What Tomcat has unpacked, so that it does so each time. */
    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(unpacked)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
