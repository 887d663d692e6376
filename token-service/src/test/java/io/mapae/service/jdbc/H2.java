package io.mapae.service.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;

/** An empty database in memory with our tables, gone with its last connection. */
public final class H2 implements AutoCloseable {
    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
    private final Connection keepsIt;

    public H2() throws SQLException, IOException {
        keepsIt = pool.getConnection();
        try (Statement statement = keepsIt.createStatement();
                InputStream tables = Database.class.getResourceAsStream("/io/mapae/service/h2/V1__mapae.sql")) {
            if (tables == null) {
                throw new IOException("no tables");
            }
            statement.execute(new String(tables.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public Database database() {
        return new Database(pool);
    }

    @Override
    public void close() throws SQLException {
        keepsIt.close();
        pool.dispose();
    }
}
