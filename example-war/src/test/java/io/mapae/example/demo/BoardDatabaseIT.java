package io.mapae.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardDatabaseIT {
    @Test
    void isForThoseWhoKnowThePassword(@TempDir Path directory) throws Exception {
        try (BoardDatabase database = BoardDatabase.start(directory, "password", "secret")) {
            try (Connection node = DriverManager.getConnection(database.url())) {
                node.createStatement().execute("INSERT INTO post (author, text, written) VALUES ('a', 'b', 1)");
                for (String beyond : List.of(
                        "CREATE ALIAS run FOR \"java.lang.System.getProperty(java.lang.String)\"",
                        "CREATE TABLE other (id INT)",
                        "CREATE USER other PASSWORD 'x'",
                        "SELECT FILE_READ('/etc/hostname')")) {
                    assertThatThrownBy(() -> node.createStatement().execute(beyond))
                            .as(beyond)
                            .isInstanceOfSatisfying(
                                    SQLException.class,
                                    refused -> assertThat(refused.getSQLState()).isIn("90040", "90096"));
                }
            }
            assertThatThrownBy(() ->
                            DriverManager.getConnection(database.url().replace("PASSWORD=password", "PASSWORD=other")))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("28000"));
        }
    }

    /** Nor one that somebody else has in the same place, or elsewhere. */
    @Test
    void opensNoOtherDatabases(@TempDir Path directory, @TempDir Path elsewhere) throws Exception {
        String other = elsewhere.resolve("other").toString();
        DriverManager.getConnection("jdbc:h2:file:" + other).close();
        try (BoardDatabase database = BoardDatabase.start(directory, "password", "secret")) {
            for (String name : List.of(other, "../" + elsewhere.getFileName() + "/other")) {
                assertThatThrownBy(
                                () -> DriverManager.getConnection(database.url().replaceAll("/board;.*", "/" + name)))
                        .as(name)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refused -> assertThat(refused.getSQLState()).isEqualTo("90028"));
            }
        }
    }

    @Test
    void makesNoOtherDatabases(@TempDir Path directory) throws Exception {
        try (BoardDatabase database = BoardDatabase.start(directory, "password", "secret")) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.url().replace("/board;", "/other;")))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("90149"));
        }
    }

    @Test
    void listensOnThisMachineOnly(@TempDir Path directory) throws Exception {
        try (BoardDatabase database = BoardDatabase.start(directory, "password", "secret")) {
            int port = Integer.parseInt(database.url().replaceAll(".*127.0.0.1:(\\d+).*", "$1"));
            List<InetAddress> others = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .toList();
            assumeThat(others).isNotEmpty();
            for (InetAddress other : others) {
                try (Socket socket = new Socket()) {
                    assertThatThrownBy(() -> socket.connect(new InetSocketAddress(other, port), 2000))
                            .as(other.toString())
                            .isInstanceOf(ConnectException.class);
                }
            }
        }
    }
}
