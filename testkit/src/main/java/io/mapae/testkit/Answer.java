package io.mapae.testkit;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** One answer over one connection, good or bad as its script has it. Waits on the socket alone, so closing it ends all. */
final class Answer {
    private static final long HUGE = 500_000_000;
    private static final int DRIP_MILLIS = 100;
    private static final String OK = "200 OK";
    private static final String JSON = "application/json";
    private static final String LOGIN_PAGE = "<!DOCTYPE html><title>Log in</title><form><input name=user></form>";

    private final Socket socket;
    private final OutputStream out;
    private final String path;
    private final Script script;
    private final byte[] good;

    Answer(Socket socket, String path, Script script) throws IOException {
        this.socket = socket;
        this.out = new BufferedOutputStream(socket.getOutputStream());
        this.path = path;
        this.script = script;
        this.good = bytes(script.good());
    }

    void send() throws IOException {
        switch (script.behaviour()) {
            case GOOD -> whole(OK, JSON, good);
            case HANG -> hang();
            case HANG_AFTER_HEADERS -> {
                head(OK, Map.of("Content-Length", good.length));
                hang();
            }
            case SLOW_DRIP -> drip();
            case STATUS_500 -> whole("500 Internal Server Error", JSON, good);
            case STATUS_503 -> whole("503 Service Unavailable", JSON, good);
            case STATUS_429 -> whole("429 Too Many Requests", JSON, good);
            case STATUS_404 -> whole("404 Not Found", JSON, good);
            case HTML -> whole(OK, "text/html", bytes(LOGIN_PAGE));
            case EMPTY_SET -> whole(OK, JSON, bytes("{\"keys\":[]}"));
            case NO_SET -> whole(OK, JSON, bytes("{}"));
            case TRUNCATED -> {
                head(OK, Map.of("Content-Length", good.length + 100));
                out.write(good);
            }
            case CUT_JSON -> whole(OK, JSON, Arrays.copyOf(good, good.length / 2));
            case HUGE -> {
                head(OK, Map.of("Content-Length", HUGE));
                pad(HUGE, good, out);
            }
            case HUGE_CHUNKED -> chunked();
            case GZIP -> gzip();
            case REDIRECT_SAME_ORIGIN -> redirect("127.0.0.1", Routes.MOVED + path);
            case REDIRECT_AWAY -> redirect("localhost", Routes.MOVED + path);
            case REDIRECT_LOOP -> redirect("127.0.0.1", path);
            case MALFORMED_ENTRY -> whole(OK, JSON, bytes(script.malformed().get()));
            case GARBAGE -> out.write(bytes("\0\1\2 no protocol that anyone speaks \u00ff\n"));
        }
        out.flush();
    }

    /** Spaces up to the length, the text at the end: JSON like any other but for its size. */
    static void pad(long length, byte[] text, OutputStream out) throws IOException {
        byte[] spaces = new byte[65_536];
        Arrays.fill(spaces, (byte) ' ');
        for (long left = length - text.length; left > 0; left -= spaces.length) {
            out.write(spaces, 0, (int) Math.min(left, spaces.length));
        }
        out.write(text);
    }

    private void whole(String status, String type, byte[] body) throws IOException {
        head(status, Map.of("Content-Type", type, "Content-Length", body.length));
        out.write(body);
    }

    private void head(String status, Map<String, Object> fields) throws IOException {
        Map<String, Object> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Content-Type", JSON);
        all.put("Connection", "close");
        all.putAll(fields);
        all.putAll(script.headers());
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void redirect(String host, String target) throws IOException {
        String location = "http://" + host + ":" + socket.getLocalPort() + target;
        head("302 Found", Map.of("Location", location, "Content-Length", 0));
    }

    private void gzip() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(good);
        }
        head(OK, Map.of("Content-Encoding", "gzip", "Content-Length", compressed.size()));
        compressed.writeTo(out);
    }

    private void chunked() throws IOException {
        head(OK, Map.of("Transfer-Encoding", "chunked"));
        pad(HUGE, good, new Chunks(out));
        out.write(bytes("0\r\n\r\n"));
    }

    private void drip() throws IOException {
        head(OK, Map.of("Content-Length", good.length));
        socket.setSoTimeout(DRIP_MILLIS);
        for (byte drop : good) {
            out.write(drop);
            out.flush();
            if (isLeftBeforeTimeout()) {
                return;
            }
        }
    }

    private boolean isLeftBeforeTimeout() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException timeForTheNextDrop) {
            return false;
        }
    }

    /** Until the client leaves or the socket is closed here. */
    private void hang() throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Each write becomes a chunk (RFC 9112 §7.1); the last one is left to the caller. */
    private static final class Chunks extends FilterOutputStream {
        private Chunks(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                // a chunk of no length would be the last
                return;
            }
            out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, offset, length);
            out.write(bytes("\r\n"));
        }
    }
}
