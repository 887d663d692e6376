package io.mapae.service.http;

import io.mapae.service.StoreException;
import io.mapae.service.session.Refresh;
import io.mapae.service.session.Refresh.Refused;
import io.mapae.service.session.Refresh.Renewed;
import io.mapae.service.session.Refresh.Why;
import io.mapae.service.session.Session;
import io.mapae.service.session.Session.Transport;
import io.mapae.service.session.Sessions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refresh, logout, and the list of sessions.
 *
 * @param audiences that there are now
 */
record Renewal(
        Sessions sessions,
        Callers callers,
        Tokens tokens,
        RefreshCookie cookie,
        List<String> audiences,
        InstantSource clock) {
    private static final Logger LOG = System.getLogger("io.mapae.service");

    /** A refresh token, and how it came. */
    private record Presented(String token, Transport transport) {}

    /** {@code POST refresh}. */
    Reply refresh(Exchange exchange) throws StoreException, RefusedException {
        Presented presented = presented(exchange).orElseThrow(() -> new RefusedException(Failure.INVALID_REQUEST));
        Parameters parameters = exchange.parameters();
        Optional<Session> before = isNarrowing(parameters) ? sessions.find(presented.token()) : Optional.empty();
        if (before.isPresent()) { // what is asked for too much must not cost the token
            var unused = Grants.scopes(parameters, before.get().scopes());
            List<String> today = asOfToday(before.get().audiences());
            var unusedToo =
                    Grants.audiences(parameters, today.isEmpty() ? before.get().audiences() : today);
        }
        Instant at = clock.instant();
        Refresh refresh = sessions.refresh(presented.token(), presented.transport());
        if (refresh instanceof Renewed renewed) {
            return tokens.answer(
                    renewed,
                    asOfToday(
                            Grants.scopes(parameters, renewed.session().scopes()),
                            renewed.account().scopes()),
                    forWhom(renewed.session(), parameters),
                    at);
        }
        Why why = ((Refused) refresh).why();
        boolean alarming = why == Why.USED_AGAIN;
        LOG.log(
                alarming ? Level.WARNING : Level.DEBUG,
                "Refresh refused: {0}{1}",
                why,
                alarming ? "; somebody else may have the token, and its session was ended" : "");
        throw new RefusedException(why == Why.MALFORMED ? Failure.INVALID_REQUEST : Failure.INVALID_GRANT);
    }

    /** What was granted at the login, and can be had still. */
    private static Set<String> asOfToday(Set<String> granted, Set<String> possible) {
        return granted.stream().filter(possible::contains).collect(Collectors.toSet());
    }

    private List<String> asOfToday(List<String> granted) {
        return granted.stream().filter(audiences::contains).toList();
    }

    private List<String> forWhom(Session session, Parameters parameters) throws StoreException, RefusedException {
        List<String> today = asOfToday(session.audiences());
        if (today.isEmpty()) {
            var unused = sessions.end(session.id());
            throw new RefusedException(Failure.INVALID_GRANT);
        }
        return Grants.audiences(parameters, today);
    }

    private static boolean isNarrowing(Parameters parameters) throws RefusedException {
        return Grants.scopes(parameters).isPresent()
                || parameters.get("resource").isPresent();
    }

    /** By cookie or by body, but not both: nobody could say which of two is meant. */
    private Optional<Presented> presented(Exchange exchange) throws RefusedException {
        Set<String> cookies = new LinkedHashSet<>(exchange.cookies(cookie.name()));
        Optional<String> inBody = exchange.parameters().get("refresh_token");
        if (cookies.size() + inBody.stream().count() > 1) {
            throw new RefusedException(Failure.INVALID_REQUEST);
        }
        return inBody.map(token -> new Presented(token, Transport.BODY))
                .or(() -> cookies.stream().findFirst().map(token -> new Presented(token, Transport.COOKIE)));
    }

    /**
     * {@code POST logout}: whatever sessions are named, or with {@code ?everywhere=true} all that the account has now. It is
     * never refused for what names no session.
     */
    Reply logout(Exchange exchange) throws StoreException, RefusedException {
        List<Session> named = named(exchange);
        if (exchange.isAsked("everywhere")) {
            String account = named.isEmpty()
                    ? callers.of(exchange).session().account()
                    : named.get(0).account();
            sessions.endAll(account, Optional.empty());
        } else if (named.isEmpty()) {
            named = callers.session(exchange).stream().toList();
        }
        for (Session session : named) {
            sessions.end(session.id());
        }
        return Reply.done().with("Set-Cookie", cookie.cleared());
    }

    /** The sessions of all refresh tokens that came along, be these the current ones or not. */
    private List<Session> named(Exchange exchange) throws StoreException {
        Set<String> tokens = new LinkedHashSet<>(exchange.cookies(cookie.name()));
        exchange.parameters().get("refresh_token").ifPresent(tokens::add);
        List<Session> named = new ArrayList<>();
        for (String token : tokens) {
            sessions.find(token).ifPresent(named::add);
        }
        return named;
    }

    /** {@code GET sessions}. */
    Reply list(Exchange exchange) throws StoreException, RefusedException {
        Callers.Known known = callers.of(exchange);
        List<Map<String, Object>> all = sessions.of(known.session().account()).stream()
                .map(session -> described(session, known.session()))
                .toList();
        return Reply.ok(Map.of("sessions", all));
    }

    private static Map<String, Object> described(Session session, Session current) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", session.id());
        described.put("device", session.device());
        described.put("created", session.created().toString());
        described.put("last_used", session.lastUsed().toString());
        described.put("current", session.id().equals(current.id()));
        return described;
    }

    /** {@code DELETE sessions/ID}: one of the caller's own. */
    Reply end(String id, Exchange exchange) throws StoreException, RefusedException {
        String account = callers.of(exchange).session().account();
        Optional<Session> session =
                sessions.byId(id).filter(found -> found.account().equals(account));
        if (session.isEmpty()) {
            throw new RefusedException(Failure.NOT_FOUND);
        }
        sessions.end(session.get().id());
        return Reply.done();
    }
}
