package io.mapae.servlet;

import io.mapae.http.Gate;
import io.mapae.identity.Caller;
import jakarta.servlet.ServletRequest;
import java.util.Optional;

/**
 * That a request passed the gate, and with whom: kept with the request, as the dispatches after the first bring the
 * container's own request again, without our wrapper.
 */
final class Passage {
    private static final String ATTRIBUTE = Passage.class.getName();

    private final Gate gate;
    private volatile Optional<Caller> caller;

    private Passage(Gate gate, Optional<Caller> caller) {
        this.gate = gate;
        this.caller = caller;
    }

    static Passage begin(ServletRequest request, Gate gate, Optional<Caller> caller) {
        Passage passage = new Passage(gate, caller);
        request.setAttribute(ATTRIBUTE, passage);
        return passage;
    }

    /** The passage of an earlier dispatch through this gate: another application's is none of ours. */
    static Optional<Passage> through(Gate gate, ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Passage passage && passage.gate == gate
                ? Optional.of(passage)
                : Optional.empty();
    }

    Gate gate() {
        return gate;
    }

    Optional<Caller> caller() {
        return caller;
    }

    void drop() {
        caller = Optional.empty();
    }
}
