package io.mapae.example;

import java.time.Instant;

/** What somebody wrote. */
record Post(long id, String author, String text, Instant at) {}
