package io.mapae.service.jdbc;

import io.mapae.service.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Our tables, made at the first start unless someone else makes them. */
public final class Schema {
    private static final Logger LOG = System.getLogger("io.mapae.service");
    private static final int VERSION = 1;
    /**
     * For a database that is only starting: each attempt waits as long as it has a connection waited for, in a pool of ours
     * most of a second. For what other nodes make at the same time: that fails here, by errors as different as the
     * databases (with H2 it is a general one), and doing all of it again is harmless.
     */
    private static final int ATTEMPTS = 15;

    /** Where somebody waits for the answer. */
    private static final int FEW_ATTEMPTS = 4;

    /** Ours are the files: no semicolon ends a line but that of a statement. */
    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*(\\R|$)");

    private Schema() {}

    /**
     * Makes what is missing; several nodes may do so at once. Where Flyway keeps the database, or the tables are there
     * and we did not make them, nothing is touched. A database that is only starting is waited for some seconds; one that
     * refuses us, or is not there, is not.
     *
     * @throws IllegalStateException if the database is none that we know
     */
    public static void apply(Database database) throws StoreException {
        database.runOnceReady(ATTEMPTS, Schema::ensure);
    }

    /** Whether our tables are there, whoever made them; makes none. Waits less than {@link #apply} does. */
    static boolean isThere(Database database) throws StoreException {
        return database.runOnceReady(FEW_ATTEMPTS, Schema::tables).contains("mapae_account");
    }

    private static Set<String> ensure(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        Set<String> tables = tables(connection);
        boolean ours = tables.contains("mapae_schema");
        if (!ours && tables.contains("mapae_session")) {
            LOG.log(Level.DEBUG, "The tables are there by other means");
        } else if (!ours && tables.contains("flyway_schema_history")) {
            LOG.log(
                    Level.WARNING,
                    "Flyway keeps this database, and it has no tables of Mapae: let it apply io/mapae/service/{0}",
                    dialect.script());
        } else if (!ours || !applied(connection)) {
            make(connection, dialect);
        }
        return tables;
    }

    private static boolean applied(Connection connection) throws SQLException {
        return !Statements.query(
                        connection,
                        "SELECT version FROM mapae_schema WHERE version >= ?",
                        row -> row.getInt(1),
                        VERSION)
                .isEmpty();
    }

    private static void make(Connection connection, Dialect dialect) throws SQLException {
        Statements.update(connection, "CREATE TABLE IF NOT EXISTS mapae_schema (version INTEGER PRIMARY KEY)");
        for (String statement : statements(dialect)) {
            Statements.update(connection, statement);
        }
        try {
            Statements.update(connection, "INSERT INTO mapae_schema (version) VALUES (?)", VERSION);
            LOG.log(Level.INFO, "Made the tables of Mapae in {0}", dialect);
        } catch (SQLException failure) {
            if (!Database.isDuplicate(failure)) {
                throw failure;
            }
        }
    }

    private static Set<String> tables(Connection connection) throws SQLException {
        try (ResultSet tables =
                connection.getMetaData().getTables(connection.getCatalog(), connection.getSchema(), null, null)) {
            Set<String> names = new HashSet<>();
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
            return names;
        }
    }

    private static List<String> statements(Dialect dialect) {
        try (InputStream in = Schema.class.getResourceAsStream("/io/mapae/service/" + dialect.script())) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + dialect.script());
            }
            return END_OF_STATEMENT
                    .splitAsStream(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .filter(statement -> !statement.isBlank())
                    .collect(Collectors.toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
