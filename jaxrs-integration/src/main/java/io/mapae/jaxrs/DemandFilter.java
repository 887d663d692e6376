package io.mapae.jaxrs;

import io.mapae.http.Demand;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.List;

/** Refuses those who may not call one method. */
@Priority(Priorities.AUTHORIZATION)
final class DemandFilter implements ContainerRequestFilter {
    private final Desk desk;
    private final List<Demand> demands;

    DemandFilter(Desk desk, List<Demand> demands) {
        this.desk = desk;
        this.demands = List.copyOf(demands);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        desk.objection(request, demands).ifPresent(reply -> request.abortWith(Responses.of(reply)));
    }
}
