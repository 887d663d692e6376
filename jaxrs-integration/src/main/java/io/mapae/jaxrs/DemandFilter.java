package io.mapae.jaxrs;

import io.mapae.http.Demand;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses those who may not call the method. One filter for all methods, and not one for each: CXF asks a
 * {@code DynamicFeature} about the methods of root resources alone, and those of sub-resources would stand open.
 */
@Priority(Priorities.AUTHORIZATION)
final class DemandFilter implements ContainerRequestFilter {
    private final Desk desk;
    private final Demands demands;

    @Context
    private @Nullable ResourceInfo resource;

    DemandFilter(Desk desk, Demands demands) {
        this.desk = desk;
        this.demands = demands;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        desk.objection(request, demanded()).ifPresent(reply -> request.abortWith(Responses.of(reply)));
    }

    /** Empty for methods that the implementation itself provides, such as an answer to {@code OPTIONS}. */
    private List<Demand> demanded() {
        if (resource == null) {
            return List.of(Demand.DENY); // nobody knows what is called
        }
        Class<?> type = resource.getResourceClass();
        Method method = resource.getResourceMethod();
        return type == null || method == null ? List.of() : demands.of(type, method);
    }
}
