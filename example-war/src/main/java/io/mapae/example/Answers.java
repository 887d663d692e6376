package io.mapae.example;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What servlets here answer: JSON, for its caller only. */
final class Answers {
    private Answers() {}

    static void send(JsonObject answer, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try (JsonWriter json = Json.createWriter(response.getOutputStream())) {
            json.writeObject(answer);
        }
    }
}
