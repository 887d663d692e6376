package io.mapae.jaxrs;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request to a resource, and the response it is aborted with; no implementation of JAX-RS is needed. */
final class FakeExchange {
    final Map<String, Object> properties = new HashMap<>();
    final MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
    final ContainerRequestContext context = Fake.of(ContainerRequestContext.class, this);

    @Nullable
    SecurityContext security;

    final List<Response> aborted = new ArrayList<>();
    private final String method;
    private final URI uri;

    FakeExchange(String method, String path) {
        this.method = method;
        this.uri = URI.create("http://localhost:8080" + path);
    }

    FakeExchange bearing(String token) {
        headers.add("Authorization", "Bearer " + token);
        return this;
    }

    /** Makes {@code Response.status} work, for as long as nobody else does. */
    static void makeResponses() {
        Supplier<Response.ResponseBuilder> fresh = () -> new Building().builder;
        RuntimeDelegate.setInstance(Fake.of(RuntimeDelegate.class, Map.of("createResponseBuilder", fresh)));
    }

    String getMethod() {
        return method;
    }

    UriInfo getUriInfo() {
        return Fake.of(UriInfo.class, Map.of("getRequestUri", uri, "getMatchedResources", List.of()));
    }

    MultivaluedMap<String, String> getHeaders() {
        return headers;
    }

    @Nullable
    SecurityContext getSecurityContext() {
        return security;
    }

    void setSecurityContext(SecurityContext context) {
        security = context;
    }

    @Nullable
    Object getProperty(String name) {
        return properties.get(name);
    }

    void setProperty(String name, Object value) {
        properties.put(name, value);
    }

    void abortWith(Response response) {
        aborted.add(response);
    }

    static final class Building {
        private final Response.ResponseBuilder builder = Fake.of(Response.ResponseBuilder.class, this);
        private final MultivaluedMap<String, Object> fields = new MultivaluedHashMap<>();
        private int status;
        private Object entity = "none";

        Response.ResponseBuilder status(int code) {
            status = code;
            return builder;
        }

        Response.ResponseBuilder header(String name, Object value) {
            fields.add(name, value);
            return builder;
        }

        Response.ResponseBuilder type(String type) {
            return header("Content-Type", type);
        }

        Response.ResponseBuilder entity(Object content) {
            entity = content;
            return builder;
        }

        Response build() {
            return Fake.of(Response.class, Map.of("getStatus", status, "getMetadata", fields, "getEntity", entity));
        }
    }
}
