package io.mapae.redis;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Speaks TLS in front of a server on loopback that has none, as the Redis of the tests was built without. */
final class TlsFront implements AutoCloseable {
    private final SSLServerSocket door;
    private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();
    private volatile int target;

    /**
     * Leads nowhere yet.
     *
     * @param keys a PKCS#12 store with one key, and the certificate to show
     */
    TlsFront(Path keys, String password) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(KeyStore.getInstance(keys.toFile(), password.toCharArray()), password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        door = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, loopback);
        open.add(door);
        run(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void leadTo(TestRedis redis) {
        target = redis.port();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // by either side, or a handshake that failed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            open.add(client);
            run(() -> forward(client));
        }
    }

    private void forward(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(door.getInetAddress(), target)) {
            open.add(server);
            run(() -> pour(server, client));
            pour(client, server);
        }
    }

    /** To the end of either, which is the end of both. */
    private static void pour(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : open) {
            each.close();
        }
    }
}
