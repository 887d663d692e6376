package io.mapae.http;

import io.mapae.http.Answer.Admit;
import io.mapae.http.Answer.Field;
import io.mapae.http.Answer.Reply;
import io.mapae.identity.Caller;
import io.mapae.identity.CallerMapping;
import io.mapae.jws.Header;
import io.mapae.verify.Reason;
import io.mapae.verify.TokenVerifier;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way of every request: credential, verdict, rule. The one place where it is decided what becomes of it, whatever API
 * it came by. Safe for use by several threads.
 */
public final class Gate {
    private static final Logger LOG = System.getLogger("io.mapae.http");

    private final TokenVerifier verifier;
    private final CallerMapping mapping;
    private final GateOptions options;
    private final Cors cors;
    private final RefusalLog log;

    public Gate(TokenVerifier verifier, CallerMapping mapping, GateOptions options, InstantSource clock) {
        this.verifier = verifier;
        this.mapping = mapping;
        this.options = options;
        this.cors = new Cors(options.corsOrigins());
        this.log = new RefusalLog(verifier.issuer(), clock);
    }

    /** What becomes of {@code request}; throws nothing, and logs what it refuses. */
    public Answer admit(Request request) {
        if (options.rules().differByPath() && Target.isAmbiguous(request.rawTarget())) {
            return refuse(request, Reason.AMBIGUOUS_PATH);
        }
        if (Cors.isPreflight(request)) {
            return preflight(request);
        }
        List<String> authorization = request.headers("Authorization");
        BearerToken credential = BearerToken.inHeaders(authorization);
        if (authorization.isEmpty() && options.tokenCookie().isPresent()) {
            credential =
                    BearerToken.inCookies(request.cookies(options.tokenCookie().get()));
            if (!(credential instanceof BearerToken.None) && Origins.mayBeForged(request, options.origins())) {
                return refuse(request, Reason.CROSS_SITE);
            }
        }
        if (credential instanceof BearerToken.Malformed malformed) {
            return refuse(request, malformed.reason());
        }
        return credential instanceof BearerToken.Present token
                ? judge(request, token.text())
                : decide(request, Optional.empty());
    }

    /**
     * The refusal of a request that was found wanting after {@link #admit}; it is logged.
     *
     * @param detail what the reason is about; no text of the request's
     */
    public Reply refuse(Request request, Reason reason, String detail) {
        return refuse(request, reason, Set.of(), Optional.empty(), detail);
    }

    private Reply refuse(Request request, Reason reason) {
        return refuse(request, reason, "");
    }

    /** An application that answers preflights itself gets to see them; they carry no credential to judge. */
    private Answer preflight(Request request) {
        if (!cors.isOn()) {
            return new Admit(Optional.empty(), List.of());
        }
        return cors.preflight(request).orElseGet(() -> refuse(request, Reason.FOREIGN_ORIGIN));
    }

    private Answer judge(Request request, String token) {
        return verifier.verify(token)
                .<Answer>fold(
                        accepted -> decide(request, Optional.of(mapping.caller(accepted.token(), token))),
                        rejected -> refuse(request, rejected.reason(), Set.of(), rejected.header(), rejected.detail()),
                        undecided -> refuse(request, Reason.KEYS_OUT_OF_REACH));
    }

    private Answer decide(Request request, Optional<Caller> caller) {
        Rule rule = options.rules().of(request.method(), request::path);
        Optional<Reason> objection = rule.objection(caller);
        if (objection.isEmpty()) {
            return new Admit(caller, cors.fields(request));
        }
        Set<String> scopes = objection.get() == Reason.SCOPE_MISSING ? rule.names() : Set.of();
        return refuse(request, objection.get(), scopes, Optional.empty(), "");
    }

    private Reply refuse(Request request, Reason reason, Set<String> scopes, Optional<Header> header, String detail) {
        Challenge challenge = Challenge.of(reason);
        log.log(challenge.status(), reason, header, detail);
        String explanation = options.explain() ? reason + (detail.isEmpty() ? "" : ": " + detail) : "";
        Refusal refusal = new Refusal(challenge.status(), reason, challenge.description(), explanation);
        List<Field> fields = new ArrayList<>(challenge.fields(options.realm(), scopes));
        fields.addAll(cors.fields(request));
        return new Reply(
                challenge.status(), fields, request.method().equals("HEAD") ? Optional.empty() : body(refusal));
    }

    private Optional<Answer.Body> body(Refusal refusal) {
        try {
            return options.body().of(refusal);
        } catch (RuntimeException foreign) {
            LOG.log(Level.WARNING, "The application's RefusalBody failed; the standard body was sent", foreign);
            return RefusalBody.PROBLEM.of(refusal);
        }
    }
}
