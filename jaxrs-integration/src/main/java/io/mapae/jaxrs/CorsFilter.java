package io.mapae.jaxrs;

import io.mapae.http.Answer.Field;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.List;

/** Puts on responses what the gate has said at the request. */
final class CorsFilter implements ContainerResponseFilter {
    static final String FIELDS = "io.mapae.jaxrs.fields";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(FIELDS) instanceof List<?> fields) {
            for (Object each : fields) {
                if (each instanceof Field field) {
                    response.getHeaders().add(field.name(), field.value());
                }
            }
        }
    }
}
