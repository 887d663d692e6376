package io.mapae.servlet;

import io.mapae.http.Answer;
import io.mapae.http.Answer.Body;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the gate's replies. Never by {@code sendError}, which would run the application's error pages, and without
 * {@code reset}, which would take the headers of a CORS filter before ours away.
 */
final class Replies {
    private Replies() {}

    /** @throws IllegalStateException if the response has begun already */
    static void send(Answer.Reply reply, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            throw new IllegalStateException("the response has begun already");
        }
        response.setStatus(reply.status());
        put(reply.fields(), response);
        if (reply.body().isPresent()) {
            Body body = reply.body().get();
            byte[] bytes = body.text().getBytes(StandardCharsets.UTF_8);
            response.setContentType(body.mediaType());
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        }
    }

    static void put(List<Answer.Field> fields, HttpServletResponse response) {
        fields.forEach(field -> response.addHeader(field.name(), field.value()));
    }
}
