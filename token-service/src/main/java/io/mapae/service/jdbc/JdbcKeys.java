package io.mapae.service.jdbc;

import io.mapae.service.StoreException;
import io.mapae.service.key.SigningKeyStore;
import io.mapae.service.key.StoredKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Signing keys in a database: its primary key decides which of several nodes has made the next. */
public final class JdbcKeys implements SigningKeyStore {
    private static final String ALL = "SELECT generation, id, algorithm, signs_from, public_jwk, sealed FROM mapae_key";

    private static final String ADD =
            "INSERT INTO mapae_key (generation, id, algorithm, signs_from, public_jwk, sealed)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";

    private static final String REMOVE = "DELETE FROM mapae_key WHERE generation = ?";

    /** The class of SQLState that says a constraint was violated (SQL:2016, part 2, table 38). */
    private static final String CONSTRAINT_VIOLATED = "23";

    private final Database database;

    /** The keys in {@code database}. */
    public JdbcKeys(Database database) {
        this.database = database;
    }

    @Override
    public List<StoredKey> all() throws StoreException {
        return database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ALL);
                    ResultSet rows = statement.executeQuery()) {
                List<StoredKey> keys = new ArrayList<>();
                while (rows.next()) {
                    keys.add(new StoredKey(
                            rows.getLong("generation"),
                            rows.getString("id"),
                            rows.getString("algorithm"),
                            Instant.ofEpochMilli(rows.getLong("signs_from")),
                            rows.getString("public_jwk"),
                            rows.getString("sealed")));
                }
                return keys;
            }
        });
    }

    @Override
    public boolean add(StoredKey key) throws StoreException {
        return database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                statement.setLong(1, key.generation());
                statement.setString(2, key.id());
                statement.setString(3, key.algorithm());
                statement.setLong(4, key.signsFrom().toEpochMilli());
                statement.setString(5, key.publicJwk());
                statement.setString(6, key.sealed());
                statement.executeUpdate();
                return true;
            } catch (SQLException failure) {
                if (String.valueOf(failure.getSQLState()).startsWith(CONSTRAINT_VIOLATED)) {
                    return false;
                }
                throw failure;
            }
        });
    }

    @Override
    public void remove(Collection<Long> generations) throws StoreException {
        database.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
                for (long generation : generations) {
                    statement.setLong(1, generation);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }
}
