package io.mapae.jaxrs;

import io.mapae.http.Answer.Reply;
import io.mapae.http.Demand;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
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
        if (resource == null) {
            refuse(request, desk.objection(request, List.of(Demand.DENY))); // nobody knows what is called
            return;
        }
        Class<?> type = resource.getResourceClass();
        Method method = resource.getResourceMethod();
        if (type == null || method == null) { // the implementation's own, such as an answer to OPTIONS
            refuse(request, desk.objection(request, List.of()));
            return;
        }
        refuse(request, desk.objection(request, demands.of(type, method)).or(() -> onTheWay(request, type)));
    }

    /** Those through whose locators the resource was found may demand more. */
    private Optional<Reply> onTheWay(ContainerRequestContext request, Class<?> type) {
        for (Object matched : request.getUriInfo().getMatchedResources()) {
            Class<?> way = matched instanceof Class<?> asCxfHasIt ? asCxfHasIt : matched.getClass();
            List<Demand> more = type.isAssignableFrom(way) ? List.of() : demands.ofLocators(way);
            if (!more.isEmpty()) {
                Optional<Reply> objection = desk.objection(request, more);
                if (objection.isPresent()) {
                    return objection;
                }
            }
        }
        return Optional.empty();
    }

    private static void refuse(ContainerRequestContext request, Optional<Reply> objection) {
        objection.ifPresent(reply -> request.abortWith(Responses.of(reply)));
    }
}
