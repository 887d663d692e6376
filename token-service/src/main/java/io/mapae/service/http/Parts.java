package io.mapae.service.http;

import io.mapae.http.Gate;
import io.mapae.http.Tickets;
import io.mapae.service.account.Accounts;
import io.mapae.service.key.SigningKeys;
import io.mapae.service.session.Sessions;
import io.mapae.service.throttle.Throttle;
import io.mapae.service.token.AccessTokens;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What endpoints work with.
 *
 * @param gate admits the bearers of the service's own access tokens, and nobody else
 */
public record Parts(
        Options options,
        Accounts accounts,
        Throttle throttle,
        Sessions sessions,
        AccessTokens tokens,
        SigningKeys keys,
        Gate gate,
        InstantSource clock) {
    /** @param tickets of the application's filter, once it has started */
    Endpoints endpoints(Supplier<Optional<Tickets>> tickets) {
        RefreshCookie cookie = new RefreshCookie(options.cookieName(), options.cookiePath());
        Callers callers = new Callers(gate, sessions);
        Tokens answers = new Tokens(tokens, cookie, clock);
        return new Endpoints(
                new Login(
                        accounts,
                        throttle,
                        sessions,
                        callers,
                        answers,
                        new Addresses(options.proxies()),
                        options.audiences(),
                        clock),
                new Renewal(sessions, callers, answers, cookie, clock),
                new TicketOffice(tickets, callers, clock),
                new Administration(sessions, callers, options.clientId(), options.clients()),
                new Metadata(options.issuer(), keys),
                new Sites(options.origins()));
    }
}
