package io.mapae.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** Answers preflights before a resource is looked for: hardly any resource has a method for them. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class PreflightFilter implements ContainerRequestFilter {
    private final Desk desk;

    PreflightFilter(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals("OPTIONS") && desk.earlier(request).isEmpty()) {
            desk.mapae()
                    .get()
                    .gate()
                    .preflight(desk.view(request))
                    .ifPresent(reply -> request.abortWith(Responses.of(reply)));
        }
    }
}
