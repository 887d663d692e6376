package io.mapae.servlet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A client that sends what it is told, however wrong: one connection, HTTP/1.1. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    /**
     * A response.
     *
     * @param status 0 if the connection ended without one
     */
    record Reply(int status, List<String[]> fields, String body) {
        /** The values of all fields of that name, joined; empty without any. */
        String field(String name) {
            return fields.stream()
                    .filter(field -> field[0].equalsIgnoreCase(name))
                    .map(field -> field[1])
                    .collect(Collectors.joining(" && "));
        }
    }

    private final Socket socket;
    private final InputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Wire to(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new Wire(socket);
    }

    /** A request without content and with these fields, such as {@code Accept: *}. */
    Reply ask(String method, String target, String... fields) throws IOException {
        return send(method, target, "", fields);
    }

    /** A request with this content and these fields. */
    Reply send(String method, String target, String content, String... fields) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        if (!content.isEmpty()) {
            head.append("Content-Length: ").append(content.length()).append("\r\n");
        }
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        // UTF-8, so that a character beyond ASCII arrives as bytes that are no ASCII
        socket.getOutputStream().write((head + "\r\n" + content).getBytes(StandardCharsets.UTF_8));
        return read(method.equals("HEAD"));
    }

    /** All that comes until the connection ends, as it comes. */
    String raw(String method, String target, String... fields) throws IOException {
        String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        String request = head + String.join("\r\n", fields) + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private Reply read(boolean head) throws IOException {
        String first = line();
        if (!first.startsWith("HTTP/1.1 ")) {
            return new Reply(0, List.of(), first);
        }
        int status = Integer.parseInt(first.substring(9, 12));
        List<String[]> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.add(new String[] {
                line.substring(0, colon), line.substring(colon + 1).strip()
            });
        }
        Reply reply = new Reply(status, fields, "");
        return head || status == 204 || status == 304 ? reply : new Reply(status, fields, content(reply));
    }

    private String content(Reply reply) throws IOException {
        byte[] bytes;
        if (reply.field("Transfer-Encoding").toLowerCase(Locale.ROOT).equals("chunked")) {
            StringBuilder chunks = new StringBuilder();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                chunks.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
                line();
            }
            line();
            bytes = chunks.toString().getBytes(StandardCharsets.ISO_8859_1);
        } else if (reply.field("Content-Length").isEmpty()) {
            bytes = in.readAllBytes();
        } else {
            bytes = in.readNBytes(Integer.parseInt(reply.field("Content-Length")));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
