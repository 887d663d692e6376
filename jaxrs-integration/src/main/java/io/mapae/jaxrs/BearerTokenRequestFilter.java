package io.mapae.jaxrs;

import io.mapae.http.Answer;
import io.mapae.http.Gate;
import io.mapae.http.Passage;
import io.mapae.identity.Caller;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands each request that matches a resource to the gate, once: one that the servlet filter has let through only gets its
 * caller. {@link MapaeFeature} registers it. Safe for use by several threads.
 */
@Priority(Priorities.AUTHENTICATION)
public final class BearerTokenRequestFilter implements ContainerRequestFilter {
    private final Desk desk;

    @Context
    private @Nullable SecurityContext security;

    BearerTokenRequestFilter(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Gate gate = desk.mapae().get().gate();
        RestView view = desk.view(request);
        Optional<Passage> earlier = desk.earlier(request);
        if (earlier.isPresent()) {
            proceed(earlier.get(), gate.objection(view, earlier.get()), request);
            return;
        }
        Answer answer = gate.admit(view);
        if (answer instanceof Answer.Reply reply) {
            request.abortWith(Responses.of(reply));
        } else if (answer instanceof Answer.Admit admitted) {
            Passage passage = new Passage(gate, view.method(), admitted.caller());
            request.setProperty(Passage.ATTRIBUTE, passage);
            proceed(passage, Optional.empty(), request);
        }
    }

    private static void proceed(Passage passage, Optional<Answer.Reply> objection, ContainerRequestContext request) {
        objection.ifPresentOrElse(
                reply -> request.abortWith(Responses.of(reply)),
                () -> passage.caller().ifPresent(caller -> present(caller, request)));
    }

    private static void present(Caller caller, ContainerRequestContext request) {
        boolean secure = request.getSecurityContext() != null
                && request.getSecurityContext().isSecure();
        request.setSecurityContext(new CallerContext(caller, secure));
    }

    /** The framework's stand-in for the security context knows the request of the thread that asks, or fails. */
    Optional<Caller> current() {
        try {
            return Optional.ofNullable(security).flatMap(context -> Caller.of(context.getUserPrincipal()));
        } catch (RuntimeException noRequest) {
            return Optional.empty();
        }
    }
}
