package io.mapae.benchmarks.stress;

import io.mapae.service.account.Account;
import io.mapae.service.account.Bulkhead;
import io.mapae.service.jdbc.DataSources;
import io.mapae.service.jdbc.Database;
import io.mapae.service.jdbc.JdbcAccounts;
import io.mapae.service.jdbc.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Two nodes over one store, each a JVM of its own, and a client of both. Safe for use by several threads. */
final class ServiceNodes implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    private static final Duration START_UP = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int UNDECIDED_AT_MOST = 3000;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<String> settings;
    private final int[] ports = {freePort(), freePort()};
    private final Process[] nodes;

    private ServiceNodes(Map<String, String> settings) throws IOException, InterruptedException {
        this.settings = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        Process first = start(0);
        awaited(0, first); // it makes the tables and the first key
        Process second = start(1);
        awaited(1, second);
        this.nodes = new Process[] {first, second};
    }

    /** Two nodes over an empty database, with the accounts {@code alice} and {@code bob}. */
    static ServiceNodes start(ServiceStore store, Map<String, String> more) throws Exception {
        String database = TestDatabase.POSTGRESQL.url();
        Map<String, String> settings = store.settings(database);
        settings.putAll(Map.of(
                "service.issuer", "https://app.example/auth",
                "service.audience", "https://api.example",
                "service.key-secret", Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]),
                "service.algorithm", "ES256",
                "issuer", "https://app.example/auth",
                "audience", "https://api.example",
                "jwks-uri", "service:",
                "auto", "true"));
        settings.putAll(more);
        ServiceNodes nodes = new ServiceNodes(settings);
        try (Database accounts = DataSources.open(database, Optional.empty(), Optional.empty())) {
            JdbcAccounts all = new JdbcAccounts(accounts, new Bulkhead(1), InstantSource.system());
            for (String name : List.of("alice", "bob")) {
                all.add(new Account(name, Set.of(), Set.of("read"), false, false), PASSWORD);
            }
        }
        return nodes;
    }

    private Process start(int node) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-classpath",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .reduce((a, b) -> a + File.pathSeparator + b)
                        .orElseThrow(),
                ServiceNode.class.getName(),
                String.valueOf(ports[node])));
        command.addAll(settings);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void awaited(int node, Process process) throws InterruptedException {
        long end = System.nanoTime() + START_UP.toNanos();
        while (send(node, "GET", "/auth/jwks.json", "", "").status() != 200) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException("a node does not start");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
    }

    /** Whether verifiers are told of what is revoked. */
    boolean hearsOfRevocations() {
        return settings.stream().anyMatch(setting -> setting.startsWith("revocation="));
    }

    /** By SIGKILL: nothing is finished, nothing is said. */
    void kill(int node) {
        nodes[node].destroyForcibly().onExit().join();
    }

    /** Starts it again, and waits until it answers. */
    void restart(int node) throws IOException, InterruptedException {
        nodes[node] = start(node);
        awaited(node, nodes[node]);
    }

    ServiceAnswer login(int node, String name, String password) {
        return send(
                node,
                "POST",
                "/auth/login",
                form("username", name, "password", password, "refresh_transport", "body"),
                "");
    }

    ServiceAnswer refresh(int node, String token) {
        return send(node, "POST", "/auth/refresh", "refresh_token=" + token, "");
    }

    ServiceAnswer logout(int node, String token) {
        return send(node, "POST", "/auth/logout", "refresh_token=" + token, "");
    }

    /** At the protected path. */
    ServiceAnswer who(int node, String accessToken) {
        return send(node, "GET", "/who", "", accessToken);
    }

    /** How many sessions an account has. */
    int sessions(String accessToken) {
        return patiently(0, node -> send(node, "GET", "/auth/sessions", "", accessToken))
                        .body()
                        .split("\"id\":", -1)
                        .length
                - 1;
    }

    /** Something to be asked of a node. */
    @FunctionalInterface
    interface Question {
        ServiceAnswer ask(int node);
    }

    /** What is not decided at one node is asked at once at the other, and so on; a pause after each round. */
    static ServiceAnswer patiently(int first, Question question) {
        ServiceAnswer answer = question.ask(first);
        for (int i = 1; answer.isUndecided() && i < UNDECIDED_AT_MOST; i++) {
            if (i % 2 == 0) {
                rest(PAUSE);
            }
            answer = question.ask((first + i) % 2);
        }
        return answer;
    }

    /** A session of somebody whose password is right. */
    ServiceAnswer loggedIn(String name) {
        ServiceAnswer answer = patiently(0, node -> login(node, name, PASSWORD));
        if (!answer.isGood()) {
            throw new IllegalStateException("no login: " + answer.outcome());
        }
        return answer;
    }

    static void rest(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected); // nobody interrupts it
        }
    }

    private static String form(String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(namesAndValues[i])
                    .append('=')
                    .append(namesAndValues[i + 1].replace(' ', '+'));
        }
        return form.toString();
    }

    private ServiceAnswer send(int node, String method, String path, String form, String accessToken) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports[node] + path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(form));
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        if (!accessToken.isEmpty()) {
            request.header("Authorization", "Bearer " + accessToken);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new ServiceAnswer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Retry-After").orElse(""));
        } catch (IOException nobodyAnswered) {
            return ServiceAnswer.NONE;
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        for (int node = 0; node < nodes.length; node++) {
            kill(node);
        }
    }
}
