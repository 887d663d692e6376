package io.mapae.containers.matrix;

import io.mapae.containers.matrix.Trial.Credentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** WebSocket connections; the endpoint says at once whom it talks to. */
final class WebSockets {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private WebSockets() {}

    static Findings handshake(Trial trial) throws Exception {
        return new Findings()
                .expect("good token", 101, open(trial, Credentials.GOOD).status())
                .expect("bad token", 401, open(trial, Credentials.BAD).status())
                .expect("no token", 101, open(trial, Credentials.NONE).status());
    }

    static Findings principal(Trial trial) throws Exception {
        Reply none = open(trial, Credentials.NONE);
        return Requests.seesAlice(new Findings(), open(trial, Credentials.GOOD))
                .expect("no token", "none", none.seen("principal"));
    }

    private static Reply open(Trial trial, Credentials credentials) throws Exception {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
        credentials.headers.forEach(builder::header);
        FirstMessage message = new FirstMessage();
        URI uri = URI.create("ws://127.0.0.1:" + trial.server().port() + "/plain/socket");
        try {
            WebSocket socket = builder.buildAsync(uri, message).join();
            String said = message.text.get(10, TimeUnit.SECONDS);
            socket.abort();
            return new Reply(101, Map.of(), said);
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof WebSocketHandshakeException refused) {
                return new Reply(refused.getResponse().statusCode(), Map.of(), "");
            }
            throw failure;
        }
    }

    private static final class FirstMessage implements WebSocket.Listener {
        private final CompletableFuture<String> text = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.complete(data.toString());
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            text.completeExceptionally(new IllegalStateException("closed: " + code + " " + reason));
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            text.completeExceptionally(failure);
        }
    }
}
