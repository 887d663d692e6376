package io.mapae.service.http;

import static io.mapae.service.http.Service.bearer;
import static io.mapae.service.http.Service.cookie;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.mapae.service.http.Service.Answer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.naming.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything that needs the database uses the server's pool, by its JNDI name, and leaves it as it was. */
@Timeout(120)
class ServersPoolTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "service.datasource", ServersPool.NAME,
            "revocation", ServersPool.NAME,
            "replay-store", ServersPool.NAME,
            "rules", "/once authenticated once; /** authenticated");

    /** Those by which Tomcat makes itself the JVM's naming. */
    private static final List<String> NAMING =
            List.of(Context.INITIAL_CONTEXT_FACTORY, Context.URL_PKG_PREFIXES, "catalina.useNaming");

    private final Map<String, Optional<String>> before = new HashMap<>();
    private final HikariDataSource pool = new HikariDataSource();

    ServersPoolTest() throws SQLException {
        NAMING.forEach(name -> before.put(name, Optional.ofNullable(System.getProperty(name))));
        pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        pool.setMaximumPoolSize(4);
        pool.setAutoCommit(false); // a server may have it so
        pool.getConnection().close(); // its threads are not the application's, then
    }

    @AfterEach
    void asBefore() {
        pool.close();
        before.forEach((name, value) ->
                value.ifPresentOrElse(text -> System.setProperty(name, text), () -> System.clearProperty(name)));
    }

    @Test
    void isUsedForAllAndOutlivesTheApplication() throws Exception {
        String kept;
        try (Service service = new Service(SETTINGS, Optional.of(pool))) {
            Answer login = service.login("alice", "");
            assertThat(login.outcome()).isEqualTo("200");
            assertThat(becomes(service, "/who", 200, login)).isTrue();
            Answer refreshed = service.post("/auth/refresh", "", cookie(login.cookie()));
            assertThat(refreshed.outcome()).isEqualTo("200");
            assertThat(service.get("/once", bearer(refreshed)).status()).isEqualTo(200);
            assertThat(service.get("/once", bearer(refreshed)).status()).isEqualTo(401);
            kept = service.login("alice", "").cookie();
            assertThat(service.post("/auth/logout", "", cookie(refreshed.cookie()))
                            .status())
                    .isEqualTo(204);
            assertThat(becomes(service, "/who", 401, refreshed)).isTrue();
        }
        assertThat(pool.isClosed()).isFalse();
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        try (Service next = new Service(SETTINGS, Optional.of(pool))) {
            assertThat(next.post("/auth/refresh", "", cookie(kept)).outcome()).isEqualTo("200");
        }
    }

    /** Within some seconds: revocations are read each second. */
    private static boolean becomes(Service service, String path, int status, Answer login) throws Exception {
        for (int i = 0; service.get(path, bearer(login)).status() != status && i < 500; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return service.get(path, bearer(login)).status() == status;
    }
}
