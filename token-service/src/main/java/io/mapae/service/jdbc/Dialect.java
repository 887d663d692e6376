package io.mapae.service.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the databases do not have in common. */
enum Dialect {
    H2("H2", """
            MERGE INTO mapae_revocation AS old USING (
              SELECT CAST(? AS VARCHAR(8)) AS kind, CAST(? AS VARCHAR(512)) AS denied,
                CAST(? AS BIGINT) AS until, CAST(? AS BIGINT) AS noted) AS fresh
            ON old.kind = fresh.kind AND old.denied = fresh.denied
            WHEN MATCHED THEN UPDATE SET until = GREATEST(old.until, fresh.until), noted = fresh.noted
            WHEN NOT MATCHED THEN INSERT (kind, denied, until, noted)
              VALUES (fresh.kind, fresh.denied, fresh.until, fresh.noted)"""),
    POSTGRESQL("PostgreSQL", """
            INSERT INTO mapae_revocation AS old (kind, denied, until, noted) VALUES (?, ?, ?, ?)
            ON CONFLICT (kind, denied)
            DO UPDATE SET until = GREATEST(old.until, EXCLUDED.until), noted = EXCLUDED.noted"""),
    MARIADB("MariaDB", """
            INSERT INTO mapae_revocation (kind, denied, until, noted) VALUES (?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE until = GREATEST(until, VALUES(until)), noted = VALUES(noted)""");

    private final String product;
    private final String deny;

    Dialect(String product, String deny) {
        this.product = product;
        this.deny = deny;
    }

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return Arrays.stream(values())
                .filter(dialect -> dialect.product.equals(product))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The database is " + product + ", which is none of "
                        + Arrays.stream(values()).map(known -> known.product).collect(Collectors.joining(", "))));
    }

    /** The file with its tables, from {@code io/mapae/service/}. */
    String script() {
        return product.toLowerCase(Locale.ROOT) + "/V1__mapae.sql";
    }

    /** Writes kind, denied, until, noted; of two times {@code until} the later one stays. */
    String deny() {
        return deny;
    }
}
