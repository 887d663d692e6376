package io.mapae.jaxrs;

import io.mapae.identity.ClaimTypeException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;

/** A claim of another type than the resource asked for is a refusal, and no failure of the server. */
final class ClaimTypeMapper implements ExceptionMapper<ClaimTypeException> {
    private final Desk desk;

    @Context
    private @Nullable Request request;

    @Context
    private @Nullable UriInfo uri;

    @Context
    private @Nullable HttpHeaders headers;

    @Context
    private @Nullable SecurityContext security;

    ClaimTypeMapper(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Response toResponse(ClaimTypeException failure) {
        if (request == null || uri == null || headers == null) {
            throw new IllegalStateException("nothing was injected");
        }
        RestView view = new RestView(
                request.getMethod(), uri.getRequestUri(), headers.getRequestHeaders(), security, desk.contextPath());
        return Responses.of(desk.mapae().get().gate().objection(view, failure));
    }
}
