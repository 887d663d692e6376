package io.mapae.service.jdbc;

import io.mapae.service.StoreException;
import io.mapae.service.session.Session;
import io.mapae.service.session.SessionStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Sessions in {@code mapae_session}, denials in {@code mapae_revocation}. */
public final class JdbcSessions implements SessionStore {
    private static final String SELECT = """
            SELECT id, account, device, transport, scopes, audiences, credential_version, created, last_used,
              idle_until, ends_at, generation, current_digest, previous_digest, rotated
            FROM mapae_session WHERE\s""";

    private final Database database;
    private final InstantSource clock;

    public JdbcSessions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @throws IllegalStateException if there is a session of that id */
    @Override
    public void add(Session session) throws StoreException {
        database.run(connection -> {
            try {
                return insert(connection, session);
            } catch (SQLException failure) {
                if (Database.isDuplicate(failure)) {
                    throw new IllegalStateException("There is a session of this id", failure);
                }
                throw failure;
            }
        });
    }

    private static int insert(Connection connection, Session session) throws SQLException {
        return Statements.update(
                connection,
                """
                INSERT INTO mapae_session (id, account, device, transport, scopes, audiences, credential_version,
                  created, last_used, idle_until, ends_at, generation, current_digest, previous_digest, rotated)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                session.id(),
                session.account(),
                session.device(),
                session.transport().name(),
                String.join(" ", session.scopes()),
                String.join("\n", session.audiences()),
                session.credentialVersion(),
                session.created().toEpochMilli(),
                session.lastUsed().toEpochMilli(),
                session.idleUntil().toEpochMilli(),
                session.endsAt().toEpochMilli(),
                session.generation(),
                session.current(),
                session.previous().orElse(null),
                session.rotated().toEpochMilli());
    }

    @Override
    public Optional<Session> find(String id) throws StoreException {
        if (!Session.isId(id)) {
            return Optional.empty();
        }
        return database
                .run(connection -> Statements.query(connection, SELECT + "id = ?", JdbcSessions::session, id))
                .stream()
                .findFirst();
    }

    @Override
    public boolean replace(Session before, Session after) throws StoreException {
        return database.run(connection -> Statements.update(
                        connection,
                        """
                        UPDATE mapae_session SET last_used = ?, idle_until = ?, generation = ?, current_digest = ?,
                          previous_digest = ?, rotated = ?
                        WHERE id = ? AND generation = ? AND current_digest = ?""",
                        after.lastUsed().toEpochMilli(),
                        after.idleUntil().toEpochMilli(),
                        after.generation(),
                        after.current(),
                        after.previous().orElse(null),
                        after.rotated().toEpochMilli(),
                        before.id(),
                        before.generation(),
                        before.current()))
                == 1;
    }

    @Override
    public void adopt(String id, long credentialVersion) throws StoreException {
        if (Session.isId(id)) {
            var unused = database.run(connection -> Statements.update(
                    connection, "UPDATE mapae_session SET credential_version = ? WHERE id = ?", credentialVersion, id));
        }
    }

    @Override
    public List<Session> of(String account) throws StoreException {
        if (!Session.isAccount(account)) {
            return List.of();
        }
        return database.run(
                connection -> Statements.query(connection, SELECT + "account = ?", JdbcSessions::session, account));
    }

    /** The row is deleted first: a {@link #replace} waits for its lock and finds nothing, or was there before. */
    @Override
    public boolean end(String id, Instant denyUntil) throws StoreException {
        require(Session.isId(id));
        return database.inTransaction(connection -> {
            boolean there = Statements.update(connection, "DELETE FROM mapae_session WHERE id = ?", id) == 1;
            deny(connection, "sid", id, denyUntil);
            return there;
        });
    }

    @Override
    public void deny(String tokenId, Instant denyUntil) throws StoreException {
        require(Session.fits(tokenId, Session.MAX_TOKEN_ID));
        database.run(connection -> deny(connection, "jti", tokenId, denyUntil));
    }

    private static void require(boolean storable) {
        if (!storable) {
            throw new IllegalArgumentException("an id that cannot be kept");
        }
    }

    /** Twice, if a rival comes first: H2's MERGE looks and then inserts. The second one finds the rival's row. */
    private int deny(Connection connection, String kind, String denied, Instant until) throws SQLException {
        String sql = Dialect.of(connection).deny();
        Object[] values = {kind, denied, until.toEpochMilli(), clock.millis()};
        try {
            return Statements.update(connection, sql, values);
        } catch (SQLException failure) {
            if (!Database.isDuplicate(failure)) {
                throw failure;
            }
            return Statements.update(connection, sql, values);
        }
    }

    @Override
    public boolean isDenied(String tokenId, Instant now) throws StoreException {
        return Session.fits(tokenId, Session.MAX_TOKEN_ID)
                && database.run(connection -> !Statements.query(
                                connection,
                                "SELECT until FROM mapae_revocation WHERE kind = 'jti' AND denied = ? AND until > ?",
                                row -> row.getLong(1),
                                tokenId,
                                now.toEpochMilli())
                        .isEmpty());
    }

    @Override
    public void purge(Instant before) throws StoreException {
        // One column at a time, so that each has its index.
        Purge.before(before, "mapae_session", "idle_until", "id").in(database);
        Purge.before(before, "mapae_session", "ends_at", "id").in(database);
        Purge.before(before, "mapae_revocation", "until", "kind", "denied").in(database);
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString("id"),
                row.getString("account"),
                row.getString("device"),
                Session.Transport.valueOf(row.getString("transport")),
                new LinkedHashSet<>(split(row.getString("scopes"), " ")),
                split(row.getString("audiences"), "\n"),
                row.getLong("credential_version"),
                Instant.ofEpochMilli(row.getLong("created")),
                Instant.ofEpochMilli(row.getLong("last_used")),
                Instant.ofEpochMilli(row.getLong("idle_until")),
                Instant.ofEpochMilli(row.getLong("ends_at")),
                row.getLong("generation"),
                row.getString("current_digest"),
                Optional.ofNullable(row.getString("previous_digest")),
                Instant.ofEpochMilli(row.getLong("rotated")));
    }

    private static List<String> split(String joined, String separator) {
        return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(separator, -1));
    }
}
