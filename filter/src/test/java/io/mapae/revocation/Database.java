package io.mapae.revocation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.tools.Server;

/** A database in this JVM, behind a server that can be stopped and started again, with the token service's tables. */
final class Database implements AutoCloseable {
    private static final Path TABLES =
            Path.of("..", "token-service/src/main/resources/io/mapae/service/h2/V1__mapae.sql");

    private final String name = "mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final Connection keeper;
    private Server server;

    Database() throws SQLException, IOException {
        keeper = DriverManager.getConnection("jdbc:h2:" + name + ";USER=sa;PASSWORD=s3cr3t");
        server = started("0");
        run(Files.readString(TABLES, StandardCharsets.UTF_8));
    }

    private static Server started(String port) throws SQLException {
        return Server.createTcpServer("-tcpPort", port).start();
    }

    String url() {
        return url("s3cr3t");
    }

    String url(String password) {
        return address() + ";USER=sa;PASSWORD=" + password;
    }

    String address() {
        return "jdbc:h2:tcp://localhost:" + server.getPort() + "/" + name;
    }

    /** Another connection, whose transactions are its own. */
    Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:" + name + ";USER=sa;PASSWORD=s3cr3t");
    }

    void run(String sql) throws SQLException {
        try (Statement statement = keeper.createStatement()) {
            statement.execute(sql);
        }
    }

    void revoke(String kind, String denied, long issuedBefore, long until, long noted) throws SQLException {
        run(insert(kind, denied, issuedBefore, until, noted));
    }

    static String insert(String kind, String denied, long issuedBefore, long until, long noted) {
        return "INSERT INTO mapae_revocation VALUES ('" + kind + "', '" + denied + "', " + issuedBefore + ", " + until
                + ", " + noted + ")";
    }

    void stop() {
        server.stop();
    }

    void start() throws SQLException {
        server = started(String.valueOf(server.getPort()));
    }

    @Override
    public void close() throws SQLException {
        run("SHUTDOWN");
        server.stop();
    }
}
