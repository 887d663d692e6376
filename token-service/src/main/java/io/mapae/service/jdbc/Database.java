package io.mapae.service.jdbc;

import io.mapae.service.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections to a database, for one statement or for several that belong together. Safe for use by several threads. */
public final class Database {
    private final DataSource source;

    /** @param source gives up when it waits too long, so that requests do not queue up */
    public Database(DataSource source) {
        this.source = source;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Does {@code work}, each statement of which takes effect at once. */
    public <T> T run(Work<T> work) throws StoreException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(true);
            return work.with(connection);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /** Does all of {@code work}, or nothing. */
    public <T> T inTransaction(Work<T> work) throws StoreException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                rollBack(connection, failure);
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private static void rollBack(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            failure.addSuppressed(lost);
        }
    }

    /** Messages of drivers may hold what was stored: the state alone is told. */
    private static StoreException failed(SQLException failure) {
        return new StoreException("the database does not answer (SQLState " + failure.getSQLState() + ")", failure);
    }
}
