package io.mapae.jaxrs;

import io.mapae.http.Demand;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where nothing is configured, keeps those methods out of service that want scopes: nobody else would ask for them. */
@Priority(Priorities.AUTHORIZATION)
final class Unconfigured implements ContainerRequestFilter {
    private final Map<Map.Entry<Class<?>, Method>, Boolean> known = new ConcurrentHashMap<>();

    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        if (resource != null && resource.getResourceMethod() != null && wantsScopes(resource)) {
            request.abortWith(Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .entity(new byte[0])
                    .build());
        }
    }

    private boolean wantsScopes(ResourceInfo called) {
        return known.computeIfAbsent(
                Map.entry(called.getResourceClass(), called.getResourceMethod()),
                method -> Annotations.demands(method.getKey(), method.getValue()).stream()
                        .map(Demand::kind)
                        .anyMatch(kind -> kind == Demand.Kind.SCOPE || kind == Demand.Kind.ANY_SCOPE));
    }
}
