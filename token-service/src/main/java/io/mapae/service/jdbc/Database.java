package io.mapae.service.jdbc;

import io.mapae.jdbc.Jdbc;
import io.mapae.revocation.RevocationSource;
import io.mapae.revocation.RevocationSources;
import io.mapae.service.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Connections to a database, for one statement or for several that belong together. Safe for use by several threads. */
public final class Database implements AutoCloseable {
    /** With the time that a lock is waited for, this is bounded by about a second; see {@link DataSources}. */
    private static final int ATTEMPTS = 4;

    private static final int LONGEST_PAUSE_MILLIS = 40;

    /** Deadlock, serialisation (also of MariaDB), PostgreSQL's lock timeout, H2's, H2's concurrent update. */
    private static final Set<String> LOST_RACES = Set.of("40P01", "40001", "55P03", "HYT00", "90131");

    /** MariaDB: lock wait timeout, deadlock, record has changed since it was read. */
    private static final Set<Integer> LOST_RACES_OF_MARIADB = Set.of(1205, 1213, 1020);

    private final DataSource source;
    private final Runnable closing;

    /** @param source gives up when it waits too long, so that requests do not queue up; it is not closed with this */
    public Database(DataSource source) {
        this(source, () -> {});
    }

    Database(DataSource source, Runnable closing) {
        this.source = source;
        this.closing = closing;
    }

    /** The table of what is denied, for those who verify. */
    public RevocationSource revocations(InstantSource clock) {
        return RevocationSources.in(source, clock);
    }

    /** What is done with a connection; again from its beginning, when it lost a race for a lock. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Does {@code work}, each statement of which takes effect at once. */
    public <T> T run(Work<T> work) throws StoreException {
        return attempt(ATTEMPTS, Database::lostRace, eachAlone(work));
    }

    /**
     * As {@link #run}, and again whatever goes wrong, {@code attempts} times in all: for a database that is only starting.
     * Where waiting does not help, that is told at once.
     */
    <T> T runOnceReady(int attempts, Work<T> work) throws StoreException {
        return attempt(attempts, failure -> !Fault.isFinal(failure), eachAlone(work));
    }

    private static <T> Work<T> eachAlone(Work<T> work) {
        return connection -> Jdbc.autoCommit(true, connection, work::with);
    }

    /** Does all of {@code work}, or nothing. */
    public <T> T inTransaction(Work<T> work) throws StoreException {
        return attempt(
                ATTEMPTS,
                Database::lostRace,
                connection -> Jdbc.autoCommit(false, connection, begun -> committed(begun, work)));
    }

    private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
        try {
            T result = work.with(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            rollBack(connection, failure);
            throw failure;
        }
    }

    private <T> T attempt(int attempts, Predicate<SQLException> again, Work<T> work) throws StoreException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = source.getConnection()) {
                return work.with(connection);
            } catch (SQLException failure) {
                if (attempt == attempts || !again.test(failure) || !paused()) {
                    throw new StoreException(Fault.message(failure), failure);
                }
            }
        }
    }

    /**
     * For a random time: who lost to each other does not meet again.
     *
     * @return whether that was not interrupted
     */
    private static boolean paused() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Or cuts it, as to switch autocommit on would commit. */
    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException lost) {
            failure.addSuppressed(lost);
            Jdbc.abort(connection);
        }
    }

    private static boolean lostRace(SQLException failure) {
        return LOST_RACES.contains(String.valueOf(failure.getSQLState()))
                || LOST_RACES_OF_MARIADB.contains(failure.getErrorCode());
    }

    /** Whether a row of that key was there already: class 23, and no other constraint of ours can be hurt by an insert. */
    static boolean isDuplicate(SQLException failure) {
        return String.valueOf(failure.getSQLState()).startsWith("23");
    }

    /** Whether it was that. */
    static boolean isDuplicate(StoreException failure) {
        return failure.getCause() instanceof SQLException cause && isDuplicate(cause);
    }

    /** Closes the connections if they are ours. */
    @Override
    public void close() {
        closing.run();
    }
}
