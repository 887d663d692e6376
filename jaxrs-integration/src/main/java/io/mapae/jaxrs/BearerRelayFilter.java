package io.mapae.jaxrs;

import io.mapae.identity.Caller;
import io.mapae.relay.BearerRelay;
import jakarta.annotation.Priority;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/**
 * Sends the caller's token along with requests of a JAX-RS client, to the services of a {@link BearerRelay} and to no
 * others; a request that has an {@code Authorization} of its own keeps it. The caller is that of the thread that sends:
 * for {@code async()} and {@code rx()}, which send on another one, set the property {@link #CALLER}. Immutable.
 *
 * <p>The client must follow no redirects, as it would take the token along: RESTEasy's does not unless told to, and
 * Jersey's is told not to by this filter.
 */
@Priority(Integer.MAX_VALUE) // after whoever may still send the request elsewhere
public final class BearerRelayFilter implements ClientRequestFilter {
    /** The request's property that holds the {@link Caller} in whose name it is sent. */
    public static final String CALLER = "io.mapae.caller";

    private static final String JERSEY_FOLLOWS_REDIRECTS = "jersey.config.client.followRedirects";

    private final BearerRelay relay;

    /** A filter that relays as {@code relay} says. */
    public BearerRelayFilter(BearerRelay relay) {
        this.relay = relay;
    }

    @Override
    public void filter(ClientRequestContext request) {
        if (request.getHeaders().containsKey(HttpHeaders.AUTHORIZATION)) {
            return;
        }
        Optional<Caller> caller =
                request.getProperty(CALLER) instanceof Caller named ? Optional.of(named) : Caller.current();
        relay.authorization(request.getUri(), caller).ifPresent(value -> {
            request.setProperty(JERSEY_FOLLOWS_REDIRECTS, false);
            request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, value);
        });
    }
}
