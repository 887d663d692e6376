package io.mapae.http;

import io.mapae.http.Answer.Admit;
import io.mapae.http.Answer.Field;
import io.mapae.http.Answer.Reply;
import io.mapae.identity.Caller;
import io.mapae.identity.Callers;
import io.mapae.identity.ClaimTypeException;
import io.mapae.verify.Reason;
import io.mapae.verify.TokenVerifier;
import io.mapae.verify.Verdict;
import io.mapae.verify.VerifiedToken;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way of every request: credential, verdict, rule. The one place where it is decided what becomes of it, whatever API
 * it came by. Safe for use by several threads.
 */
public final class Gate {
    private static final Logger LOG = System.getLogger("io.mapae.http");

    private final TokenVerifier verifier;
    private final Callers callers;
    private final GateOptions options;
    private final Cors cors;
    private final RefusalLog log;
    private final AtomicBoolean bodyFailed = new AtomicBoolean();

    /** A gate for tokens that {@code verifier} accepts, at the times that {@code clock} says. */
    public Gate(TokenVerifier verifier, Callers callers, GateOptions options, InstantSource clock) {
        this.verifier = verifier;
        this.callers = callers;
        this.options = options;
        this.cors = new Cors(options.corsOrigins());
        this.log = new RefusalLog(clock);
    }

    /**
     * What becomes of {@code request}; throws nothing and logs what it refuses. May read a key file that has changed, and
     * waits {@code jwks.deadline} at the most where the token names a key that its issuer's set does not have.
     */
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
            if (!(credential instanceof BearerToken.None) && Origins.mayBeCrossSite(request, options.origins())) {
                return refuse(request, Reason.CROSS_SITE);
            }
        }
        if (credential instanceof BearerToken.Malformed malformed) {
            return refuse(request, malformed.reason());
        }
        return credential instanceof BearerToken.Present token
                ? judge(request, token.text())
                : decide(request, Optional.empty(), Optional.empty());
    }

    /** The refusal of a request whose application demands a caller by its own code; it is logged. */
    public Reply demand(Request request) {
        return refuse(request, Grounds.of(Reason.NO_TOKEN, "asked for by the application"), Set.of());
    }

    /** The refusal of a request whose application asked for a claim as what it is not; it is logged. */
    public Reply refuse(Request request, ClaimTypeException failure) {
        return refuse(request, Grounds.of(Reason.CLAIM_OF_OTHER_TYPE, failure.detail()), Set.of());
    }

    private Reply refuse(Request request, Reason reason) {
        return refuse(request, Grounds.of(reason, ""), Set.of());
    }

    /**
     * An application that answers preflights itself gets to see them, as they carry no credential to judge; but not where
     * nobody may come.
     */
    private Answer preflight(Request request) {
        if (cors.isOn()) {
            return cors.preflight(request).orElseGet(() -> refuse(request, Reason.FOREIGN_ORIGIN));
        }
        boolean denied = options.rules().of(request.method(), request::path).access() == Rule.Access.DENY;
        return denied ? refuse(request, Reason.NO_TOKEN) : new Admit(Optional.empty(), List.of());
    }

    private Answer judge(Request request, String text) {
        return verifier.verify(text)
                .<Answer>fold(
                        accepted -> decide(
                                request,
                                Optional.of(callers.caller(accepted.token(), text)),
                                Optional.of(accepted.token())),
                        rejected -> refuse(
                                request,
                                new Grounds(rejected.reason(), rejected.issuer(), rejected.header(), rejected.detail()),
                                Set.of()),
                        undecided -> refuse(request, outOfReach(undecided), Set.of()));
    }

    private static Grounds outOfReach(Verdict.Undecided undecided) {
        return new Grounds(
                Reason.KEYS_OUT_OF_REACH,
                Optional.of(undecided.issuer()),
                Optional.of(undecided.header()),
                String.valueOf(undecided.cause().getMessage()));
    }

    private Answer decide(Request request, Optional<Caller> caller, Optional<VerifiedToken> token) {
        Rule rule = options.rules().of(request.method(), request::path);
        Optional<Reason> objection = rule.objection(caller);
        if (objection.isEmpty()) {
            return new Admit(caller, cors.fields(request));
        }
        Grounds grounds = new Grounds(
                objection.get(),
                token.map(VerifiedToken::issuer),
                token.map(VerifiedToken::header),
                caller.isPresent() ? rule.demand() : "");
        return refuse(request, grounds, objection.get() == Reason.SCOPE_MISSING ? rule.names() : Set.of());
    }

    private Reply refuse(Request request, Grounds grounds, Set<String> scopes) {
        Reason reason = grounds.reason();
        String detail = grounds.detail();
        Challenge challenge = Challenge.of(reason);
        log.log(challenge.status(), grounds);
        String explanation = options.explain() ? reason + (detail.isEmpty() ? "" : ": " + detail) : "";
        Refusal refusal = new Refusal(challenge.status(), reason, challenge.description(), explanation);
        List<Field> fields = new ArrayList<>(challenge.fields(options.realm(), scopes));
        fields.addAll(cors.fields(request));
        return new Reply(
                challenge.status(), fields, request.method().equals("HEAD") ? Optional.empty() : body(refusal));
    }

    private Optional<Answer.Body> body(Refusal refusal) {
        try {
            return Objects.requireNonNull(options.body().of(refusal));
        } catch (RuntimeException | LinkageError foreign) {
            if (bodyFailed.compareAndSet(false, true)) { // once: whoever is refused must not be able to fill the disk
                LOG.log(
                        Level.WARNING,
                        "The application's RefusalBody failed; the standard body is sent instead",
                        foreign);
            }
            return RefusalBody.PROBLEM.of(refusal);
        }
    }
}
