package io.mapae.service.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A way to a server that takes connections, of which those before {@link #speak} lead nowhere. */
final class SilentAtFirst implements AutoCloseable {
    private final ServerSocket front = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final String host;
    private final int port;
    private volatile boolean speaks;

    SilentAtFirst(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        start(this::accept);
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // as it should be
                    }
                },
                "silent-at-first");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = front.accept();
            sockets.add(client);
            if (speaks) {
                Socket server = new Socket(host, port);
                sockets.add(server);
                start(() -> client.getInputStream().transferTo(server.getOutputStream()));
                start(() -> server.getInputStream().transferTo(client.getOutputStream()));
            }
        }
    }

    int port() {
        return front.getLocalPort();
    }

    void speak() {
        speaks = true;
    }

    @Override
    public void close() throws IOException {
        front.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
