package io.mapae.service.http;

import io.mapae.identity.Caller;
import io.mapae.service.StoreException;
import io.mapae.service.account.Accounts;
import io.mapae.service.session.Session;
import io.mapae.service.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * For other services: introspection (RFC 7662) and revocation (RFC 7009).
 *
 * @param clients who may introspect, with their secrets
 */
record Administration(
        Accounts accounts, Sessions sessions, Callers callers, String clientId, Map<String, String> clients) {
    private static final Reply INACTIVE = Reply.ok(Map.of("active", false));

    /** {@code POST introspect}. */
    Reply introspect(Exchange exchange) throws StoreException, RefusedException {
        if (!isClient(exchange.headers("Authorization"))) {
            throw new RefusedException(
                    Failure.INVALID_CLIENT.reply().with("WWW-Authenticate", "Basic realm=\"introspect\""));
        }
        String token = exchange.parameters().must("token");
        Optional<Session> refreshed = sessions.current(token);
        if (refreshed.isPresent()) {
            return goesOn(refreshed.get()) ? described(refreshed.get()) : INACTIVE;
        }
        Optional<Callers.Known> known = callers.presenting(token);
        return known.isEmpty() ? INACTIVE : described(known.get().caller());
    }

    private boolean goesOn(Session session) throws StoreException {
        return accounts.find(session.account())
                .filter(now -> !now.disabled() && now.credentialVersion() == session.credentialVersion())
                .isPresent();
    }

    private Reply described(Session session) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("active", true);
        body.put("scope", String.join(" ", new TreeSet<>(session.scopes())));
        body.put("client_id", clientId);
        body.put("sub", session.account());
        body.put("exp", session.idleUntil().getEpochSecond());
        return Reply.ok(body);
    }

    private static Reply described(Caller caller) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("active", true);
        body.put("token_type", "Bearer");
        caller.claims().forEach((name, value) -> {
            if (value != null) {
                body.putIfAbsent(name, value);
            }
        });
        return Reply.ok(body);
    }

    /** The secrets of all are compared, so that the time says nothing of names. */
    private boolean isClient(List<String> authorization) {
        String[] parts = String.join(",", authorization).split(" +", 2);
        byte[] presented =
                (parts[0].equalsIgnoreCase("Basic") ? parts[parts.length - 1] : "").getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (Map.Entry<String, String> client : clients.entrySet()) {
            String credentials = Base64.getEncoder()
                    .encodeToString((client.getKey() + ":" + client.getValue()).getBytes(StandardCharsets.UTF_8));
            known |= MessageDigest.isEqual(credentials.getBytes(StandardCharsets.UTF_8), presented);
        }
        return known;
    }

    /** {@code POST revoke}: whoever has the token may. */
    Reply revoke(Exchange exchange) throws StoreException, RefusedException {
        String token = exchange.parameters().must("token");
        Optional<Session> session = sessions.find(token);
        if (session.isPresent()) {
            sessions.end(session.get().id());
            return Reply.ok(Map.of());
        }
        Optional<Callers.Known> known = callers.presenting(token);
        if (known.isPresent()) {
            Caller caller = known.get().caller();
            Optional<String> id = caller.claim("jti", String.class);
            if (id.isPresent()) {
                sessions.deny(id.get());
            }
        }
        return Reply.ok(Map.of());
    }
}
