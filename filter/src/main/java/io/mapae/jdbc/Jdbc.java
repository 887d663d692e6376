package io.mapae.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** What drivers do differently, or not at all. */
public final class Jdbc {
    private static final Logger LOG = System.getLogger("io.mapae.jdbc");
    private static final Duration SILENCE = Duration.ofSeconds(5);

    /** What bounds a connection's answers; to be ended before it is somebody else's. */
    public interface Patience {
        /** Lets it wait as before. */
        void end();
    }

    private Jdbc() {}

    /** A new connection; may wait as long as the driver does, if we do not know how to tell it. */
    static Connection connect(Driver driver, String url) throws SQLException {
        Connection connection = driver.connect(url, timeouts(url));
        if (connection == null) {
            throw new SQLException("not this driver's", "08001");
        }
        return connection;
    }

    /** How long the driver may wait for a server that is silent, but for what {@code url} says itself. */
    private static Properties timeouts(String url) {
        Map<String, String> known = Map.of();
        if (url.startsWith("jdbc:postgresql:")) {
            String seconds = String.valueOf(SILENCE.toSeconds());
            known = Map.of("loginTimeout", seconds, "connectTimeout", seconds, "socketTimeout", seconds);
        } else if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            String millis = String.valueOf(SILENCE.toMillis());
            known = Map.of("connectTimeout", millis, "socketTimeout", millis);
        }
        Properties timeouts = new Properties();
        known.forEach((name, value) -> {
            if (!url.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT) + "=")) {
                timeouts.setProperty(name, value);
            }
        });
        return timeouts;
    }

    /** A network that swallows everything lets no query time out; not all drivers can tell. */
    public static Patience bound(Connection connection, Duration timeout) {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) timeout.toMillis());
            return () -> bound(connection, before);
        } catch (SQLException | RuntimeException | AbstractMethodError unsupported) {
            return () -> {};
        }
    }

    private static void bound(Connection connection, int millis) {
        try {
            connection.setNetworkTimeout(Runnable::run, millis);
        } catch (SQLException | RuntimeException gone) {
            LOG.log(Level.DEBUG, "A connection is gone", gone);
        }
    }

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Does it with autocommit or without, and leaves the connection as it came, or cuts it: not every pool sees to that. */
    public static <T> T autoCommit(boolean wanted, Connection connection, Work<T> work) throws SQLException {
        if (connection.getAutoCommit() == wanted) {
            return work.on(connection);
        }
        connection.setAutoCommit(wanted);
        try {
            return work.on(connection);
        } finally {
            leave(!wanted, connection);
        }
    }

    /** What became of the work is what counts. */
    private static void leave(boolean autoCommit, Connection connection) {
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException | RuntimeException gone) {
            LOG.log(Level.DEBUG, "A connection is gone", gone);
            abort(connection);
        }
    }

    /** Closes it, if need be by a cut: whoever has the next one shall not get one that is stuck. */
    public static void giveBack(Connection connection, boolean works) {
        if (!works) {
            abort(connection);
        }
        close(connection);
    }

    /** Closes it, or gives it back to its pool. */
    public static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            LOG.log(Level.DEBUG, "A connection is gone", gone);
        }
    }

    /** Waits for nothing that is under way on it. */
    public static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException | AbstractMethodError unsupported) {
            close(connection);
        }
    }
}
