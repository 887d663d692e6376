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
    private final Gate gate;
    private volatile Optional<Caller> caller;

    private Passage(Gate gate, Optional<Caller> caller) {
        this.gate = gate;
        this.caller = caller;
    }

    /** The name of the attribute for one filter: another filter's passage, even of the same request, is not its own. */
    static String attribute(String filter) {
        return Passage.class.getName() + "." + filter;
    }

    static Passage begin(ServletRequest request, String attribute, Gate gate, Optional<Caller> caller) {
        Passage passage = new Passage(gate, caller);
        request.setAttribute(attribute, passage);
        return passage;
    }

    /** The passage of an earlier dispatch through this gate: another application's is none of ours. */
    static Optional<Passage> of(ServletRequest request, String attribute, Gate gate) {
        return request.getAttribute(attribute) instanceof Passage passage && passage.gate == gate
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
