package io.mapae.service.jdbc;

import io.mapae.service.StoreException;
import io.mapae.service.throttle.AttemptStore;
import java.sql.Connection;
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
        return database
                .run(connection -> Statements.query(
                        connection,
                        "SELECT failures, last FROM mapae_attempts WHERE id = ? AND until > ?",
                        row -> new Attempts(row.getInt(1), Instant.ofEpochMilli(row.getLong(2))),
                        key,
                        clock.millis()))
                .stream()
                .findFirst();
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
        return Statements.update(
                        connection,
                        "UPDATE mapae_attempts SET failures = ?, last = ?, until = ?"
                                + " WHERE id = ? AND failures = ? AND last = ? AND until > ?",
                        after.failures(),
                        after.last().toEpochMilli(),
                        expires.toEpochMilli(),
                        key,
                        before.failures(),
                        before.last().toEpochMilli(),
                        clock.millis())
                == 1;
    }

    /** What has expired and was not purged yet is nothing. */
    private boolean renew(Connection connection, String key, Attempts after, Instant expires) throws SQLException {
        return Statements.update(
                        connection,
                        "UPDATE mapae_attempts SET failures = ?, last = ?, until = ? WHERE id = ? AND until <= ?",
                        after.failures(),
                        after.last().toEpochMilli(),
                        expires.toEpochMilli(),
                        key,
                        clock.millis())
                == 1;
    }

    private static boolean insert(Connection connection, String key, Attempts after, Instant expires)
            throws SQLException {
        return Statements.update(
                        connection,
                        "INSERT INTO mapae_attempts (failures, last, until, id) VALUES (?, ?, ?, ?)",
                        after.failures(),
                        after.last().toEpochMilli(),
                        expires.toEpochMilli(),
                        key)
                == 1;
    }

    /** Another row has that key, or a rival was preferred (class 40 of SQLSTATE). */
    private static boolean isLost(SQLException failure) {
        return Database.isDuplicate(failure)
                || String.valueOf(failure.getSQLState()).startsWith("40");
    }

    @Override
    public void purge() throws StoreException {
        // Until is no more.
        Purge.before(clock.instant().plusMillis(1), "mapae_attempts", "until", "id")
                .in(database);
    }
}
