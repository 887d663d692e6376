package io.mapae.example.demo;

import io.mapae.example.Board;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.h2.engine.SysProperties;
import org.h2.tools.Server;

/** A database server for the board's nodes, which listens on this machine only: their posts, and the tickets of all. */
final class BoardDatabase implements AutoCloseable {
    private static final String USER = "board";
    private static final String ADMINISTRATOR = "launcher";
    private static final String TICKETS = "CREATE TABLE IF NOT EXISTS mapae_once (id VARCHAR(512) PRIMARY KEY,"
            + " content VARCHAR(4000) NOT NULL DEFAULT '', until BIGINT NOT NULL)";

    /** As long as it is open, so is the database. */
    private final Connection connection;

    private final Server server;
    private final String url;

    private BoardDatabase(Connection connection, Server server, String url) {
        this.connection = connection;
        this.server = server;
        this.url = url;
    }

    /**
     * A database in {@code directory}. The server opens whatever there is in the directory, so it has to be for this alone.
     *
     * @param password of the nodes, which may use the tables and nothing else: an administrator of H2 can run code here
     * @param secret of its administrator
     */
    static BoardDatabase start(Path directory, String password, String secret) throws IOException {
        if (!Node.HOST.equals(SysProperties.BIND_ADDRESS)) { // read when H2's classes were loaded
            throw new IOException("H2 would listen on all networks; start with -Dh2.bindAddress=" + Node.HOST);
        }
        String base = directory.toAbsolutePath().toString();
        try {
            Connection connection =
                    DriverManager.getConnection("jdbc:h2:file:" + base + "/board", ADMINISTRATOR, secret);
            try {
                install(connection, password);
                Server server = Server.createTcpServer("-tcpPort", "0", "-baseDir", base)
                        .start();
                String url = "jdbc:h2:tcp://" + Node.HOST + ":" + server.getPort() + "/board;USER=" + USER
                        + ";PASSWORD=" + password;
                return new BoardDatabase(connection, server, url);
            } catch (SQLException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw new IOException("The board's database does not start, SQLSTATE " + failed.getSQLState(), failed);
        }
    }

    private static void install(Connection connection, String password) throws SQLException {
        Board.install(connection);
        for (String statement : List.of(
                TICKETS,
                "CREATE USER IF NOT EXISTS " + USER + " PASSWORD '" + password + "'",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON post TO " + USER,
                "GRANT SELECT, INSERT, UPDATE, DELETE ON mapae_once TO " + USER)) {
            connection.createStatement().execute(statement);
        }
    }

    /** With the nodes' user and password. */
    String url() {
        return url;
    }

    @Override
    public void close() {
        server.stop();
        try {
            connection.close();
        } catch (SQLException failed) {
            throw new IllegalStateException("the board's database does not close", failed);
        }
    }
}
