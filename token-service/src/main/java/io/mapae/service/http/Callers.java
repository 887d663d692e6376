package io.mapae.service.http;

import io.mapae.http.Answer;
import io.mapae.http.Answer.Admit;
import io.mapae.http.Answer.Field;
import io.mapae.http.Answer.Reply;
import io.mapae.http.Gate;
import io.mapae.identity.Caller;
import io.mapae.service.StoreException;
import io.mapae.service.session.Session;
import io.mapae.service.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who calls an endpoint that needs a caller: the bearer of an access token of a session that goes on. The gate decides about
 * the token, as everywhere; the store about the session, as it is at hand here.
 */
record Callers(Gate gate, Sessions sessions) {
    /** A caller with their session. */
    record Known(Caller caller, Session session) {}

    Known of(Exchange exchange) throws RefusedException, StoreException {
        Caller caller = caller(gate, exchange);
        Optional<Session> session = isDenied(caller) ? Optional.empty() : session(caller);
        if (session.isEmpty()) {
            throw new RefusedException(
                    Failure.INVALID_TOKEN.reply().with("WWW-Authenticate", "Bearer error=\"invalid_token\""));
        }
        return new Known(caller, session.get());
    }

    /** Whom {@code judge} takes the bearer for. */
    static Caller caller(Gate judge, Exchange exchange) throws RefusedException {
        Answer answer = judge.identify(exchange.authorization());
        if (answer instanceof Reply refusal) {
            throw new RefusedException(with(refusal));
        }
        return caller(answer).orElseThrow(() -> new RefusedException(Failure.INVALID_TOKEN));
    }

    /** The bearer of a token, if it is good, was not revoked by itself, and its session goes on. */
    Optional<Known> presenting(String token) throws StoreException {
        Optional<Caller> caller = bearing(List.of("Bearer " + token));
        Optional<Session> session =
                caller.isEmpty() || isDenied(caller.get()) ? Optional.empty() : session(caller.get());
        return session.map(known -> new Known(caller.orElseThrow(), known));
    }

    /** The session of a bearer's token, though it may have been revoked: it can be ended still. */
    Optional<Session> session(Exchange exchange) throws StoreException {
        List<String> authorization = exchange.authorization();
        Optional<Caller> caller = authorization.isEmpty() ? Optional.empty() : bearing(authorization);
        return caller.isEmpty() ? Optional.empty() : session(caller.get());
    }

    /** Empty if the token is not good: where that cannot be known, nobody must take it for a no. */
    private Optional<Caller> bearing(List<String> authorization) throws StoreException {
        Answer answer = gate.identify(authorization);
        if (answer instanceof Reply reply && reply.status() == Failure.TEMPORARILY_UNAVAILABLE.status()) {
            throw new StoreException("the keys cannot be read, so that nobody knows what a token is worth");
        }
        return caller(answer);
    }

    private boolean isDenied(Caller caller) throws StoreException {
        Optional<String> token = caller.claim("jti", String.class);
        return token.isEmpty() || sessions.isDenied(token.get());
    }

    private Optional<Session> session(Caller caller) throws StoreException {
        Optional<String> id = caller.claim("sid", String.class);
        return id.isEmpty()
                ? Optional.empty()
                : sessions.byId(id.get()).filter(session -> session.account().equals(caller.getName()));
    }

    private static Optional<Caller> caller(Answer answer) {
        return answer instanceof Admit admitted ? admitted.caller() : Optional.empty();
    }

    /** The gate's challenge with a body of ours. */
    private static io.mapae.service.http.Reply with(Reply refusal) {
        Failure failure =
                switch (refusal.status()) {
                    case 400 -> Failure.INVALID_REQUEST;
                    case 503 -> Failure.TEMPORARILY_UNAVAILABLE;
                    default -> Failure.INVALID_TOKEN;
                };
        io.mapae.service.http.Reply reply = failure.reply();
        Map<String, String> fields = refusal.fields().stream().collect(Collectors.toMap(Field::name, Field::value));
        for (Map.Entry<String, String> field : fields.entrySet()) {
            reply = reply.with(field.getKey(), field.getValue());
        }
        return reply;
    }
}
