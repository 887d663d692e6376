package io.mapae.service.http;

import io.mapae.Mapae;
import io.mapae.http.Ticket;
import io.mapae.http.Tickets;
import io.mapae.http.TooManyTicketsException;
import io.mapae.identity.Caller;
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
 * @param application the filter's, by whose settings a ticket is worth what its token is; empty where there is none
 */
record TicketOffice(Supplier<Optional<Mapae>> application, Callers callers, InstantSource clock) {
    /** {@code POST ticket}, for a path of this application. */
    Reply issue(Exchange exchange) throws StoreException, RefusedException {
        var unused = callers.of(exchange);
        Mapae mapae = application.get().orElseThrow(() -> new RefusedException(Failure.INVALID_TARGET));
        Caller caller = Callers.caller(mapae.gate(), exchange);
        String path = exchange.parameters().must("path");
        try {
            Ticket ticket = mapae.tickets().issue(caller, path);
            long seconds = Duration.between(clock.instant(), ticket.until()).toSeconds();
            return Reply.ok(Map.of("ticket", ticket.text(), "expires_in", Math.max(0, seconds)));
        } catch (IllegalArgumentException notHere) {
            throw new RefusedException(Failure.INVALID_TARGET);
        } catch (TooManyTicketsException tooMany) {
            throw new RefusedException(
                    Failure.SLOW_DOWN.reply().with("Retry-After", String.valueOf(Tickets.LIFETIME.toSeconds())));
        } catch (IOException outOfReach) {
            throw new StoreException("tickets cannot be kept now", outOfReach);
        }
    }
}
