package io.mapae.revocation;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/** What drivers do differently, or not at all. */
final class Jdbc {
    private static final Logger LOG = System.getLogger("io.mapae.revocation");

    private static final String UNREACHABLE = "no connection to the database";

    /** What bounds a connection's answers; to be ended before it is somebody else's. */
    interface Patience {
        void end();
    }

    private Jdbc() {}

    /** A network that swallows everything lets no query time out; not all drivers can tell. */
    static Patience bound(Connection connection, Duration timeout) {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) timeout.toMillis());
            return () -> bound(connection, before);
        } catch (SQLException | AbstractMethodError unsupported) {
            return () -> {};
        }
    }

    private static void bound(Connection connection, int millis) {
        try {
            connection.setNetworkTimeout(Runnable::run, millis);
        } catch (SQLException gone) {
            LOG.log(Level.DEBUG, "A connection is gone", gone);
        }
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            LOG.log(Level.DEBUG, "A connection is gone", gone);
        }
    }

    /** Waits for nothing that is under way on it. */
    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | AbstractMethodError | SecurityException unsupported) {
            close(connection);
        }
    }

    /** In words of ours: a driver's may hold the address, and so a password. */
    static String reason(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        String code = " (" + failure.getClass().getSimpleName() + ", SQLState " + state + ", code "
                + failure.getErrorCode() + ")";
        if (failure instanceof SQLTimeoutException || state.startsWith("HYT") || state.startsWith("57014")) {
            return "the database takes too long" + code;
        }
        if (failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLTransientConnectionException
                || failure instanceof SQLRecoverableException) {
            return UNREACHABLE + code;
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" -> UNREACHABLE + code;
            case "28" -> "the database refuses user or password" + code;
            case "42" -> "no table mapae_revocation that may be read" + code;
            default -> "the database cannot be read" + code;
        };
    }
}
