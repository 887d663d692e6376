package io.mapae.service.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStreamReader;
import java.io.Reader;
import java.sql.Connection;
import java.util.Objects;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.RunScript;

/** An H2 database of its own, with our tables, until it is closed. */
final class MemoryDatabase {
    final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final JdbcConnectionPool pool = JdbcConnectionPool.create(url, "", "");
    final Database database = new Database(pool);

    MemoryDatabase() throws Exception {
        pool.setMaxConnections(60);
        try (Connection connection = pool.getConnection();
                Reader script = new InputStreamReader(
                        Objects.requireNonNull(
                                Database.class.getResourceAsStream("/io/mapae/service/h2/V1__mapae.sql")),
                        UTF_8)) {
            RunScript.execute(connection, script);
        }
    }

    public void close() throws Exception {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
        pool.dispose();
    }
}
