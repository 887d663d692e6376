package io.mapae.service.jdbc;

import io.mapae.service.StoreException;
import io.mapae.service.throttle.AttemptStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Attempts in the table {@code mapae_attempts}. */
public final class JdbcAttempts implements AttemptStore {
    private final Database database;
    private final InstantSource clock;

    public JdbcAttempts(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Attempts> read(String key) throws StoreException {
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT failures, last FROM mapae_attempts WHERE id = ? AND until > ?")) {
                select.setString(1, key);
                select.setLong(2, clock.millis());
                try (ResultSet found = select.executeQuery()) {
                    return found.next()
                            ? Optional.of(new Attempts(found.getInt(1), Instant.ofEpochMilli(found.getLong(2))))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public boolean replace(String key, Optional<Attempts> before, Attempts after, Instant expires)
            throws StoreException {
        return database.run(connection -> {
            try {
                return before.isPresent()
                        ? update(connection, key, before.get(), after, expires)
                        : renew(connection, key, after, expires) || insert(connection, key, after, expires);
            } catch (SQLException failure) {
                if (isLost(failure)) {
                    return false;
                }
                throw failure;
            }
        });
    }

    private boolean update(Connection connection, String key, Attempts before, Attempts after, Instant expires)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE mapae_attempts SET failures = ?, last = ?,"
                + " until = ? WHERE id = ? AND failures = ? AND last = ? AND until > ?")) {
            set(update, after, expires, key);
            update.setInt(5, before.failures());
            update.setLong(6, before.last().toEpochMilli());
            update.setLong(7, clock.millis());
            return update.executeUpdate() == 1;
        }
    }

    /** What has expired and was not purged yet is nothing. */
    private boolean renew(Connection connection, String key, Attempts after, Instant expires) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE mapae_attempts SET failures = ?, last = ?, until = ? WHERE id = ? AND until <= ?")) {
            set(update, after, expires, key);
            update.setLong(5, clock.millis());
            return update.executeUpdate() == 1;
        }
    }

    private static boolean insert(Connection connection, String key, Attempts after, Instant expires)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO mapae_attempts (failures, last, until, id) VALUES (?, ?, ?, ?)")) {
            set(insert, after, expires, key);
            insert.executeUpdate();
            return true;
        }
    }

    private static void set(PreparedStatement statement, Attempts attempts, Instant expires, String key)
            throws SQLException {
        statement.setInt(1, attempts.failures());
        statement.setLong(2, attempts.last().toEpochMilli());
        statement.setLong(3, expires.toEpochMilli());
        statement.setString(4, key);
    }

    /** Another row has that key (class 23 of SQLSTATE), or a rival was preferred (class 40). */
    private static boolean isLost(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("23") || state.startsWith("40"));
    }

    @Override
    public void purge() throws StoreException {
        // Until is no more.
        Purge.before(clock.instant().plusMillis(1), "mapae_attempts", "until", "id")
                .in(database);
    }
}
