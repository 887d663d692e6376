package io.mapae.example.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.h2.engine.SysProperties;
import org.h2.tools.Server;

/** A database server for the board's nodes, which listens on this machine only: their posts, and the tickets of all. */
final class BoardDatabase implements AutoCloseable {
    private static final String USER = "board";
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

    /** A database in {@code file}, for those who know the password. */
    static BoardDatabase start(Path file, String password) throws IOException {
        if (!Node.HOST.equals(SysProperties.BIND_ADDRESS)) { // read when H2's classes were loaded
            throw new IOException("H2 would listen on all networks; start with -Dh2.bindAddress=" + Node.HOST);
        }
        String path = file.toAbsolutePath().toString();
        String user = ";USER=" + USER + ";PASSWORD=" + password;
        try {
            Connection connection = DriverManager.getConnection("jdbc:h2:file:" + path + user);
            connection.createStatement().execute(TICKETS);
            Server server = Server.createTcpServer("-tcpPort", "0").start();
            String url = "jdbc:h2:tcp://" + Node.HOST + ":" + server.getPort() + "/" + path + user;
            return new BoardDatabase(connection, server, url);
        } catch (SQLException failed) {
            throw new IOException("The board's database does not start, SQLSTATE " + failed.getSQLState(), failed);
        }
    }

    /** With its user and password. */
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
