package io.mapae.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ConnectorTest {
    private static final ClassLoader CLASSES = ConnectorTest.class.getClassLoader();
    private static final Duration SHORT = Duration.ofMillis(20);

    private static Connection connection() {
        return (Connection)
                Proxy.newProxyInstance(CLASSES, new Class<?>[] {Connection.class}, (proxy, method, arguments) -> null);
    }

    /** What a driver does with the address and its properties. */
    @FunctionalInterface
    private interface Connecting {
        Connection with(String url, Properties properties) throws Exception;
    }

    private static Driver driver(Connecting connecting) {
        return (Driver) Proxy.newProxyInstance(
                CLASSES,
                new Class<?>[] {Driver.class},
                (proxy, method, arguments) -> connecting.with((String) arguments[0], (Properties) arguments[1]));
    }

    /** Of a driver that waits for ever, whatever it is told. */
    @Test
    void thoseThatHangAreReplaced() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean silent = new AtomicBoolean(true);
        AtomicInteger hanging = new AtomicInteger();
        Driver driver = driver((url, properties) -> {
            if (silent.get()) {
                hanging.incrementAndGet();
                end.await();
            }
            return connection();
        });
        Connector connector = new Connector(driver, "jdbc:x", SHORT, Duration.ofMillis(100), CLASSES);
        for (int i = 0; i < 40; i++) {
            assertThatThrownBy(connector::open).isInstanceOf(SQLException.class).hasMessage("no connection yet");
        }
        assertThat(hanging).hasValueGreaterThan(16).hasValueLessThan(32);
        silent.set(false);
        assertThat(opened(connector)).isNotNull();
        end.countDown();
        assertThat(opened(connector)).isNotNull();
        connector.close();
        assertThatThrownBy(connector::open).isInstanceOf(SQLException.class).hasMessage("no connection");
    }

    private static Connection opened(Connector connector) throws InterruptedException {
        while (true) {
            try {
                return connector.open();
            } catch (SQLException notYet) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    /** Those of other drivers may be anything. */
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/d, '{connectTimeout=5, loginTimeout=5, socketTimeout=5}'",
        "jdbc:postgresql://h/d?sockettimeout=0&loginTimeout=9, {connectTimeout=5}",
        "jdbc:mariadb://h/d, '{connectTimeout=5000, socketTimeout=5000}'",
        "jdbc:mysql://h/d?socketTimeout=1, {connectTimeout=5000}",
        "jdbc:h2:mem:x, {}"
    })
    void driversAreToldHowLongToWait(String url, String properties) throws Exception {
        List<String> told = new ArrayList<>();
        Driver driver = driver((address, given) -> {
            told.add(address + " " + new TreeMap<>(given));
            return connection();
        });
        Connector connector = new Connector(driver, url, Duration.ofSeconds(9), CLASSES);
        assertThat(connector.open()).isNotNull();
        assertThat(told).containsExactly(url + " " + properties);
        connector.close();
    }
}
