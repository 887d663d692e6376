package io.mapae.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardDatabaseIT {
    @Test
    void isForThoseWhoKnowThePassword(@TempDir Path directory) throws Exception {
        try (BoardDatabase database = BoardDatabase.start(directory.resolve("board"), "secret")) {
            DriverManager.getConnection(database.url()).close();
            assertThatThrownBy(() ->
                            DriverManager.getConnection(database.url().replace("PASSWORD=secret", "PASSWORD=other")))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("28000"));
        }
    }

    @Test
    void makesNoOtherDatabases(@TempDir Path directory) throws Exception {
        try (BoardDatabase database = BoardDatabase.start(directory.resolve("board"), "secret")) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.url().replace("/board;", "/other;")))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("90149"));
        }
    }

    @Test
    void listensOnThisMachineOnly(@TempDir Path directory) throws Exception {
        try (BoardDatabase database = BoardDatabase.start(directory.resolve("board"), "secret")) {
            int port = Integer.parseInt(database.url().replaceAll(".*127.0.0.1:(\\d+).*", "$1"));
            List<InetAddress> others = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .toList();
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
