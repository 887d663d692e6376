package io.mapae.example.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mapae.service.account.Account;
import io.mapae.service.account.Bulkhead;
import io.mapae.service.http.ServiceRegistration;
import io.mapae.service.jdbc.DataSources;
import io.mapae.service.jdbc.Database;
import io.mapae.service.jdbc.JdbcAccounts;
import io.mapae.servlet.AutoRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** An application with a token service on Tomcat, and before it a proxy that counts, waits and loses answers. */
final class Service implements AutoCloseable {
    static final String PASSWORD = "correct horse";

    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Tomcat tomcat = new Tomcat();
    private final HttpServer proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What came by, in order: {@code GET /app/who 401}. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    /** Of the next refreshes and logouts, one each; later ones arrive. */
    final List<Fate> fates = new CopyOnWriteArrayList<>();

    /** Each 401 waits for as many others. */
    volatile CountDownLatch refusals = new CountDownLatch(0);

    /** The access tokens, the last one first. */
    final List<String> issued = new CopyOnWriteArrayList<>();

    /** What a client hears of its request. */
    enum Fate {
        ARRIVES,
        ANSWER_LOST,
        REQUEST_LOST,
        UNAVAILABLE,
        PORTAL
    }

    Service(String accessLifetime) throws Exception {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        Path base = Files.createTempDirectory("service");
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("/app", base.toString());
        String issuer = auth().toString();
        Map.of(
                        "service.issuer",
                        issuer,
                        "service.audience",
                        "https://api.example",
                        "service.key-secret",
                        Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]),
                        "service.algorithm",
                        "ES256",
                        "service.datasource",
                        database,
                        "service.access-lifetime",
                        accessLifetime)
                .forEach((name, value) -> context.addParameter("mapae." + name, value));
        Map.of(
                        "auto", "true",
                        "issuer", issuer,
                        "audience", "https://api.example",
                        "jwks-uri", "service:",
                        "revocation", "service:",
                        "clock-skew", "PT0S")
                .forEach((name, value) -> context.addParameter("mapae." + name, value));
        context.addServletContainerInitializer(new AutoRegistration(), Set.of());
        context.addServletContainerInitializer(new ServiceRegistration(), Set.of());
        Wrapper who = Tomcat.addServlet(context, "who", new Who());
        who.addMapping("/who");
        who.addMapping("/never");
        context.setParentClassLoader(getClass().getClassLoader());
        tomcat.start();
        try (Database accounts = DataSources.open(database, Optional.empty(), Optional.empty())) {
            JdbcAccounts all = new JdbcAccounts(accounts, new Bulkhead(1), InstantSource.system());
            all.add(new Account("alice", Set.of("user"), Set.of(), false, false), PASSWORD);
            all.add(new Account("bob", Set.of("user"), Set.of(), false, false), PASSWORD);
        }
        proxy.setExecutor(threads);
        proxy.createContext("/", this::forward);
        proxy.start();
    }

    URI auth() {
        return uri("auth");
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + proxy.getAddress().getPort() + "/app/" + path);
    }

    /** How often that came by, from the beginning of the line. */
    long count(String beginning) {
        return seen.stream().filter(line -> line.startsWith(beginning)).count();
    }

    /** Waits until the application refuses a token, behind the proxy's back. */
    void awaitRefusal(String token) throws Exception {
        while (direct("GET", "/app/who", "", token).statusCode() != 401) {
            Thread.onSpinWait();
        }
    }

    /** Ends the access token that was issued last, and not its session. */
    void revoke() throws Exception {
        direct("POST", "/app/auth/revoke", "token=" + issued.get(0), "");
        awaitRefusal(issued.get(0));
    }

    private HttpResponse<byte[]> direct(String method, String path, String form, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean meddles = path.matches(".*/(refresh|logout)") && !fates.isEmpty();
            Fate fate = meddles ? fates.remove(0) : Fate.ARRIVES;
            String line = exchange.getRequestMethod() + " " + path + " ";
            if (fate == Fate.REQUEST_LOST) {
                seen.add(line + fate);
                return; // closes the connection
            }
            HttpResponse<byte[]> answer =
                    direct(exchange.getRequestMethod(), path, body, token.replaceFirst("Bearer |null", ""));
            Matcher access = ACCESS_TOKEN.matcher(new String(answer.body(), UTF_8));
            if (access.find()) {
                issued.add(0, access.group(1));
            }
            if (answer.statusCode() == 401) {
                refusals.countDown();
                refusals.await();
            }
            seen.add(line + (fate == Fate.ARRIVES ? answer.statusCode() : fate));
            switch (fate) {
                case ARRIVES -> respond(exchange, answer);
                case UNAVAILABLE -> respond(exchange, 503, "{\"error\":\"temporarily_unavailable\"}".getBytes(UTF_8));
                case PORTAL -> respond(exchange, 200, "<html>Log in to the café's network".getBytes(UTF_8));
                case ANSWER_LOST, REQUEST_LOST -> {} // closes the connection
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void respond(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers()
                .firstValue("Retry-After")
                .ifPresent(seconds -> exchange.getResponseHeaders().set("Retry-After", seconds));
        respond(exchange, answer.statusCode(), answer.body());
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() throws LifecycleException {
        proxy.stop(0);
        threads.shutdownNow();
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class Who extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getServletPath().equals("/never")) {
                response.sendError(401);
            } else {
                String body = new String(request.getInputStream().readAllBytes(), UTF_8);
                response.getWriter().print(request.getRemoteUser() + body);
            }
        }
    }
}
