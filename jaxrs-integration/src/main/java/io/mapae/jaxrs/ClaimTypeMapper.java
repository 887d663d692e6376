package io.mapae.jaxrs;

import io.mapae.identity.ClaimTypeException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** A claim of another type than the resource asked for is a refusal, and no failure of the server. */
final class ClaimTypeMapper implements ExceptionMapper<ClaimTypeException> {
    private final Desk desk;

    ClaimTypeMapper(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Response toResponse(ClaimTypeException failure) {
        return Responses.of(desk.mapae().get().gate().objection(failure));
    }
}
