package io.mapae.example;

import io.mapae.example.BoardNews.Event;
import io.mapae.identity.Caller;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What happens on the board, over a WebSocket, which like {@code EventSource} is opened with a ticket. What clients send is
 * not read. Thread-safe.
 */
public final class BoardSocket extends Endpoint {
    private static final String PATH = "/api/board-socket";
    private static final String UNTIL = BoardSocket.class.getName() + ".until";
    private static final int MAX_WAITING = 100;
    private static final int MAX_MESSAGE = 125;
    private static final long PATIENCE_MILLIS = 10_000;
    private static final String NOTHING = "{}";

    private final BoardNews news;

    private BoardSocket(BoardNews news) {
        this.news = news;
    }

    static ServerEndpointConfig endpoint(BoardNews news) {
        return ServerEndpointConfig.Builder.create(BoardSocket.class, PATH)
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(new BoardSocket(news));
                    }

                    /** The last moment at which there is a request, and so a caller. */
                    @Override
                    public void modifyHandshake(
                            ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
                        Caller caller = Caller.of(request.getUserPrincipal())
                                .or(Caller::current)
                                .orElseThrow();
                        config.getUserProperties().put(UNTIL, caller.expiresAt());
                    }
                })
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        Object until = config.getUserProperties().get(UNTIL);
        Line line = new Line(session, until instanceof Instant known ? known : Instant.MIN);
        session.setMaxTextMessageBufferSize(MAX_MESSAGE);
        session.setMaxBinaryMessageBufferSize(MAX_MESSAGE);
        session.getUserProperties().put(Line.class.getName(), line);
        if (!news.listen(line)) {
            line.end(CloseCodes.TRY_AGAIN_LATER);
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        leave(session);
    }

    @Override
    public void onError(Session session, Throwable failure) {
        leave(session);
    }

    private void leave(Session session) {
        if (session.getUserProperties().get(Line.class.getName()) instanceof Line line) {
            news.leave(line);
        }
    }

    /**
     * To one client: one message at a time, as servers demand. Nothing but sending without waiting is done while one is on its
     * way, as a client that does not read would have the board's thread wait; the server gives that one up in time.
     */
    private final class Line implements BoardNews.Listener {
        private final Session session;
        private final Instant until;
        private final Queue<String> waiting = new ArrayDeque<>();
        private boolean sending;
        private boolean ended;

        Line(Session session, Instant until) {
            this.session = session;
            this.until = until;
            session.getAsyncRemote().setSendTimeout(PATIENCE_MILLIS);
        }

        @Override
        public void tell(Event event) {
            send(event.message().toString());
        }

        @Override
        public void beat() {
            send(NOTHING);
        }

        private synchronized void send(String message) {
            if (waiting.size() == MAX_WAITING) {
                end();
            } else {
                waiting.add(message);
            }
            if (!sending) {
                sendNext();
            }
        }

        private void sendNext() {
            sending = !ended && !waiting.isEmpty();
            if (sending) {
                session.getAsyncRemote().sendText(waiting.remove(), this::sent);
            }
        }

        private synchronized void sent(SendResult result) {
            sending = false;
            if (ended || !result.isOK()) {
                end();
            } else {
                sendNext();
            }
        }

        @Override
        public void end() {
            end(CloseCodes.GOING_AWAY);
        }

        synchronized void end(CloseCodes code) {
            ended = true;
            news.leave(this);
            if (sending) {
                return; // when that is sent
            }
            try {
                session.close(new CloseReason(code, ""));
            } catch (IOException | RuntimeException gone) {
                // that was the aim
            }
        }

        @Override
        public Instant until() {
            return until;
        }
    }
}
