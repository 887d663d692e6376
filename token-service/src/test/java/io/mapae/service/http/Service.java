package io.mapae.service.http;

import io.mapae.service.account.Account;
import io.mapae.service.account.Bulkhead;
import io.mapae.service.jdbc.DataSources;
import io.mapae.service.jdbc.Database;
import io.mapae.service.jdbc.JdbcAccounts;
import io.mapae.servlet.AutoRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** An application on Tomcat with a token service and a protected path, and a client of it. */
public final class Service implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    static final String COOKIE = "__Secure-mapae-refresh";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Tomcat tomcat = new Tomcat();
    final String url;

    Service(Map<String, String> more) throws Exception {
        this(more, Optional.empty());
    }

    /** @param pool what the server has for the application, by the name {@link ServersPool#NAME} */
    Service(Map<String, String> more, Optional<DataSource> pool) throws Exception {
        url = more.getOrDefault("service.datasource", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Path base = Files.createTempDirectory("service");
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("/app", base.toString());
        Map<String, String> settings = new HashMap<>(Map.of(
                "service.issuer", "https://app.example/app/auth",
                "service.audience", "https://api.example, https://other.example",
                "service.key-secret", Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]),
                "service.algorithm", "ES256",
                "service.datasource", url,
                "service.introspect-clients", "board=a secret of board",
                "issuer", "https://app.example/app/auth",
                "audience", "https://api.example",
                "jwks-uri", "service:",
                "auto", "true"));
        settings.put("revocation", "service:");
        settings.putAll(more);
        settings.forEach((name, value) -> context.addParameter("mapae." + name, value));
        context.addServletContainerInitializer(new AutoRegistration(), Set.of());
        context.addServletContainerInitializer(new ServiceRegistration(), Set.of());
        Wrapper who = Tomcat.addServlet(context, "who", new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().print(request.getUserPrincipal().getName() + request.isUserInRole("user"));
            }
        });
        who.addMapping("/who");
        who.addMapping("/auth/admin/*");
        who.addMapping("/once");
        context.setParentClassLoader(getClass().getClassLoader());
        pool.ifPresent(shared -> {
            tomcat.enableNaming();
            context.getNamingResources().addResource(ServersPool.resource(shared));
        });
        tomcat.start();
        if (!context.getState().isAvailable()) {
            close();
            throw new IllegalStateException("the application did not start");
        }
        try (Database database =
                pool.map(Database::new).orElseGet(() -> DataSources.open(url, Optional.empty(), Optional.empty()))) {
            JdbcAccounts accounts = new JdbcAccounts(database, new Bulkhead(2), InstantSource.system());
            accounts.add(new Account("alice", Set.of("user"), Set.of("read", "write"), false, false), PASSWORD);
            accounts.add(new Account("bob", Set.of(), Set.of(), false, false), PASSWORD);
            accounts.add(new Account("carol", Set.of(), Set.of(), true, false), PASSWORD);
            accounts.add(new Account("dora", Set.of(), Set.of(), false, true), PASSWORD);
        }
    }

    /** What came back. */
    record Answer(int status, String body, HttpResponse<String> response) {
        /** A member of the body, as text. */
        String member(String name) {
            Matcher member =
                    Pattern.compile("\"" + name + "\":\"?([^\",}\\]]*)").matcher(body);
            return member.find() ? member.group(1) : "";
        }

        String header(String name) {
            return String.join("; ", response.headers().allValues(name));
        }

        /** The refresh cookie's value. */
        String cookie() {
            return response.headers()
                    .firstValue("Set-Cookie")
                    .orElse("=;")
                    .split(";", 2)[0]
                    .split("=", 2)[1];
        }

        /** The status and the error, if there is one. */
        String outcome() {
            return (status + " " + member("error")).strip();
        }
    }

    Answer send(String method, String path, String type, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/app" + path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    Answer get(String path, String... headers) throws Exception {
        return send("GET", path, "", new byte[0], headers);
    }

    /** A form: {@code a=1, b=2}, decoded. */
    Answer post(String path, String form, String... headers) throws Exception {
        String encoded = List.of(form.split(", ", -1)).stream()
                .filter(pair -> !pair.isEmpty())
                .map(pair -> {
                    String[] parts = pair.split("=", 2);
                    return parts[0] + "=" + URLEncoder.encode(parts[1], StandardCharsets.UTF_8);
                })
                .reduce((a, b) -> a + "&" + b)
                .orElse("");
        return send(
                "POST", path, "application/x-www-form-urlencoded", encoded.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer login(String name, String more) throws Exception {
        return post("/auth/login", "username=" + name + ", password=" + PASSWORD + (more.isEmpty() ? "" : ", " + more));
    }

    /** The service's own accounts, as whoever operates it sees them. */
    <T> T accounts(Operation<T> operation) throws Exception {
        try (Database database = DataSources.open(url, Optional.empty(), Optional.empty())) {
            return operation.on(new JdbcAccounts(database, new Bulkhead(2), InstantSource.system()));
        }
    }

    /** What an operator does. */
    @FunctionalInterface
    interface Operation<T> {
        T on(JdbcAccounts accounts) throws Exception;
    }

    static String[] cookie(String token) {
        return new String[] {"Cookie", COOKIE + "=" + token};
    }

    static String[] bearer(Answer login) {
        return new String[] {"Authorization", "Bearer " + login.member("access_token")};
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
