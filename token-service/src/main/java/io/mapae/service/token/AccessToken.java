package io.mapae.service.token;

import java.time.Instant;

/**
 * An access token that was issued. Immutable.
 *
 * @param text what the client sends; never shown
 * @param expires its {@code exp}
 * @param id its {@code jti}
 * @param lifetimeSeconds what is left of it, in whole seconds, from the time it was issued at: {@code expires_in}
 */
public record AccessToken(String text, Instant expires, String id, long lifetimeSeconds) {
    /** Nothing of it but that it is one. */
    @Override
    public String toString() {
        return "AccessToken";
    }
}
