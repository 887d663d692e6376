package io.mapae.service.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mapae.jdbc.Databases;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Databases by the text of a setting: the JNDI name of the container's data source, or a JDBC URL, for which a pool is
 * made that waits for nothing longer than about a second. A data source of the container waits as the container has it.
 */
public final class DataSources {
    private static final int CONNECTION_TIMEOUT_MILLIS = 700;
    /** The least that the pool takes. */
    private static final int VALIDATION_TIMEOUT_MILLIS = 250;

    private static final int CONNECTIONS = 10;

    /** A driver is named, as those in a WAR do not register themselves where another application was first. */
    private enum Driver {
        /** Without {@code WRITE_DELAY=0}, half a second of what was acknowledged is lost when the JVM is killed. */
        H2("org.h2.Driver", "SET LOCK_TIMEOUT 250", Map.of("WRITE_DELAY", "0", "DB_CLOSE_ON_EXIT", "FALSE")),
        /** Its times are in seconds, but for {@code lock_timeout}. */
        POSTGRESQL(
                "org.postgresql.Driver",
                "SET lock_timeout = 250",
                Map.of("connectTimeout", "1", "loginTimeout", "1", "socketTimeout", "1", "tcpKeepAlive", "true")),
        /** A second is the least that it waits for a lock, so that the socket's timeout comes first. */
        MARIADB(
                "org.mariadb.jdbc.Driver",
                "SET innodb_lock_wait_timeout = 1",
                Map.of("connectTimeout", "700", "socketTimeout", "900", "tcpKeepAlive", "true"));

        private final String className;
        private final String start;
        private final Map<String, String> parameters;

        Driver(String className, String start, Map<String, String> parameters) {
            this.className = className;
            this.start = start;
            this.parameters = parameters;
        }

        static Driver of(String url) {
            return Arrays.stream(values())
                    .filter(driver -> url.startsWith("jdbc:" + driver.name().toLowerCase(Locale.ROOT) + ":"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("is a JDBC URL, but none of H2, PostgreSQL, MariaDB"));
        }

        /** With our parameters, but for those that {@code url} has itself. */
        String complete(String url) {
            StringBuilder complete = new StringBuilder(url);
            parameters.forEach((name, value) -> {
                if (!url.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT) + "=")) {
                    complete.append(separator(complete))
                            .append(name)
                            .append('=')
                            .append(value);
                }
            });
            return complete.toString();
        }

        private char separator(CharSequence url) {
            if (this == H2) {
                return ';';
            }
            return url.toString().indexOf('?') < 0 ? '?' : '&';
        }
    }

    private DataSources() {}

    /**
     * A database that need not be there yet; to be closed. No message tells the URL or the name.
     *
     * @param setting {@code java:…} or {@code jdbc:…}
     * @param user if not in the URL
     * @throws IllegalArgumentException with what is wrong with the setting, to be told behind its name
     */
    public static Database open(String setting, Optional<String> user, Optional<String> password) {
        if (setting.startsWith("java:")) {
            return new Database(Databases.named(setting));
        }
        if (setting.startsWith("jdbc:")) {
            HikariDataSource pool = pool(setting, user, password);
            return new Database(pool, pool::close);
        }
        throw new IllegalArgumentException("is neither a JNDI name (java:…) nor a JDBC URL (jdbc:…)");
    }

    private static HikariDataSource pool(String url, Optional<String> user, Optional<String> password) {
        Driver driver = Driver.of(url);
        HikariConfig config = new HikariConfig();
        try {
            config.setDriverClassName(driver.className);
        } catch (RuntimeException missing) {
            throw new IllegalArgumentException("needs the driver " + driver.className + ", which is not here", missing);
        }
        config.setJdbcUrl(driver.complete(url));
        user.ifPresent(config::setUsername);
        password.ifPresent(config::setPassword);
        config.setPoolName("mapae");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setValidationTimeout(VALIDATION_TIMEOUT_MILLIS);
        config.setInitializationFailTimeout(-1);
        // What is read committed is enough for us, and keeps MariaDB from locking the gaps between rows.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(driver.start);
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException malformed) {
            // Its message has the URL, and so perhaps a password.
            throw new IllegalArgumentException("is no URL that its driver takes");
        }
    }
}
