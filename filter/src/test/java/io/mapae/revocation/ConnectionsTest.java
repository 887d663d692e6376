package io.mapae.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The connection that is kept. */
class ConnectionsTest {
    private static final ClassLoader CLASSES = ConnectionsTest.class.getClassLoader();

    private final List<String> calls = new ArrayList<>();
    private Runnable whileConnecting = () -> {};
    private final Connections connections = Connections.by(driver(), "jdbc:x", CLASSES);

    private Driver driver() {
        return (Driver) Proxy.newProxyInstance(CLASSES, new Class<?>[] {Driver.class}, (proxy, method, arguments) -> {
            calls.add(method.getName());
            whileConnecting.run();
            return connection();
        });
    }

    private Connection connection() {
        return (Connection)
                Proxy.newProxyInstance(CLASSES, new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return null;
                });
    }

    @Test
    void isTheSameAsLongAsItWorks() throws Exception {
        connections.giveBack(connections.take(), true);
        connections.giveBack(connections.take(), true);
        assertThat(calls).containsExactly("connect");
        connections.giveBack(connections.take(), false);
        connections.giveBack(connections.take(), true);
        assertThat(calls).containsExactly("connect", "abort", "close", "connect");
    }

    @Test
    void isClosedWhenNobodyUsesIt() throws Exception {
        connections.giveBack(connections.take(), true);
        connections.close();
        assertThat(calls).containsExactly("connect", "close");
    }

    @Test
    void isCutWhenItIsInUseAndClosedAfterwards() throws Exception {
        Connection connection = connections.take();
        connections.close();
        assertThat(calls).containsExactly("connect", "abort");
        connections.giveBack(connection, true);
        assertThat(calls).containsExactly("connect", "abort", "close");
    }

    @Test
    void isClosedWhenItComesTooLate() {
        whileConnecting = connections::close;
        assertThatThrownBy(connections::take).isInstanceOf(SQLException.class);
        assertThat(calls).containsExactly("connect", "abort", "close");
    }
}
