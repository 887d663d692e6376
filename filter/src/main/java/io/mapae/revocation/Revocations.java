package io.mapae.revocation;

import io.mapae.jws.Claims;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What was revoked of tokens that are good otherwise. Safe for use by several threads. */
@FunctionalInterface
public interface Revocations {
    /** Nothing ever is. */
    Revocations NONE = (claims, now) -> Optional.empty();

    /**
     * By what a token with these claims was revoked; empty if it was not. Waits for nothing.
     *
     * @throws IOException if that is not known now; says nothing about the token
     */
    Optional<Revocation.Kind> of(Claims claims, Instant now) throws IOException;
}
