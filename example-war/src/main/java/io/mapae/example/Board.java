package io.mapae.example;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The latest posts, in an H2 database that nodes may share: the oldest go when there are too many. Thread-safe. */
public final class Board implements AutoCloseable {
    static final int MAX_POSTS = 100;

    private static final int CONNECTIONS = 4;
    private static final int PATIENCE_MILLIS = 1000;

    private static final String TABLE = "CREATE TABLE IF NOT EXISTS post"
            + " (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author VARCHAR NOT NULL, text VARCHAR NOT NULL,"
            + " written BIGINT NOT NULL)";
    private static final String SELECT = "SELECT id, author, text, written FROM post";
    private static final String TRIM =
            "DELETE FROM post WHERE id NOT IN (SELECT id FROM post ORDER BY id DESC LIMIT " + MAX_POSTS + ")";

    private final HikariDataSource connections;
    private final boolean isPrivate;
    private final InstantSource clock;

    /** What is asked of a database. */
    private interface Work<T> {
        T of(Connection connection) throws SQLException;
    }

    private Board(HikariDataSource connections, boolean isPrivate, InstantSource clock) {
        this.connections = connections;
        this.isPrivate = isPrivate;
        this.clock = clock;
    }

    /** The board at this JDBC URL of H2; without one, in memory, as long as the application runs. */
    static Board open(Optional<String> url, InstantSource clock) {
        HikariConfig pool = new HikariConfig();
        // named, as drivers in a WAR are not known to DriverManager where another application was first
        pool.setDriverClassName("org.h2.Driver");
        pool.setJdbcUrl(url.orElseGet(() -> "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
                + ";DB_CLOSE_ON_EXIT=FALSE"); // a hook of the JVM's would keep the application's classes
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(PATIENCE_MILLIS);
        Board board = new Board(new HikariDataSource(pool), url.isEmpty(), clock);
        try {
            board.run(connection -> {
                install(connection);
                return board;
            });
            return board;
        } catch (RuntimeException unusable) {
            board.connections.close();
            throw unusable;
        }
    }

    /** Makes the table {@code post}, unless it is there. */
    public static void install(Connection connection) throws SQLException {
        // looked for first, as whoever may use it need not be allowed to make it
        if (!connection.getMetaData().getTables(null, null, "POST", null).next()) {
            connection.createStatement().execute(TABLE);
        }
    }

    /** Oldest first. */
    List<Post> posts() {
        return run(connection -> posts(connection.prepareStatement(SELECT + " ORDER BY id")));
    }

    Optional<Post> post(long id) {
        return run(connection -> {
                    PreparedStatement select = connection.prepareStatement(SELECT + " WHERE id = ?");
                    select.setLong(1, id);
                    return posts(select);
                })
                .stream()
                .findFirst();
    }

    /** Which there are, in their order. */
    Set<Long> ids() {
        return run(connection -> {
            Set<Long> ids = new TreeSet<>();
            ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM post");
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        });
    }

    boolean remove(long id) {
        return run(connection -> {
            PreparedStatement delete = connection.prepareStatement("DELETE FROM post WHERE id = ?");
            delete.setLong(1, id);
            return delete.executeUpdate() == 1;
        });
    }

    Post add(String author, String text) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return run(connection -> {
            connection.setAutoCommit(false); // the pool takes that back, and what was not committed
            PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO post (author, text, written) VALUES (?, ?, ?)", new String[] {"id"});
            insert.setString(1, author);
            insert.setString(2, text);
            insert.setLong(3, at.toEpochMilli());
            insert.executeUpdate();
            ResultSet key = insert.getGeneratedKeys();
            key.next();
            connection.createStatement().executeUpdate(TRIM);
            connection.commit();
            return new Post(key.getLong(1), author, text, at);
        });
    }

    private static List<Post> posts(PreparedStatement select) throws SQLException {
        ResultSet rows = select.executeQuery();
        List<Post> posts = new ArrayList<>();
        while (rows.next()) {
            posts.add(new Post(
                    rows.getLong(1), rows.getString(2), rows.getString(3), Instant.ofEpochMilli(rows.getLong(4))));
        }
        return posts;
    }

    /** The pool closes statements and results with their connection. */
    private <T> T run(Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            return work.of(connection);
        } catch (SQLException failed) {
            throw new BoardOutOfReachException(failed);
        }
    }

    /** One in memory goes with its last connection then. */
    @Override
    public void close() {
        try (connections) {
            if (isPrivate) {
                run(connection -> connection.createStatement().execute("SET DB_CLOSE_DELAY 0"));
            }
        }
    }
}
