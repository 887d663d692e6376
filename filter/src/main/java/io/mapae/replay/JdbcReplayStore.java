package io.mapae.replay;

import io.mapae.jdbc.Connector;
import io.mapae.jdbc.Databases;
import io.mapae.jdbc.Jdbc;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * A store that nodes share: the table {@code mapae_once}, whose primary key decides who comes first. Each call is one
 * connection, which commits by itself. Safe for use by several threads.
 */
public final class JdbcReplayStore implements ReplayStore {
    private static final Logger LOG = System.getLogger("io.mapae.replay");
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration CLEANING = Duration.ofMinutes(1);
    private static final int CLEANED_AT_ONCE = 500;
    private static final String INTEGRITY = "23"; // the class of SQLSTATEs: not every driver throws the subclass

    /** Where connections come from. */
    @FunctionalInterface
    public interface Connections {
        /** A connection of the caller's own, to be closed by it. */
        Connection open() throws SQLException;

        /** Gives back what it holds. */
        default void close() {}
    }

    /** A driver's. */
    private record Own(Connector connector) implements Connections {
        @Override
        public Connection open() throws SQLException {
            return connector.open();
        }

        @Override
        public void close() {
            connector.close();
        }
    }

    private final Connections connections;
    private final InstantSource clock;
    private final AtomicLong cleaned = new AtomicLong();

    /** A store in the database that these lead to, which has the table. */
    public JdbcReplayStore(Connections connections, InstantSource clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /**
     * A store at {@code jdbc:…}, or at the data source that JNDI has under {@code java:…}; empty elsewhere. Connects to
     * nothing yet.
     *
     * @param classes have the driver
     * @throws IllegalArgumentException if no driver takes the address, in words that do not hold it
     */
    public static Optional<JdbcReplayStore> at(String location, ClassLoader classes, InstantSource clock) {
        if (location.startsWith("jdbc:")) {
            Driver driver = Databases.driver(location, classes);
            return Optional.of(new JdbcReplayStore(new Own(new Connector(driver, location, PATIENCE, classes)), clock));
        }
        return location.startsWith("java:")
                ? Optional.of(new JdbcReplayStore(() -> named(location).getConnection(), clock))
                : Optional.empty();
    }

    /** Looked up each time: the application may run before what it is given does. */
    private static DataSource named(String name) throws SQLException {
        try {
            return Databases.named(name);
        } catch (IllegalArgumentException absent) {
            throw new SQLException("no data source", absent);
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
        return run(
                connection -> added(connection, id, content, until)
                        || (removed(connection, id, now) && added(connection, id, content, until)),
                connection -> clean(connection, now));
    }

    private static boolean added(Connection connection, String id, String content, Instant until) throws SQLException {
        String sql = "INSERT INTO mapae_once (id, content, until) VALUES (?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, id);
            insert.setString(2, content);
            insert.setLong(3, until.toEpochMilli());
            return insert.executeUpdate() == 1;
        } catch (SQLException failed) {
            if (failed instanceof SQLIntegrityConstraintViolationException
                    || String.valueOf(failed.getSQLState()).startsWith(INTEGRITY)) {
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
        return run(connection -> content(connection, id), connection -> true);
    }

    private Optional<String> content(Connection connection, String id) throws SQLException {
        String sql = "SELECT content FROM mapae_once WHERE id = ? AND until > ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, id);
            select.setLong(2, clock.instant().toEpochMilli());
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
            }
        }
    }

    /**
     * Requests wait for this: no answer is waited for long.
     *
     * @param after what is done when {@code work} is, and tells whether the connection still works
     */
    private <T> T run(Jdbc.Work<T> work, Predicate<Connection> after) throws IOException {
        try {
            Connection connection = connections.open();
            boolean works = false;
            try {
                Done<T> done = bounded(connection, work, after);
                works = done.works();
                return done.result();
            } finally {
                Jdbc.giveBack(connection, works);
            }
        } catch (SQLException failed) {
            throw outOfReach(failed);
        }
    }

    private record Done<T>(T result, boolean works) {}

    private static <T> Done<T> bounded(Connection connection, Jdbc.Work<T> work, Predicate<Connection> after)
            throws SQLException {
        Jdbc.Patience patience = Jdbc.bound(connection, PATIENCE);
        try {
            return Jdbc.autoCommit(true, connection, each -> new Done<>(work.on(each), after.test(each)));
        } finally {
            patience.end();
        }
    }

    /**
     * Once in a while, by one of those who come by, after its own work, which this must not spoil.
     *
     * @return whether nothing failed: the connection may be stuck otherwise
     */
    private boolean clean(Connection connection, Instant now) {
        long last = cleaned.get();
        if (now.toEpochMilli() < last + CLEANING.toMillis() || !cleaned.compareAndSet(last, now.toEpochMilli())) {
            return true;
        }
        try {
            List<String> over = over(connection, now);
            remove(connection, over, now);
            if (over.size() == CLEANED_AT_ONCE) {
                cleaned.set(last); // the next one goes on
            }
            return true;
        } catch (SQLException later) {
            LOG.log(Level.DEBUG, "What is over stays for now, SQLSTATE {0}", later.getSQLState());
            return false;
        }
    }

    private static List<String> over(Connection connection, Instant now) throws SQLException {
        String sql = "SELECT id FROM mapae_once WHERE until <= ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setMaxRows(CLEANED_AT_ONCE);
            select.setLong(1, now.toEpochMilli());
            try (ResultSet found = select.executeQuery()) {
                List<String> over = new ArrayList<>();
                while (found.next()) {
                    over.add(found.getString(1));
                }
                return over;
            }
        }
    }

    /** Some of them may be in use again. */
    private static void remove(Connection connection, List<String> over, Instant now) throws SQLException {
        if (over.isEmpty()) {
            return;
        }
        String sql = "DELETE FROM mapae_once WHERE until <= ? AND id IN (?" + ", ?".repeat(over.size() - 1) + ")";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, now.toEpochMilli());
            for (int i = 0; i < over.size(); i++) {
                delete.setString(i + 2, over.get(i));
            }
            delete.executeUpdate();
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    /** Without the driver's text, which may show the statement's values. */
    private static IOException outOfReach(SQLException failed) {
        return new IOException("the database fails, SQLSTATE " + failed.getSQLState(), failed);
    }
}
