package io.mapae.example;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;

/** What is wrong with a request, or with us, in words for its sender. */
public record Problem(String problem) {
    static WebApplicationException of(Status status, String problem) {
        return new WebApplicationException(response(status, problem));
    }

    private static Response response(Status status, String problem) {
        ResponseBuilder response =
                Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(new Problem(problem));
        return (status == Status.SERVICE_UNAVAILABLE ? response.header(HttpHeaders.RETRY_AFTER, 1) : response).build();
    }

    /** Nobody can tell what is on the board while its database is out of reach. */
    public static final class OutOfReach implements ExceptionMapper<BoardOutOfReachException> {
        @Override
        public Response toResponse(BoardOutOfReachException failed) {
            System.getLogger("io.mapae.example").log(System.Logger.Level.WARNING, failed.getMessage());
            return response(Status.SERVICE_UNAVAILABLE, "the board does not answer");
        }
    }
}
