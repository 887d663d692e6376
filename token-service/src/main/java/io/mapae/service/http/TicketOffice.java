package io.mapae.service.http;

import io.mapae.http.Ticket;
import io.mapae.http.Tickets;
import io.mapae.service.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tickets for {@code EventSource} and {@code WebSocket}: bought with an access token, taken by the application's own rules.
 *
 * @param tickets of the application's filter; empty where there is none
 */
record TicketOffice(Supplier<Optional<Tickets>> tickets, Callers callers, InstantSource clock) {
    /** {@code POST ticket}, for a path of this application. */
    Reply issue(Exchange exchange) throws StoreException, RefusedException {
        Callers.Known known = callers.of(exchange);
        String path = exchange.parameters().must("path");
        Tickets office = tickets.get().orElseThrow(() -> new RefusedException(Failure.INVALID_TARGET));
        try {
            Ticket ticket = office.issue(known.caller(), path);
            long seconds = Duration.between(clock.instant(), ticket.until()).toSeconds();
            return Reply.ok(Map.of("ticket", ticket.text(), "expires_in", Math.max(0, seconds)));
        } catch (IllegalArgumentException notHere) {
            throw new RefusedException(Failure.INVALID_TARGET);
        } catch (IOException outOfReach) {
            throw new StoreException("tickets cannot be kept now", outOfReach);
        }
    }
}
