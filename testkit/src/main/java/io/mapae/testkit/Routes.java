package io.mapae.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Which path of the server leads to what. */
final class Routes implements Listener.Conversation {
    /** Where redirects lead: this before the path that was asked for. */
    static final String MOVED = "/moved";

    private final Endpoint set = new Endpoint();
    private final Endpoint discovery = new Endpoint();
    private final AtomicInteger followed = new AtomicInteger();
    private final String setPath;
    private final String openIdPath;
    private final String oauthPath;
    private volatile boolean oauthOnly;

    /** {@code path} is that of the issuer. */
    Routes(String path) {
        this.setPath = path + "/jwks.json";
        this.openIdPath = path + "/.well-known/openid-configuration";
        this.oauthPath = "/.well-known/oauth-authorization-server" + path;
    }

    Endpoint set() {
        return set;
    }

    Endpoint discovery() {
        return discovery;
    }

    String setPath() {
        return setPath;
    }

    String openIdPath() {
        return openIdPath;
    }

    int redirectsFollowed() {
        return followed.get();
    }

    void oauthOnly() {
        oauthOnly = true;
    }

    @Override
    public void with(Socket socket) throws IOException {
        Optional<Request> request = Request.read(new BufferedInputStream(socket.getInputStream()));
        if (request.isPresent()) {
            answer(request.get(), socket);
        }
    }

    private void answer(Request request, Socket socket) throws IOException {
        String path = request.path();
        Optional<Endpoint> endpoint = at(path);
        if (endpoint.isPresent()) {
            answer(endpoint.get(), request, socket);
            return;
        }
        if (path.equals(openIdPath) || path.equals(oauthPath)) {
            discovery.missed();
        }
        Optional<Endpoint> moved = path.startsWith(MOVED) ? at(path.substring(MOVED.length())) : Optional.empty();
        moved.ifPresent(any -> followed.incrementAndGet());
        new Answer(socket, path, moved.map(Endpoint::goodScript).orElse(Script.NOT_FOUND)).send();
    }

    private static void answer(Endpoint endpoint, Request request, Socket socket) throws IOException {
        Script script = endpoint.asked(request, socket);
        try {
            new Answer(socket, request.path(), script).send();
        } finally {
            endpoint.answered(socket);
        }
    }

    private Optional<Endpoint> at(String path) {
        if (path.equals(setPath)) {
            return Optional.of(set);
        }
        return path.equals(oauthOnly ? oauthPath : openIdPath) ? Optional.of(discovery) : Optional.empty();
    }
}
