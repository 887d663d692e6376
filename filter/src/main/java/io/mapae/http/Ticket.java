package io.mapae.http;

import java.time.Instant;

/**
 * A ticket, for whom it is issued to: its text opens one path once.
 *
 * @param text for the query parameter {@code ticket}
 * @param until when it ends, not included
 */
public record Ticket(String text, Instant until) {
    /** Without the text. */
    @Override
    public String toString() {
        return "Ticket[" + until + "]";
    }
}
