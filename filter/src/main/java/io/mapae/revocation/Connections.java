package io.mapae.revocation;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where one connection at a time comes from. */
interface Connections {
    /** A connection to read with. */
    Connection take() throws SQLException;

    /**
     * Takes it back.
     *
     * @param works whether it may be used again
     */
    void giveBack(Connection connection, boolean works);

    /** Cuts the connection that is in use, or kept. */
    void close();

    /**
     * Those of a server's pool, by its JNDI name in {@code java:}, which is the server's own and not in a directory that
     * others write to. Looked up at once: only the threads of the server know the application's names.
     */
    @SuppressWarnings("BanJNDI") // the name is the administrator's, as in web.xml
    static Connections named(String name) {
        try {
            if (new InitialContext().lookup(name) instanceof DataSource pool) {
                return of(pool);
            }
        } catch (NamingException unknown) {
            // no DataSource either
        }
        throw new IllegalArgumentException("no DataSource has that JNDI name");
    }

    /** Those of a pool. */
    static Connections of(DataSource pool) {
        return new Pooled(pool);
    }

    /** One that is kept, by a driver of the application's, which {@code DriverManager} need not know. */
    static Connections to(String url, ClassLoader classes) {
        for (Driver driver : drivers(classes)) {
            try {
                if (driver.acceptsURL(url)) {
                    return new Kept(driver, url);
                }
            } catch (SQLException malformed) {
                // the next one, then
            }
        }
        throw new IllegalArgumentException("no JDBC driver takes that address");
    }

    private static List<Driver> drivers(ClassLoader classes) {
        List<Driver> drivers = new ArrayList<>();
        Iterator<Driver> found = ServiceLoader.load(Driver.class, classes).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                drivers.add(found.next());
            } catch (ServiceConfigurationError broken) {
                // another one may do
            }
        }
        DriverManager.drivers().forEach(drivers::add);
        return drivers;
    }

    /** A pool's, which keeps them itself. */
    final class Pooled implements Connections {
        private final DataSource pool;
        private volatile @Nullable Connection taken;

        private Pooled(DataSource pool) {
            this.pool = pool;
        }

        @Override
        public Connection take() throws SQLException {
            Connection connection = pool.getConnection();
            taken = connection;
            return connection;
        }

        @Override
        public void giveBack(Connection connection, boolean works) {
            taken = null;
            Jdbc.close(connection);
        }

        @Override
        public void close() {
            Optional.ofNullable(taken).ifPresent(Jdbc::abort);
        }
    }

    /** One of our own. */
    final class Kept implements Connections {
        private final Driver driver;
        private final String url;
        private volatile @Nullable Connection kept;

        private Kept(Driver driver, String url) {
            this.driver = driver;
            this.url = url;
        }

        @Override
        public Connection take() throws SQLException {
            Connection connection = kept;
            if (connection == null) {
                connection = driver.connect(url, new Properties());
                if (connection == null) {
                    throw new SQLException("not this driver's", "08001");
                }
                kept = connection;
            }
            return connection;
        }

        @Override
        public void giveBack(Connection connection, boolean works) {
            if (!works) {
                kept = null;
                Jdbc.abort(connection);
            }
        }

        @Override
        public void close() {
            Optional.ofNullable(kept).ifPresent(Jdbc::abort);
        }
    }
}
