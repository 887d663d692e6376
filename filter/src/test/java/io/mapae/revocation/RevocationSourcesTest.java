package io.mapae.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.revocation.naming.java.javaURLContextFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.Context;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevocationSourcesTest {
    private static final ClassLoader CLASSES = RevocationSourcesTest.class.getClassLoader();

    @TempDir
    private Path directory;

    private final Given given = new Given();

    /** As an application has it in its jars. */
    public static final class Provider implements RevocationProvider {
        @Override
        public Set<String> names() {
            return Set.of("custom", "customs");
        }

        @Override
        public RevocationSource open(String location) {
            if (location.endsWith("?")) {
                throw new IllegalArgumentException("no question mark");
            }
            Given source = new Given();
            source.revocations.add(Given.revoked(Revocation.Kind.SID, location));
            return source;
        }
    }

    private ClassLoader withService(String provider) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(RevocationProvider.class.getName()), provider);
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, CLASSES);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            redis                     | needs mapae-token-store-redis
            redis://:s3cr3t@host      | needs mapae-token-store-redis
            rediss://:s3cr3t@host     | needs mapae-token-store-redis
            jdbc:nothing:s3cr3t       | no JDBC driver takes that address
            java:comp/env/s3cr3t      | no DataSource has that JNDI name
            s3cr3t                    | expected service:, jdbc:…, java:…, redis:… or what a service io.mapae.revocation.RevocationProvider is called
            """)
    void saysWhatIsWrong(String location, String problem) {
        assertThatThrownBy(() -> RevocationSources.open(location, CLASSES, given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    @ParameterizedTest
    @CsvSource({"custom", "custom:", "customs://host:1/a?b=c"})
    void findsAServiceByName(String location) throws Exception {
        try (RevocationSource source = RevocationSources.open(location, withService(Provider.class.getName()), given)) {
            source.read(Instant.EPOCH, found -> assertThat(found.denied()).isEqualTo(location));
        }
    }

    @Test
    void leavesItToTheServiceWhatItTakes() throws Exception {
        ClassLoader classes = withService(Provider.class.getName());
        assertThatThrownBy(() -> RevocationSources.open("custom:?", classes, given))
                .hasMessage("no question mark");
        assertThatThrownBy(() -> RevocationSources.open("custo", classes, given))
                .hasMessageStartingWith("expected ");
        ClassLoader broken = withService("no.such.Provider");
        assertThatThrownBy(() -> RevocationSources.open("custom", broken, given))
                .hasMessage("the service io.mapae.revocation.RevocationProvider cannot be loaded");
    }

    /** A driver that is found beside one that is broken. */
    @Test
    void takesTheApplicationsDriver() throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.sql.Driver"), "no.such.Driver");
        ClassLoader classes = new URLClassLoader(new URL[] {directory.toUri().toURL()}, CLASSES);
        try (Database database = new Database();
                RevocationSource source = RevocationSources.open(database.url(), classes, given)) {
            source.read(Instant.EPOCH, found -> {});
        }
    }

    @Test
    void borrowsFromTheServersPool() throws Exception {
        try (Database database = new Database()) {
            database.revoke("sid", "s", 0, Given.NOW.toEpochMilli(), 1);
            JdbcConnectionPool pool = JdbcConnectionPool.create(database.address(), "sa", "s3cr3t");
            pool.setMaxConnections(1);
            String before = System.setProperty(Context.URL_PKG_PREFIXES, "io.mapae.revocation.naming");
            javaURLContextFactory.BOUND.put("java:comp/env/jdbc/app", pool);
            javaURLContextFactory.BOUND.put("java:comp/env/text", "text");
            try {
                RevocationSource source = RevocationSources.open("java:comp/env/jdbc/app", CLASSES, given);
                AtomicInteger found = new AtomicInteger();
                source.read(Instant.EPOCH, revocation -> found.incrementAndGet());
                source.read(Instant.EPOCH, revocation -> found.incrementAndGet());
                source.close();
                assertThat(found).hasValue(2);
                assertThat(pool.getActiveConnections()).isZero();
                assertThatThrownBy(() -> RevocationSources.open("java:comp/env/text", CLASSES, given))
                        .hasMessage("no DataSource has that JNDI name");
            } finally {
                pool.dispose();
                javaURLContextFactory.BOUND.clear();
                if (before == null) {
                    System.clearProperty(Context.URL_PKG_PREFIXES);
                } else {
                    System.setProperty(Context.URL_PKG_PREFIXES, before);
                }
            }
        }
    }
}
