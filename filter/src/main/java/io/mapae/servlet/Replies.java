package io.mapae.servlet;

import io.mapae.http.Answer;
import io.mapae.http.Answer.Body;
import io.mapae.http.Answer.Field;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the gate's replies: never by {@code sendError}, which would run the application's error pages, and leaving the
 * headers alone that filters before ours put there.
 */
final class Replies {
    private Replies() {}

    /** @throws IllegalStateException if the response has begun already */
    static void send(Answer.Reply reply, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setStatus(reply.status());
        put(reply.fields(), response);
        if (reply.body().isPresent()) {
            Body body = reply.body().get();
            byte[] bytes = body.text().getBytes(StandardCharsets.UTF_8);
            response.setContentType(body.mediaType());
            response.setContentLength(bytes.length);
            write(body.text(), bytes, response);
        }
    }

    /** The application may have asked for the writer before it asked for a caller, and there is only one of the two. */
    private static void write(String text, byte[] bytes, HttpServletResponse response) throws IOException {
        try {
            response.getOutputStream().write(bytes);
        } catch (IllegalStateException writerInUse) {
            response.getWriter().write(text);
        }
    }

    static void put(List<Field> fields, HttpServletResponse response) {
        for (Field field : fields) {
            if (field.isList()) {
                response.addHeader(field.name(), field.value());
            } else {
                response.setHeader(field.name(), field.value());
            }
        }
    }
}
