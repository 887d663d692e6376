package io.mapae.service.jdbc;

import io.mapae.service.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Removes the rows of a table whose time has come, some at a time. */
final class Purge {
    /** So that no row is locked as long as others wait for it, which is a quarter of a second. */
    private static final int AT_ONCE = 200;

    private final String select;
    private final String delete;
    private final int key;

    private Purge(String table, String over, String... key) {
        String columns = String.join(", ", key);
        // In order, so that two nodes that purge do not wait for each other.
        this.select = "SELECT " + columns + " FROM " + table + " WHERE " + over + " ORDER BY " + columns + " LIMIT "
                + AT_ONCE;
        this.delete = "DELETE FROM " + table + " WHERE " + over + " AND " + String.join(" = ? AND ", key) + " = ?";
        this.key = key.length;
    }

    /**
     * Of what is over since before then.
     *
     * @param time the column that says when a row is over, in milliseconds
     * @param key the columns of the primary key, which are texts
     */
    static Purge before(Instant before, String table, String time, String... key) {
        return new Purge(table, time + " < " + before.toEpochMilli(), key);
    }

    void in(Database database) throws StoreException {
        int found;
        do {
            found = database.inTransaction(this::some);
        } while (found == AT_ONCE);
    }

    private int some(Connection connection) throws SQLException {
        List<Object[]> rows = Statements.query(connection, select, this::key);
        Statements.each(connection, delete, rows);
        return rows.size();
    }

    private Object[] key(ResultSet row) throws SQLException {
        Object[] texts = new Object[key];
        for (int i = 0; i < key; i++) {
            texts[i] = row.getString(i + 1);
        }
        return texts;
    }
}
