package io.mapae.keys;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The HTTP clients of one application: one for each connect timeout, as that is the client's. */
final class Clients implements AutoCloseable {
    private static final Logger LOG = System.getLogger("io.mapae.keys");

    private final Map<Duration, HttpClient> clients = new ConcurrentHashMap<>();
    private final Transport transport;
    private final Executor executor;

    /** What the clients have to do is done by {@code executor}. */
    Clients(Transport transport, Executor executor) {
        this.transport = transport;
        this.executor = executor;
    }

    /** To be called on the agenda, whose class loader the client's thread inherits. */
    HttpClient client(Duration connectTimeout) {
        return clients.computeIfAbsent(connectTimeout, timeout -> transport.client(timeout, executor));
    }

    /**
     * Lets {@code client} end what it has begun, and closes its connections then, those too that it has lost sight of.
     *
     * @return whether this JDK can do so: from 21 on
     */
    boolean retire(Duration connectTimeout, HttpClient client) {
        clients.remove(connectTimeout, client);
        return did(client, "shutdown");
    }

    /** Without {@code shutdownNow}, the client's thread ends soon after nothing refers to the client any more. */
    @Override
    public void close() {
        clients.values().forEach(client -> did(client, "shutdownNow"));
        clients.clear();
    }

    private static boolean did(HttpClient client, String method) {
        try {
            HttpClient.class.getMethod(method).invoke(client);
            return true;
        } catch (ReflectiveOperationException before21) {
            LOG.log(Level.DEBUG, "HttpClient has no {0}", method);
            return false;
        }
    }
}
