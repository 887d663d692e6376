package io.mapae.service.jdbc;

import io.mapae.service.StoreException;
import io.mapae.service.key.SigningKeyStore;
import io.mapae.service.key.StoredKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Signing keys in a database: its primary key decides which of several nodes has made the next. */
public final class JdbcKeys implements SigningKeyStore {
    private static final String ALL = "SELECT generation, id, algorithm, signs_from, public_jwk, sealed FROM mapae_key";

    private static final String ADD =
            "INSERT INTO mapae_key (generation, id, algorithm, signs_from, public_jwk, sealed)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";

    private static final String REMOVE = "DELETE FROM mapae_key WHERE generation = ?";

    private final Database database;

    /** The keys in {@code database}. */
    public JdbcKeys(Database database) {
        this.database = database;
    }

    @Override
    public List<StoredKey> all() throws StoreException {
        return database.run(connection -> Statements.query(connection, ALL, JdbcKeys::key));
    }

    private static StoredKey key(ResultSet row) throws SQLException {
        return new StoredKey(
                row.getLong("generation"),
                row.getString("id"),
                row.getString("algorithm"),
                Instant.ofEpochMilli(row.getLong("signs_from")),
                row.getString("public_jwk"),
                row.getString("sealed"));
    }

    @Override
    public boolean add(StoredKey key) throws StoreException {
        return database.run(connection -> {
            try {
                return Statements.update(
                                connection,
                                ADD,
                                key.generation(),
                                key.id(),
                                key.algorithm(),
                                key.signsFrom().toEpochMilli(),
                                key.publicJwk(),
                                key.sealed())
                        == 1;
            } catch (SQLException failure) {
                if (Database.isDuplicate(failure)) {
                    return false;
                }
                throw failure;
            }
        });
    }

    @Override
    public void remove(Collection<Long> generations) throws StoreException {
        database.inTransaction(connection -> {
            int removed = 0;
            for (long generation : generations) {
                removed += Statements.update(connection, REMOVE, generation);
            }
            return removed;
        });
    }
}
