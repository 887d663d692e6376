package io.mapae.example.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine: they are in the issuer's name and in other settings before anybody listens on them. */
final class Ports {
    private Ports() {}

    /**
     * That port if it is free, or any that is for 0.
     *
     * @throws BindException in words for people
     */
    static int free(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // of connections that ended just now, as the server itself does
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return socket.getLocalPort();
        } catch (BindException taken) {
            throw inUse(port);
        }
    }

    static BindException inUse(int port) {
        return new BindException("Port " + port + " is in use: choose another with -Dport=…");
    }
}
