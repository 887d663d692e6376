package io.mapae.containers;

import io.mapae.service.account.Account;
import io.mapae.service.account.Bulkhead;
import io.mapae.service.http.ServiceRegistration;
import io.mapae.service.jdbc.DataSources;
import io.mapae.service.jdbc.Database;
import io.mapae.service.jdbc.JdbcAccounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** A token service of ours on a Tomcat of its own, with an account. */
final class TokenService implements AutoCloseable {
    private static final String PASSWORD = "correct horse";

    private final Tomcat tomcat = new Tomcat();
    private final String issuer;

    TokenService(String algorithm) throws Exception {
        int port = ServerProcess.freePort();
        String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        issuer = "http://127.0.0.1:" + port + "/app/auth";
        Path base = Files.createTempDirectory("token-service");
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("/app", base.toString());
        Map.of(
                        "issuer", issuer,
                        "audience", "https://api.example, https://other.example",
                        "key-secret", Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]),
                        "algorithm", algorithm,
                        "datasource", database)
                .forEach((name, value) -> context.addParameter("mapae.service." + name, value));
        context.addServletContainerInitializer(new ServiceRegistration(), Set.of());
        context.setParentClassLoader(getClass().getClassLoader());
        tomcat.start();
        try (Database accounts = DataSources.open(database, Optional.empty(), Optional.empty())) {
            new JdbcAccounts(accounts, new Bulkhead(1), InstantSource.system())
                    .add(new Account("alice", Set.of("user"), Set.of("read"), false, false), PASSWORD);
        }
    }

    String issuer() {
        return issuer;
    }

    /** An access token of the account's, for that audience. */
    Token login(String audience) {
        Map<String, String> form = Map.of("username", "alice", "password", PASSWORD, "resource", audience);
        return new Token(Http.form(issuer + "/login", form).path("access_token").asString());
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
