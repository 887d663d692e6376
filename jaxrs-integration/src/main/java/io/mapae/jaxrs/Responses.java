package io.mapae.jaxrs;

import io.mapae.http.Answer;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** The gate's replies as responses. */
final class Responses {
    private Responses() {}

    /** Never without an entity: Jersey would let the container send its own error page. */
    static Response of(Answer.Reply reply) {
        Response.ResponseBuilder response = Response.status(reply.status());
        reply.fields().forEach(field -> response.header(field.name(), field.value()));
        reply.body().ifPresent(body -> response.type(body.mediaType()));
        return response.entity(reply.body()
                        .map(body -> body.text().getBytes(StandardCharsets.UTF_8))
                        .orElse(new byte[0]))
                .build();
    }
}
