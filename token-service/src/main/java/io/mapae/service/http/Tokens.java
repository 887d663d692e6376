package io.mapae.service.http;

import io.mapae.service.StoreException;
import io.mapae.service.session.Refresh.Renewed;
import io.mapae.service.session.Session;
import io.mapae.service.session.Session.Transport;
import io.mapae.service.token.AccessToken;
import io.mapae.service.token.AccessTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The answer to a login and to a refresh (RFC 6749 §5.1). */
record Tokens(AccessTokens access, RefreshCookie cookie, InstantSource clock) {
    /** @param at a time from before the session was written */
    Reply answer(Renewed renewed, Set<String> scopes, List<String> audiences, Instant at) throws StoreException {
        Session session = renewed.session();
        AccessToken token = access.issue(renewed.account(), scopes, audiences, session.id(), at);
        Duration left = Duration.between(clock.instant(), session.idleUntil());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", token.text());
        body.put("token_type", "Bearer");
        body.put("expires_in", token.lifetimeSeconds());
        body.put("scope", String.join(" ", new TreeSet<>(scopes)));
        if (session.transport() == Transport.COOKIE) {
            return Reply.ok(body).with("Set-Cookie", cookie.set(renewed.token().text(), left));
        }
        body.put("refresh_token", renewed.token().text());
        body.put("refresh_expires_in", Math.max(0, left.toSeconds()));
        return Reply.ok(body);
    }
}
