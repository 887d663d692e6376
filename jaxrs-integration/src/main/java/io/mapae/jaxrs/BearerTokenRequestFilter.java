package io.mapae.jaxrs;

import io.mapae.http.Answer;
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
        Optional<Passage> earlier = desk.earlier(request);
        if (earlier.isPresent()) {
            earlier.get().caller().ifPresent(caller -> present(caller, request));
            return;
        }
        Answer answer = desk.mapae().get().gate().admit(desk.view(request));
        if (answer instanceof Answer.Reply reply) {
            request.abortWith(Responses.of(reply));
        } else if (answer instanceof Answer.Admit admitted) {
            request.setProperty(
                    Passage.ATTRIBUTE, new Passage(desk.mapae().get().gate(), admitted.caller()));
            request.setProperty(CorsFilter.FIELDS, admitted.fields());
            admitted.caller().ifPresent(caller -> present(caller, request));
        }
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
