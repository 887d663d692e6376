package io.mapae.revocation;

import io.mapae.jdbc.Connector;
import io.mapae.jdbc.Databases;
import io.mapae.jdbc.Jdbc;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

    /** Cuts the connection that is in use, and closes the one that is kept. */
    void close();

    /** Those of a server's pool, which is looked up at once. */
    static Connections named(String name) {
        return of(Databases.named(name));
    }

    /** Those of a pool. */
    static Connections of(DataSource pool) {
        return new Pooled(pool);
    }

    /** One that is kept, by a driver of the application's. */
    static Connections to(String url, ClassLoader classes) {
        return by(Databases.driver(url, classes), url, classes);
    }

    /** One that is kept. */
    static Connections by(Driver driver, String url, ClassLoader classes) {
        return new Kept(new Connector(driver, url, Kept.PATIENCE, classes));
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
            Jdbc.giveBack(connection, works);
        }

        @Override
        public void close() {
            Optional.ofNullable(taken).ifPresent(Jdbc::abort);
        }
    }

    /** One of our own. */
    final class Kept implements Connections {
        /** Longer than drivers wait that we know, which can tell what is wrong. */
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        private final Connector connector;
        private final AtomicReference<@Nullable Connection> idle = new AtomicReference<>();
        private volatile @Nullable Connection taken;
        private volatile boolean closed;

        private Kept(Connector connector) {
            this.connector = connector;
        }

        /** To connect may take so long that it is all over then. */
        @Override
        public Connection take() throws SQLException {
            Connection connection = idle.getAndSet(null);
            if (connection == null) {
                connection = connector.open();
            }
            taken = connection;
            if (closed) {
                giveBack(connection, false);
                throw new SQLException("closed", "08003");
            }
            return connection;
        }

        @Override
        public void giveBack(Connection connection, boolean works) {
            taken = null;
            if (works) {
                idle.set(connection);
            } else {
                Jdbc.giveBack(connection, false);
            }
            if (closed) {
                closeIdle();
            }
        }

        @Override
        public void close() {
            closed = true;
            connector.close();
            Optional.ofNullable(taken).ifPresent(Jdbc::abort);
            closeIdle();
        }

        private void closeIdle() {
            Optional.ofNullable(idle.getAndSet(null)).ifPresent(Jdbc::close);
        }
    }
}
