package io.mapae.example;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A connection that is told what happens, of one kind or the other. */
public final class Live implements Closeable {
    /** What ends each of them. */
    static final String END = "the end";

    /** Of WebSockets: it shows that they are alive. */
    private static final String NOTHING = "{}";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int PATIENCE_SECONDS = 20;

    /** What a browser opens them with. */
    public enum Kind {
        EVENTS("/api/board-events"),
        SOCKET("/api/board-socket");

        private final String path;

        Kind(String path) {
            this.path = path;
        }

        /** In the application. */
        public String path() {
            return path;
        }
    }

    private final int status;
    private final BlockingQueue<String> said;
    private final Closeable connection;

    private Live(int status, BlockingQueue<String> said, Closeable connection) {
        this.status = status;
        this.said = said;
        this.connection = connection;
    }

    /**
     * Opens it, or is refused.
     *
     * @param base of the application, without a slash at its end
     */
    public static Live open(Kind kind, URI base, String query) {
        return switch (kind) {
            case EVENTS -> events(URI.create(base + kind.path + query));
            case SOCKET -> socket(URI.create(base.toString().replaceFirst("http", "ws") + kind.path + query));
        };
    }

    private static Live events(URI address) {
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        try {
            HttpResponse<InputStream> answer =
                    CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream());
            Thread reader = new Thread(() -> read(answer, said), "events");
            reader.setDaemon(true);
            reader.start();
            return new Live(answer.statusCode(), said, answer.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** An event for each block of lines, without those that are comments. */
    private static void read(HttpResponse<InputStream> answer, BlockingQueue<String> said) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            StringBuilder event = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && !line.startsWith(":")) {
                    event.append(event.isEmpty() ? "" : " ").append(line);
                } else if (!event.isEmpty()) {
                    said.add(event.toString());
                    event.setLength(0);
                }
            }
        } catch (IOException cut) {
            // that is an end too
        }
        said.add(END);
    }

    private static Live socket(URI address) {
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        try {
            CompletableFuture<Void> told = new CompletableFuture<>();
            WebSocket socket = CLIENT.newWebSocketBuilder()
                    .buildAsync(address, new Ear(said, told))
                    .join();
            told.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            return new Live(101, said, socket::abort);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof WebSocketHandshakeException refused) {
                return new Live(refused.getResponse().statusCode(), said, () -> {});
            }
            throw failed;
        }
    }

    private record Ear(BlockingQueue<String> said, CompletableFuture<Void> told) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            if (NOTHING.contentEquals(text)) {
                told.complete(null); // from now on
            } else {
                said.add(text.toString());
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            said.add(END);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            said.add(END);
        }
    }

    /** Of the answer that opened it, or did not. */
    public int status() {
        return status;
    }

    public boolean isOpen() {
        return status == 200 || status == 101;
    }

    /** What comes next, after a while at the most. */
    public String next() throws InterruptedException {
        String next = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
