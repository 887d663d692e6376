package io.mapae.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider on 127.0.0.1 that publishes its keys and a discovery document, and misbehaves when told to.
 *
 * <p>It speaks plain HTTP/1.1, one request a connection, and looks at the path of a request only; what it does not
 * have answers 404. What is changed holds for requests that arrive afterwards, and a counter has counted a request
 * before the first byte of its answer is sent. Thread-safe; its own threads are daemons and end with
 * {@link #close()}.
 */
public final class JwksServer implements AutoCloseable {
    private final Routes routes;
    private final int port;
    private final String path;
    /** A {@link Listener}, or while down the reservation of its port. */
    private Closeable holder;

    private boolean closed;

    private JwksServer(String path, TestKey... keys) throws IOException {
        this.path = path;
        this.routes = new Routes(path);
        publish(keys);
        Listener listener = Listener.on(0, routes);
        this.holder = listener;
        this.port = listener.port();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer());
        document.put("jwks_uri", jwksUri().toString());
        discovery(Json.of(document));
        listener.open();
    }

    /** Starts at a free port with these keys, behaving well; an HMAC secret throws {@link IllegalStateException}. */
    public static JwksServer start(TestKey... keys) {
        return start("", keys);
    }

    /**
     * The same with a path in its issuer, such as {@code /realms/demo}; one that is not empty and does not start with
     * a slash, ends with one or does not fit into a URI throws {@link IllegalArgumentException}.
     */
    public static JwksServer start(String path, TestKey... keys) {
        if (path.endsWith("/")
                || !URI.create("http://127.0.0.1" + path).getRawPath().equals(path)) {
            throw new IllegalArgumentException("an issuer's path starts with a slash and ends without one: " + path);
        }
        try {
            return new JwksServer(path, keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code http://127.0.0.1:}, the port and the path, without a slash at the end. */
    public String issuer() {
        return origin() + path;
    }

    /** The issuer and {@code /jwks.json}. */
    public URI jwksUri() {
        return URI.create(origin() + routes.setPath());
    }

    /** The issuer and {@code /.well-known/openid-configuration}. */
    public URI discoveryUri() {
        return URI.create(origin() + routes.openIdPath());
    }

    /** Publishes the public halves of these keys and no others; an HMAC secret throws {@link IllegalStateException}. */
    public void publish(TestKey... keys) {
        TestKey[] own = keys.clone();
        routes.set().offer(TestKey.jwks(own), () -> MalformedEntries.among(own));
    }

    /** Publishes this text, even if it is no JSON; {@link Behaviour#MALFORMED_ENTRY} keeps to the keys before. */
    public void publish(String text) {
        routes.set().offer(text);
    }

    /** Publishes this discovery document, even if it is no JSON; the first one has {@code issuer} and {@code jwks_uri}. */
    public void discovery(String text) {
        routes.discovery().offer(text, () -> "{\"issuer\":42,\"jwks_uri\":[]}");
    }

    /**
     * Moves the discovery document to where RFC 8414 §3.1 has it, {@code /.well-known/oauth-authorization-server}
     * before the path of the issuer, and answers 404 at {@link #discoveryUri()}.
     */
    public void oauthMetadataOnly() {
        routes.oauthOnly();
    }

    /**
     * Adds a response header to the JWK set, whatever its behaviour, in place of one of that name; null takes it back.
     * Nothing is checked.
     */
    public void header(String name, @Nullable String value) {
        routes.set().header(name, value);
    }

    /**
     * Changes how the JWK set is answered; a change cuts the answers without an end ({@code HANG},
     * {@code HANG_AFTER_HEADERS}, {@code SLOW_DRIP}, {@code HUGE}, {@code HUGE_CHUNKED}) that are under way.
     */
    public void behave(Behaviour behaviour) {
        routes.set().behave(behaviour);
    }

    /** The same for the discovery document, in the one place that has it; the other place answers 404 as before. */
    public void behaveAtDiscovery(Behaviour behaviour) {
        routes.discovery().behave(behaviour);
    }

    /** Requests for the JWK set so far, with those that hang; not those that followed a redirect to another path. */
    public int fetches() {
        return routes.set().requests();
    }

    /** Requests for a discovery document so far, in both places, also while they answer 404. */
    public int discoveries() {
        return routes.discovery().requests();
    }

    /** Requests so far that followed a redirect of this server to another path of it. */
    public int redirectsFollowed() {
        return routes.redirectsFollowed();
    }

    /** The headers of the last request for the JWK set, names in lower case; empty before the first one. */
    public Map<String, List<String>> lastHeaders() {
        return routes.set().last().headers();
    }

    /** The protocol of the last request for the JWK set, such as {@code HTTP/1.1}; empty before the first one. */
    public String lastProtocol() {
        return routes.set().last().protocol();
    }

    /** Cuts all connections and refuses new ones, until {@link #up()}; keeps the port and the counters. */
    public synchronized void down() {
        if (!closed && holder instanceof Listener listener) {
            try {
                listener.close();
                holder = Listener.reserve(port);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Listens again at the same port, as it does at first; once closed, throws {@link IllegalStateException}. */
    public synchronized void up() {
        if (closed) {
            throw new IllegalStateException("the server is closed");
        }
        if (!(holder instanceof Listener)) {
            try {
                holder.close();
                Listener listener = Listener.on(port, routes);
                holder = listener;
                listener.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Cuts all connections, refuses new ones and gives the port back; a second time does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names the issuer. */
    @Override
    public String toString() {
        return "JwksServer[" + issuer() + "]";
    }

    private String origin() {
        return "http://127.0.0.1:" + port;
    }

    /** How many connections are open, which tells a test that an answer without an end has ended. */
    synchronized int connections() {
        return holder instanceof Listener listener ? listener.connections() : 0;
    }

    /**
     * How one address answers.
     *
     * <p>The good body is the JWK set or, at discovery, the document. Bodies are served as {@code application/json}
     * and sent with their length unless said otherwise.
     */
    public enum Behaviour {
        /** 200 with the good body. */
        GOOD,
        /** Reads the request and sends nothing, until the behaviour changes; then the connection is cut. */
        HANG,
        /** 200 and the headers of the good body, but nothing of it until the behaviour changes; then a cut. */
        HANG_AFTER_HEADERS,
        /** 200 and the headers at once, then the good body, one byte every 100 ms. */
        SLOW_DRIP,
        /** 500 with the good body, so that the status alone tells. */
        STATUS_500,
        /** 503 with the good body, so that the status alone tells; no {@code Retry-After}. */
        STATUS_503,
        /** 429 with the good body, so that the status alone tells; no {@code Retry-After}. */
        STATUS_429,
        /** 404 with the good body, so that the status alone tells. */
        STATUS_404,
        /** 200 with a login page of type {@code text/html}. */
        HTML,
        /** 200 with <code>{"keys":[]}</code>. */
        EMPTY_SET,
        /** 200 with <code>{}</code>. */
        NO_SET,
        /** 200 with the whole good body, closed before the greater {@code Content-Length} is reached. */
        TRUNCATED,
        /** 200 with the first half of the good body, of the right length, so that the JSON alone tells. */
        CUT_JSON,
        /** 200 with 500 MB of declared length: spaces, the good body at the end, so that the size alone tells. */
        HUGE,
        /** The same in chunks, without a declared length. */
        HUGE_CHUNKED,
        /** 200 with the good body compressed ({@code Content-Encoding: gzip}), whether the client accepts it or not. */
        GZIP,
        /** 302 to another path of this server, by the same host name, where the good body is. */
        REDIRECT_SAME_ORIGIN,
        /** 302 to that path by the name {@code localhost}, which is another origin; the good body is there too. */
        REDIRECT_AWAY,
        /** 302 to the very address that was asked for. */
        REDIRECT_LOOP,
        /**
         * 200 with the good set and, before, between and after its keys, entries that are no key to verify with: no
         * object, an unknown {@code kty}, an unknown {@code crv}, no {@code kty}, RSA without {@code n}, a number as
         * {@code kid}, {@code use} of {@code enc}. At discovery a document whose members have the wrong types.
         */
        MALFORMED_ENTRY,
        /** A few bytes that are no HTTP. */
        GARBAGE
    }
}
