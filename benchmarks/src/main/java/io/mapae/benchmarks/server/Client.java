package io.mapae.benchmarks.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One connection, and one request after the other on it. So small that the server has the processor for itself. */
final class Client implements AutoCloseable {
    private static final byte[] OK = ascii("HTTP/1.1 200");
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");
    private static final String LENGTH = "content-length: ";

    private final Socket socket;
    private final InputStream in;
    private final List<byte[]> requests;
    private final byte[] buffer = new byte[8_192];
    private int next;

    /** A client whose requests bear these headers in turn. */
    Client(int port, List<String> headers) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        requests = headers.stream()
                .map(header ->
                        ascii("GET /orders/4711 HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n" + header + "\r\n"))
                .toList();
    }

    /** Sends the next request and reads the response; whether it was 200. */
    boolean ask() throws IOException {
        socket.getOutputStream().write(requests.get(next));
        next = (next + 1) % requests.size();
        int filled = 0;
        int head = -1;
        while (head < 0) {
            filled = read(filled);
            head = indexOf(END_OF_HEAD, filled);
        }
        int end = head + END_OF_HEAD.length + length(head);
        while (filled < end) {
            filled = read(filled);
        }
        return Arrays.equals(buffer, 0, OK.length, OK, 0, OK.length);
    }

    private int read(int filled) throws IOException {
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count <= 0) {
            throw new EOFException("no whole response");
        }
        return filled + count;
    }

    /** Of the body; there is none without. */
    private int length(int head) {
        String lines = new String(buffer, 0, head, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        int at = lines.indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int end = lines.indexOf('\r', at);
        return Integer.parseInt(lines.substring(at + LENGTH.length(), end < 0 ? lines.length() : end));
    }

    private int indexOf(byte[] what, int filled) {
        for (int at = 0; at + what.length <= filled; at++) {
            if (Arrays.equals(buffer, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
