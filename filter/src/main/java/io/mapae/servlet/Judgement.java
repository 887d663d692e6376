package io.mapae.servlet;

import io.mapae.http.Answer;
import io.mapae.http.Gate;
import io.mapae.http.Passage;
import io.mapae.identity.Caller;
import io.mapae.verify.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a gate has said of a request, kept with the request: the container asks before any filter does, and more than once,
 * but a token is verified and a refusal logged once. For one thread at a time.
 */
public final class Judgement {
    private static final String ATTRIBUTE = Judgement.class.getName();

    private final Gate gate;
    private final List<String> target;
    private final Answer answer;

    private Judgement(Gate gate, List<String> target, Answer answer) {
        this.gate = gate;
        this.target = target;
        this.answer = answer;
    }

    /**
     * What was said already, else what {@code gate} says now. A request that a filter has wrapped is another one, and so is
     * one for another target: Undertow forwards the very same object.
     */
    public static Judgement of(HttpServletRequest request, Gate gate) {
        ServletView view = new ServletView(request);
        if (request instanceof HttpServletRequestWrapper) {
            return new Judgement(gate, List.of(), gate.admit(view));
        }
        List<String> target = List.of(view.method(), view.path(), view.rawTarget(), view.rawQuery());
        if (request.getAttribute(ATTRIBUTE) instanceof Judgement earlier
                && earlier.gate == gate
                && earlier.target.equals(target)) {
            return earlier;
        }
        Judgement judgement = new Judgement(gate, target, gate.admit(view));
        request.setAttribute(ATTRIBUTE, judgement);
        return judgement;
    }

    /** Whether there is anything to be said of a request that anybody may make: a credential, or what was said before. */
    public static boolean isNeeded(HttpServletRequest request, Gate gate) {
        return request.getAttribute(ATTRIBUTE) != null
                || request.getAttribute(Passage.ATTRIBUTE) != null
                || gate.hasCredential(new ServletView(request));
    }

    /** Whether it is the token service's affair, which asks nobody else who calls. */
    public static boolean isExempt(HttpServletRequest request, Gate gate) {
        return gate.isExempt(new ServletView(request));
    }

    Answer answer() {
        return answer;
    }

    /** Who calls; nobody where the request was refused, or has dropped its caller since. */
    public Optional<Caller> caller(HttpServletRequest request) {
        Optional<Passage> passage = Passage.of(request.getAttribute(Passage.ATTRIBUTE), gate);
        if (passage.isPresent()) {
            return passage.get().caller();
        }
        return answer instanceof Answer.Admit admitted ? admitted.caller() : Optional.empty();
    }

    /**
     * Refuses a request whose container demands a caller that it knows: as the gate did, or else for want of one; with a
     * length, as not every server ends such a response. One that has begun is left alone.
     *
     * @throws IOException if the client is gone
     */
    public void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Reason reason = caller(request).isPresent() ? Reason.UNKNOWN_TO_CONTAINER : Reason.NO_TOKEN;
        Answer.Reply reply =
                answer instanceof Answer.Reply given ? given : gate.refuse(new ServletView(request), reason);
        request.setAttribute(ATTRIBUTE, new Judgement(gate, target, reply)); // should the server go on to filters
        if (!response.isCommitted()) {
            Replies.send(reply, response);
            if (reply.body().isEmpty() && reply.status() != HttpServletResponse.SC_NO_CONTENT) {
                response.setContentLength(0);
            }
        }
    }
}
