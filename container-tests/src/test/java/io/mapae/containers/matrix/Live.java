package io.mapae.containers.matrix;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A connection to the example's board.
 *
 * @param first what it is told first
 */
record Live(int status, CompletableFuture<String> first, Runnable end) implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final int PATIENCE_SECONDS = 20;

    enum Kind {
        EVENTS("/api/board-events") {
            @Override
            Live open(String address) throws Exception {
                URI uri = URI.create("http://" + address);
                HttpResponse<Stream<String>> answer =
                        CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines());
                return new Live(
                        answer.statusCode(),
                        CompletableFuture.supplyAsync(() -> data(answer.body())),
                        answer.body()::close);
            }
        },
        SOCKET("/api/board-socket") {
            @Override
            Live open(String address) {
                Ear ear = new Ear(new CompletableFuture<>(), new CompletableFuture<>());
                try {
                    WebSocket socket = CLIENT.newWebSocketBuilder()
                            .buildAsync(URI.create("ws://" + address), ear)
                            .join();
                    ear.told.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
                    return new Live(101, ear.first, socket::abort);
                } catch (CompletionException failure) {
                    if (failure.getCause() instanceof WebSocketHandshakeException refused) {
                        return new Live(refused.getResponse().statusCode(), ear.first, () -> {});
                    }
                    throw failure;
                }
            }
        };

        final String path;

        Kind(String path) {
            this.path = path;
        }

        abstract Live open(String address) throws Exception;

        private static String data(Stream<String> lines) {
            return lines.filter(line -> line.startsWith("data:")).findFirst().orElse("nothing");
        }
    }

    private record Ear(CompletableFuture<Void> told, CompletableFuture<String> first) implements WebSocket.Listener {
        private static final String NOTHING = "{}"; // when it is told from then on, and to show that it is alive

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            if (text.toString().equals(NOTHING)) {
                told.complete(null);
            } else {
                first.complete(text.toString());
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }
    }

    boolean isOpen() {
        return status == 200 || status == 101;
    }

    @Override
    public void close() {
        end.run();
    }
}
