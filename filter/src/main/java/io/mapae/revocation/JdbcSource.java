package io.mapae.revocation;

import io.mapae.jdbc.Jdbc;
import io.mapae.revocation.Revocation.Kind;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The table {@code mapae_revocation}, read by whole batches. Times in it are milliseconds since 1970. */
final class JdbcSource implements RevocationSource {
    private static final Logger LOG = System.getLogger("io.mapae.revocation");
    private static final String QUERY = "SELECT kind, denied, issued_before, until, noted FROM mapae_revocation"
            + " WHERE noted >= ? AND until >= ?";
    private static final String UNREACHABLE = "no connection to the database";
    private static final int BATCH = 5_000;
    private static final Duration FOR_NEWS = Duration.ofSeconds(2);
    private static final Duration FOR_EVERYTHING = Duration.ofSeconds(60);

    /** As clocks differ: whatever ran out later than this long ago is read. */
    private static final Duration RUN_OUT = Duration.ofSeconds(60);

    private final Connections connections;
    private final InstantSource clock;
    private final Set<String> unknown = new HashSet<>();

    JdbcSource(Connections connections, InstantSource clock) {
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public void read(Instant since, Consumer<? super Revocation> found) throws IOException {
        try {
            Connection connection = connections.take();
            boolean works = false;
            try {
                read(connection, since, found);
                works = true;
            } finally {
                connections.giveBack(connection, works);
            }
        } catch (SQLException failure) {
            throw new IOException(reason(failure), failure);
        }
    }

    /** In a transaction, without which some drivers read everything into memory, and which must not outlast the reading. */
    private void read(Connection connection, Instant since, Consumer<? super Revocation> found) throws SQLException {
        Duration timeout = since.equals(Instant.EPOCH) ? FOR_EVERYTHING : FOR_NEWS;
        Jdbc.Patience patience = Jdbc.bound(connection, timeout);
        try {
            Jdbc.autoCommit(false, connection, begun -> {
                try {
                    query(begun, timeout, since, found);
                } catch (SQLException | RuntimeException | Error failure) {
                    rollBack(begun, failure);
                    throw failure;
                }
                begun.rollback();
                return true;
            });
        } finally {
            patience.end();
        }
    }

    private void query(Connection connection, Duration timeout, Instant since, Consumer<? super Revocation> found)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setQueryTimeout((int) timeout.toSeconds());
            query.setFetchSize(BATCH);
            query.setLong(1, since.toEpochMilli());
            query.setLong(2, clock.instant().minus(RUN_OUT).toEpochMilli());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    revocation(rows).ifPresent(found);
                }
            }
        }
    }

    /** As far as it lets us: why the reading failed is what counts. */
    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            failure.addSuppressed(gone);
        }
    }

    private Optional<Revocation> revocation(ResultSet row) throws SQLException {
        String name = row.getString(1);
        Optional<Kind> kind = Kind.named(name);
        if (kind.isEmpty() && unknown.add(name)) {
            LOG.log(Level.WARNING, "Revocations of a kind that is not known here are skipped");
        }
        String denied = row.getString(2);
        Instant before = Instant.ofEpochMilli(row.getLong(3));
        Instant until = Instant.ofEpochMilli(row.getLong(4));
        Instant noted = Instant.ofEpochMilli(row.getLong(5));
        return kind.map(known -> new Revocation(known, denied, before, until, noted));
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

    @Override
    public void close() {
        connections.close();
    }
}
