package io.mapae.example;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes answers, each a JSON object. */
final class Answers {
    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {}

    /** The members are written before anything is sent, so that a failure among them is still a clean 500. */
    static void send(HttpServletResponse response, int status, Consumer<JsonGenerator> members) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.size());
        response.setHeader("Cache-Control", "no-store"); // it is for this caller only
        response.setHeader("X-Content-Type-Options", "nosniff");
        body.writeTo(response.getOutputStream());
    }

    /** A problem of the request, in words for its sender. */
    static void problem(HttpServletResponse response, int status, String problem) throws IOException {
        send(response, status, json -> json.writeStringProperty("problem", problem));
    }

    /** A member whose value is an array, sorted: sets have no order of their own. */
    static void strings(JsonGenerator json, String name, Collection<String> values) {
        json.writeArrayPropertyStart(name);
        values.stream().sorted().forEach(json::writeString);
        json.writeEndArray();
    }
}
