package io.mapae.testkit;

import io.mapae.testkit.JwksServer.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thing that the server publishes: what it is, how it behaves and who has asked for it. */
final class Endpoint {
    private static final Set<Behaviour> WITHOUT_END = Set.of(
            Behaviour.HANG, Behaviour.HANG_AFTER_HEADERS, Behaviour.SLOW_DRIP, Behaviour.HUGE, Behaviour.HUGE_CHUNKED);

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<Socket> withoutEnd = new HashSet<>();
    private Behaviour behaviour = Behaviour.GOOD;
    private String good = "";
    private Supplier<String> malformed = () -> "";
    private Request last = Request.NONE;
    private int requests;

    synchronized void offer(String good, Supplier<String> malformed) {
        this.good = good;
        this.malformed = malformed;
    }

    synchronized void offer(String good) {
        this.good = good;
    }

    synchronized void header(String name, @Nullable String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
    }

    synchronized void behave(Behaviour behaviour) {
        if (this.behaviour == behaviour) {
            return;
        }
        this.behaviour = behaviour;
        try {
            for (Socket socket : withoutEnd) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts a request and says how to answer it, in one step: a change of behaviour misses no answer without end. */
    synchronized Script asked(Request request, Socket socket) {
        requests++;
        last = request;
        if (WITHOUT_END.contains(behaviour)) {
            withoutEnd.add(socket);
        }
        return new Script(behaviour, good, malformed, headers);
    }

    synchronized void answered(Socket socket) {
        withoutEnd.remove(socket);
    }

    /** Counts a request at a place where it is not. */
    synchronized void missed() {
        requests++;
    }

    synchronized Script goodScript() {
        return new Script(Behaviour.GOOD, good, malformed, headers);
    }

    synchronized int requests() {
        return requests;
    }

    synchronized Request last() {
        return last;
    }
}
