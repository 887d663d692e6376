package io.mapae.containers.matrix;

import io.mapae.containers.ServerProcess;
import io.mapae.service.account.Account;
import io.mapae.service.account.Bulkhead;
import io.mapae.service.jdbc.DataSources;
import io.mapae.service.jdbc.Database;
import io.mapae.service.jdbc.JdbcAccounts;
import io.mapae.service.jdbc.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The example on a server that runs: told by the server's environment alone what it needs to know. */
record Example(Server server) implements AutoCloseable {
    private static final Path WAR = Path.of(System.getProperty("example.war"));
    private static final String NAME = "example";
    private static final String PASSWORD = "correct horse";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a login gave. */
    record Session(String token, String cookie) {
        static Session of(Reply reply) {
            return new Session(json(reply).path("access_token").asString(), reply.cookies());
        }
    }

    static Example start(Product product, Path java) throws IOException {
        Path directory = Path.of(System.getProperty("logs"), "instances", "example-" + product.id());
        String database = "jdbc:h2:file:" + directory.resolve("accounts").toAbsolutePath();
        int port = ServerProcess.freePort();
        Instance instance = new Instance(
                        "example-" + product.id(),
                        Distribution.of(product).home(),
                        directory,
                        java,
                        port,
                        settings("http://127.0.0.1:" + port + "/" + NAME, database))
                .fresh();
        addAccounts(database);
        Server server = product.launcher().launch(instance, Map.of(NAME, WAR));
        server.process().await(() -> server.answers("/" + NAME + "/"));
        return new Example(server);
    }

    /** Of the environment; what is the example's own are system properties. Authors are asked for by HTTP, of the same node. */
    private static Map<String, String> settings(String base, String database) {
        Map<String, String> settings = new HashMap<>();
        settings.put("MAPAE_ISSUER", base + "/auth");
        settings.put("MAPAE_AUDIENCE", base);
        settings.put("MAPAE_JWKS_URI", "service:");
        settings.put("MAPAE_REVOCATION", "service:");
        settings.put("MAPAE_SERVICE_ISSUER", base + "/auth");
        settings.put("MAPAE_SERVICE_AUDIENCE", base);
        settings.put("MAPAE_SERVICE_KEY_SECRET", "A".repeat(43));
        settings.put("MAPAE_SERVICE_DATASOURCE", database);
        settings.put("JAVA_TOOL_OPTIONS", "-Dexample.profile=" + base + "/api/profile");
        return settings;
    }

    /** Before the server opens the database, which is then its own. */
    private static void addAccounts(String url) throws IOException {
        try (Database database = DataSources.open(url, Optional.empty(), Optional.empty())) {
            Schema.apply(database);
            JdbcAccounts accounts = new JdbcAccounts(database, new Bulkhead(1), InstantSource.system());
            Set<String> scopes = Set.of("board:read", "board:write");
            accounts.add(new Account("alice", Set.of("user"), scopes, false, false), PASSWORD);
            accounts.add(new Account("bob", Set.of("user", "admin"), scopes, false, false), PASSWORD);
        }
    }

    Reply get(String path, String token) {
        return send("GET", path, token);
    }

    Reply send(String method, String path, String token) {
        return server.send(method, "/" + NAME + path, bearing(token), "");
    }

    Reply post(String path, String token, String text) {
        Map<String, String> headers = bearing(token);
        headers.put("Content-Type", "text/plain");
        return server.send("POST", "/" + NAME + path, headers, text);
    }

    Reply login(String name) {
        return login(name, "");
    }

    Reply login(String name, String more) {
        return form("login", Map.of(), "username=" + name + "&password=" + PASSWORD.replace(' ', '+') + more);
    }

    /** One of the token service's. */
    Reply endpoint(String endpoint, String form, String cookie) {
        return form(endpoint, Map.of("Cookie", cookie), form);
    }

    String ticket(Live.Kind kind, String token) {
        return json(form("ticket", bearing(token), "path=" + kind.path))
                .path("ticket")
                .asString();
    }

    private Reply form(String endpoint, Map<String, String> headers, String form) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/x-www-form-urlencoded");
        return server.send("POST", "/" + NAME + "/auth/" + endpoint, all, form);
    }

    Live open(Live.Kind kind, String ticket) throws Exception {
        String query = ticket.isEmpty() ? "" : "?ticket=" + ticket;
        return kind.open("127.0.0.1:" + server.port() + "/" + NAME + kind.path + query);
    }

    static JsonNode json(Reply reply) {
        return JSON.readTree(reply.body());
    }

    /** Of another signature. */
    static String altered(String token) {
        int middle = token.lastIndexOf('.') + 10;
        return token.substring(0, middle) + (token.charAt(middle) == '0' ? '1' : '0') + token.substring(middle + 1);
    }

    private static Map<String, String> bearing(String token) {
        return new HashMap<>(token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token));
    }

    @Override
    public void close() {
        server.close();
    }
}
