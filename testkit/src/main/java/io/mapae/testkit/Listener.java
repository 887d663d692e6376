package io.mapae.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Listens on 127.0.0.1 and gives each connection a thread; ends by closing all sockets, as threads wait on nothing else. */
final class Listener implements Closeable {
    /** Enough for any test: a connection that finds no room in the queue is tried again a second later. */
    private static final int QUEUE = 1024;

    private static final int PATIENCE_SECONDS = 10;

    private final ServerSocket server;
    private final Conversation conversation;
    private final ExecutorService threads;
    private final Set<Socket> sockets = new HashSet<>();
    private boolean closed;

    private Listener(ServerSocket server, Conversation conversation) {
        this.server = server;
        this.conversation = conversation;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "jwks-server-" + server.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Port 0 is any free one. Clients can connect at once, but talk to nobody before {@link #open()}. */
    static Listener on(int port, Conversation conversation) throws IOException {
        return new Listener(new ServerSocket(port, QUEUE, loopback()), conversation);
    }

    /** Holds a port without listening: it refuses connections, and nobody else is given it. */
    static Closeable reserve(int port) throws IOException {
        Socket socket = new Socket();
        // connections that were cut hold on to the port for a while
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(loopback(), port));
        return socket;
    }

    void open() {
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    synchronized int connections() {
        return sockets.size();
    }

    /** Returns when the threads have ended, as until then the system keeps the port of a closed socket in use. */
    @Override
    public void close() throws IOException {
        closeSockets();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("a thread of the server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void closeSockets() throws IOException {
        closed = true;
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdown();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                begin(server.accept());
            } catch (IOException e) {
                // closed, which ends the loop, or a client that left before its turn, which is its own affair
            }
        }
    }

    private synchronized void begin(Socket socket) throws IOException {
        if (closed) {
            socket.close();
            return;
        }
        sockets.add(socket);
        threads.execute(() -> converse(socket));
    }

    private void converse(Socket socket) {
        try (socket) {
            // a dripping byte must not wait for the next one
            socket.setTcpNoDelay(true);
            conversation.with(socket);
        } catch (IOException e) {
            // the client went away or the server was closed: the end of the conversation either way
        } finally {
            end(socket);
        }
    }

    private synchronized void end(Socket socket) {
        sockets.remove(socket);
    }

    /** By number, as {@link InetAddress#getLoopbackAddress()} may be the one of IPv6. */
    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** What is said over one connection, which is closed afterwards however it ends. */
    interface Conversation {
        void with(Socket socket) throws IOException;
    }
}
