package io.mapae.example;

import io.mapae.example.BoardNews.Event;
import io.mapae.identity.Caller;
import jakarta.servlet.ServletContext;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What happens on the board, over a WebSocket, which like {@code EventSource} is opened with a ticket. Whoever
 * sends anything is dropped. Thread-safe.
 */
public final class BoardSocket extends Endpoint {
    private static final String PATH = "/api/board-socket";
    private static final String GUEST = Guest.class.getName();
    private static final int MAX_WAITING = 100;
    private static final long PATIENCE_MILLIS = 10_000;
    private static final String NOTHING = "{}";

    private final BoardNews news;

    private BoardSocket(BoardNews news) {
        this.news = news;
    }

    /**
     * Adds it to the application's server of WebSockets.
     *
     * @param container an object, as this class alone knows what an application may not have
     */
    static void open(Object container, ServletContext context, BoardNews news) {
        try {
            ((ServerContainer) container).addEndpoint(endpoint(context, news));
        } catch (DeploymentException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static ServerEndpointConfig endpoint(ServletContext context, BoardNews news) {
        return ServerEndpointConfig.Builder.create(BoardSocket.class, PATH)
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(new BoardSocket(news));
                    }

                    /** The last moment at which everywhere there is a request, and so a caller: Jetty's session has none. */
                    @Override
                    public void modifyHandshake(
                            ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
                        Guest.of(Caller.current(), context)
                                .ifPresent(guest -> config.getUserProperties().put(GUEST, guest));
                    }
                })
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        if (!(config.getUserProperties().remove(GUEST)
                instanceof Guest guest)) { // the server has let somebody in before the filter was asked
            close(session, CloseCodes.VIOLATED_POLICY);
            return;
        }
        Line line = new Line(session, guest);
        session.addMessageHandler(String.class, message -> line.end(CloseCodes.VIOLATED_POLICY));
        session.addMessageHandler(ByteBuffer.class, message -> line.end(CloseCodes.VIOLATED_POLICY));
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

    private static void close(Session session, CloseCodes code) {
        try {
            session.close(new CloseReason(code, ""));
        } catch (IOException | RuntimeException gone) {
            // that was the aim
        }
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
        private final Guest guest;
        private final Queue<String> waiting = new ArrayDeque<>();
        private boolean sending;
        private boolean ended;

        Line(Session session, Guest guest) {
            this.session = session;
            this.guest = guest;
            session.getAsyncRemote().setSendTimeout(PATIENCE_MILLIS);
        }

        @Override
        public void tell(Event event) {
            send(event.message());
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
                try {
                    session.getAsyncRemote().sendText(waiting.remove(), this::sent);
                } catch (RuntimeException gone) { // closed a moment ago
                    sending = false;
                    end();
                }
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
            close(session, code);
        }

        @Override
        public boolean isOver() {
            return guest.isOver();
        }

        @Override
        public String owner() {
            return guest.name();
        }
    }
}
