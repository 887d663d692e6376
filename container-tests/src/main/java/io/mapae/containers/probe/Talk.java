package io.mapae.containers.probe;

import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** Says at once whom it talks to. */
@ServerEndpoint("/socket")
public final class Talk {
    @OnOpen
    public void open(Session session) throws IOException {
        session.getBasicRemote().sendText(Seen.principal(session.getUserPrincipal()));
    }
}
