package io.mapae.replay;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * A store that nodes share: the table {@code mapae_once}, whose primary key decides who comes first. Each call is one
 * connection, which commits by itself. Safe for use by several threads.
 */
public final class JdbcReplayStore implements ReplayStore {
    private static final Duration CLEANING = Duration.ofMinutes(1);
    private static final String INTEGRITY = "23"; // the class of SQLSTATEs: not every driver throws the subclass

    /** Where connections come from. */
    @FunctionalInterface
    public interface Connections {
        /** A connection of the caller's own, to be closed by it. */
        Connection open() throws SQLException;
    }

    private final Connections connections;
    private final InstantSource clock;
    private final AtomicLong cleaned = new AtomicLong();

    /** A store in the database that these lead to, which has the table. */
    public JdbcReplayStore(Connections connections, InstantSource clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /** A store at {@code jdbc:…}, or at the data source that JNDI has under {@code java:…}; empty elsewhere. */
    public static Optional<JdbcReplayStore> at(String location, InstantSource clock) {
        if (location.startsWith("jdbc:")) {
            return Optional.of(new JdbcReplayStore(() -> DriverManager.getConnection(location), clock));
        }
        return location.startsWith("java:")
                ? Optional.of(new JdbcReplayStore(() -> named(location).getConnection(), clock))
                : Optional.empty();
    }

    /** Looked up each time: the application may run before what it is given does. */
    @SuppressWarnings("BanJNDI") // java: is the container's own, and whoever deploys the application names it
    private static DataSource named(String name) throws SQLException {
        try {
            if (new InitialContext().lookup(name) instanceof DataSource source) {
                return source;
            }
            throw new SQLException("no data source");
        } catch (NamingException absent) {
            throw new SQLException("no such name", absent);
        }
    }

    @Override
    public boolean use(String id, Instant until) throws IOException {
        return insert(id, "", until);
    }

    @Override
    public void keep(String id, String content, Instant until) throws IOException {
        if (!insert(id, content, until)) {
            throw new IOException("something is kept under this id");
        }
    }

    /** What is over may still be in the way, and is removed by whoever comes first. */
    private boolean insert(String id, String content, Instant until) throws IOException {
        Instant now = clock.instant();
        try (Connection connection = open()) {
            clean(connection, now);
            if (added(connection, id, content, until)) {
                return true;
            }
            return removed(connection, id, now) && added(connection, id, content, until);
        } catch (SQLException failed) {
            throw outOfReach(failed);
        }
    }

    private static boolean added(Connection connection, String id, String content, Instant until) throws SQLException {
        String sql = "INSERT INTO mapae_once (id, content, until) VALUES (?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, id);
            insert.setString(2, content);
            insert.setLong(3, until.toEpochMilli());
            return insert.executeUpdate() == 1;
        } catch (SQLIntegrityConstraintViolationException there) {
            return false;
        } catch (SQLException failed) {
            if (String.valueOf(failed.getSQLState()).startsWith(INTEGRITY)) {
                return false;
            }
            throw failed;
        }
    }

    private static boolean removed(Connection connection, String id, Instant now) throws SQLException {
        String sql = "DELETE FROM mapae_once WHERE id = ? AND until <= ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, id);
            delete.setLong(2, now.toEpochMilli());
            return delete.executeUpdate() == 1;
        }
    }

    @Override
    public Optional<String> kept(String id) throws IOException {
        String sql = "SELECT content FROM mapae_once WHERE id = ? AND until > ?";
        try (Connection connection = open();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, id);
            select.setLong(2, clock.instant().toEpochMilli());
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
            }
        } catch (SQLException failed) {
            throw outOfReach(failed);
        }
    }

    private Connection open() throws SQLException {
        Connection connection = connections.open();
        try {
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /** Once in a while, by one of those who come by. */
    private void clean(Connection connection, Instant now) throws SQLException {
        long last = cleaned.get();
        if (now.toEpochMilli() < last + CLEANING.toMillis() || !cleaned.compareAndSet(last, now.toEpochMilli())) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM mapae_once WHERE until <= ?")) {
            delete.setLong(1, now.toEpochMilli());
            delete.executeUpdate();
        }
    }

    /** Without the driver's text, which may show the statement's values. */
    private static IOException outOfReach(SQLException failed) {
        return new IOException("the database fails, SQLSTATE " + failed.getSQLState(), failed);
    }
}
