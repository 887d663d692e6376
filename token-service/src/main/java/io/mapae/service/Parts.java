package io.mapae.service;

import io.mapae.http.Gate;
import io.mapae.service.account.Accounts;
import io.mapae.service.key.SigningKeys;
import io.mapae.service.session.Sessions;
import io.mapae.service.throttle.Throttle;
import io.mapae.service.token.AccessTokens;
import java.time.InstantSource;

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
        InstantSource clock) {}
