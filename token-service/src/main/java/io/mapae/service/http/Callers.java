package io.mapae.service.http;

import io.mapae.http.Answer;
import io.mapae.http.Answer.Admit;
import io.mapae.http.Answer.Field;
import io.mapae.http.Answer.Reply;
import io.mapae.http.Gate;
import io.mapae.http.Request;
import io.mapae.identity.Caller;
import io.mapae.service.StoreException;
import io.mapae.service.session.Session;
import io.mapae.service.session.Sessions;
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
        Answer answer = gate.admit(exchange.view());
        if (answer instanceof Reply refusal) {
            throw new RefusedException(with(refusal));
        }
        Caller caller = caller(answer).orElseThrow(() -> new RefusedException(Failure.INVALID_TOKEN));
        Optional<Session> session = session(caller);
        if (session.isEmpty()) {
            throw new RefusedException(
                    Failure.INVALID_TOKEN.reply().with("WWW-Authenticate", "Bearer error=\"invalid_token\""));
        }
        return new Known(caller, session.get());
    }

    /** The bearer of a token, if it is good and its session goes on. */
    Optional<Known> of(Request presented) throws StoreException {
        Optional<Caller> caller = caller(gate.admit(presented));
        Optional<Session> session = caller.isEmpty() ? Optional.empty() : session(caller.get());
        return session.map(known -> new Known(caller.orElseThrow(), known));
    }

    /** Of a token that was not revoked by itself. */
    private Optional<Session> session(Caller caller) throws StoreException {
        Optional<String> id = caller.claim("sid", String.class);
        Optional<String> token = caller.claim("jti", String.class);
        return id.isEmpty() || token.isEmpty() || sessions.isDenied(token.get())
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
