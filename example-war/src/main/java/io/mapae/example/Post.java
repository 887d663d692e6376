package io.mapae.example;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/** What somebody wrote. */
@JsonbPropertyOrder({"id", "author", "text", "at"})
public record Post(long id, String author, String text, Instant at) {
    /** As the API has it. */
    JsonObject json() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("author", author)
                .add("text", text)
                .add("at", at.toString())
                .build();
    }
}
