package io.mapae.http;

import io.mapae.identity.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a request passed a gate, and with whom: kept with the request, as later dispatches bring the container's own request
 * again, without our wrapper, and as another adapter behind the first must not judge it once more. Safe for use by several
 * threads.
 */
public final class Passage {
    /** The request's attribute in which the latest is found. */
    public static final String ATTRIBUTE = Passage.class.getName();

    private final Gate gate;
    private final String method;
    private volatile Optional<Caller> caller;
    private volatile boolean challenging = true;

    /** A request of {@code method} has passed {@code gate} now. */
    public Passage(Gate gate, String method, Optional<Caller> caller) {
        this.gate = gate;
        this.method = method;
        this.caller = caller;
    }

    /** The attribute's value, if it is a passage through this gate: another application's is none of ours. */
    public static Optional<Passage> of(@Nullable Object attribute, Gate gate) {
        return attribute instanceof Passage passage && passage.gate == gate ? Optional.of(passage) : Optional.empty();
    }

    /** Through which gate. */
    public Gate gate() {
        return gate;
    }

    /** Whether what the gate judged is what {@code request} is still: a framework may have put another method in place. */
    public boolean covers(Request request) {
        return method.equals(request.method());
    }

    /** Who calls; empty where nobody did, or after {@link #drop}. */
    public Optional<Caller> caller() {
        return caller;
    }

    /** Whether a request for a caller, where there is none, is answered by the challenge. */
    public boolean isChallenging() {
        return challenging;
    }

    /** Has a request for a caller answered by the challenge, as at first, or by no more than that there is none. */
    public void challenge(boolean on) {
        challenging = on;
    }

    /** Forgets the caller, for the rest of the request. */
    public void drop() {
        caller = Optional.empty();
    }
}
