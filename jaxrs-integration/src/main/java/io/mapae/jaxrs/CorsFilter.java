package io.mapae.jaxrs;

import io.mapae.http.Answer.Field;
import io.mapae.http.Answer.Reply;
import io.mapae.http.Gate;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;

/**
 * Answers preflights before a resource is looked for, as hardly any has a method for them, and puts on all other responses
 * what the gate says, also where there is no resource.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class CorsFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String FIELDS = "io.mapae.jaxrs.fields";

    private final Desk desk;

    CorsFilter(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (desk.earlier(request).isPresent()) {
            return;
        }
        Gate gate = desk.mapae().get().gate();
        RestView view = desk.view(request);
        Optional<Reply> preflight = gate.preflight(view);
        preflight.ifPresent(reply -> request.abortWith(Responses.of(reply)));
        if (preflight.isEmpty()) {
            request.setProperty(FIELDS, gate.crossOrigin(view));
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(FIELDS) instanceof List<?> fields) {
            for (Object each : fields) {
                if (each instanceof Field field) {
                    put(field, response.getHeaders());
                }
            }
        }
    }

    private static void put(Field field, MultivaluedMap<String, Object> headers) {
        if (!field.isList()) {
            headers.putSingle(field.name(), field.value());
        } else if (!headers.getOrDefault(field.name(), List.of()).contains(field.value())) { // a refusal has it already
            headers.add(field.name(), field.value());
        }
    }
}
