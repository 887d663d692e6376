package io.mapae.example;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/** What somebody wrote. */
@JsonbPropertyOrder({"id", "author", "text", "at"})
public record Post(long id, String author, String text, Instant at) {}
