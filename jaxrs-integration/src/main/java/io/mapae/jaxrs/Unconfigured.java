package io.mapae.jaxrs;

import io.mapae.http.Demand;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Where nothing is configured, keeps those methods out of service that want scopes: nobody else would ask for them. */
@Priority(Priorities.AUTHORIZATION)
final class Unconfigured implements ContainerRequestFilter {
    private final Demands demands = new Demands();

    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        boolean wantsScopes = resource != null
                && resource.getResourceMethod() != null
                && demands.of(resource.getResourceClass(), resource.getResourceMethod()).stream()
                        .map(Demand::kind)
                        .anyMatch(kind -> kind == Demand.Kind.SCOPE || kind == Demand.Kind.ANY_SCOPE);
        if (wantsScopes) {
            request.abortWith(Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .entity(new byte[0])
                    .build());
        }
    }
}
