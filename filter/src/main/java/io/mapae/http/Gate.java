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
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The way of every request: credential, verdict, rule. The one place where it is decided what becomes of it, whatever API
 * it came by. Safe for use by several threads.
 */
public final class Gate {
    private final TokenVerifier verifier;
    private final Callers callers;
    private final GateOptions options;
    private final Once once;
    private final Tickets tickets;
    private final Cors cors;
    private final Refusals refusals;
    private final InstantSource clock;

    /** A gate for tokens that {@code verifier} accepts, at the times that {@code clock} says. */
    public Gate(TokenVerifier verifier, Callers callers, GateOptions options, Once once, InstantSource clock) {
        this.verifier = verifier;
        this.callers = callers;
        this.options = options;
        this.once = once;
        this.tickets = once.tickets(options.rules());
        this.cors = new Cors(options.corsOrigins());
        this.refusals = new Refusals(options, new RefusalLog(clock));
        this.clock = clock;
    }

    /** Issues the tickets that this gate takes. */
    public Tickets tickets() {
        return tickets;
    }

    /**
     * What becomes of {@code request}; throws nothing and logs what it refuses. May read a key file that has changed, and
     * waits {@code jwks.deadline} at the most where the token names a key that its issuer's set does not have.
     */
    public Answer admit(Request request) {
        if (looksAtPaths() && Target.isAmbiguous(request.rawTarget())) {
            return refuse(request, Reason.AMBIGUOUS_PATH);
        }
        if (Cors.isPreflight(request)) {
            return preflight(request).<Answer>map(reply -> reply).orElseGet(() -> passed(request));
        }
        if (isExempt(request)) {
            return new Admit(Optional.empty(), cors.fields(request));
        }
        List<String> authorization = request.headers("Authorization");
        QueryTicket ticket = ticket(request);
        if (!(ticket instanceof QueryTicket.None)) {
            return authorization.isEmpty() ? judge(request, ticket) : refuse(request, Reason.SEVERAL_CREDENTIALS);
        }
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
                ? judge(request, token)
                : decide(request, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Who comes with these {@code Authorization} fields, whatever they may do here: no rule counts, and nothing is used up.
     * For those who issue something in a caller's name. What is refused is logged.
     */
    public Answer identify(List<String> authorization) {
        BearerToken credential = BearerToken.inHeaders(authorization);
        if (credential instanceof BearerToken.Malformed malformed) {
            return reply(Grounds.of(malformed.reason(), ""), Set.of(), List.of());
        }
        if (!(credential instanceof BearerToken.Present token)) {
            return reply(Grounds.of(Reason.NO_TOKEN, ""), Set.of(), List.of());
        }
        return judge(
                token,
                accepted -> new Admit(Optional.of(caller(accepted, token)), List.of()),
                grounds -> reply(grounds, Set.of(), List.of()));
    }

    /**
     * Why a caller who was admitted would not be now: the token has ended (without {@code clock-skew}), was revoked, or that is
     * not known. For those who serve a caller for longer than one request, on a connection that stays open; waits for nothing.
     */
    public Optional<Reason> objection(Caller caller) {
        return clock.instant().isBefore(caller.expiresAt())
                ? verifier.objection(caller.claims())
                : Optional.of(Reason.EXPIRED);
    }

    /**
     * Whether a request is the token service's affair, which may say nothing of a token that has expired, as whoever comes
     * to renew it brings that along.
     */
    public boolean isExempt(Request request) {
        return !options.exempt().isEmpty()
                && options.exempt().cover(request.path())
                && !Target.isAmbiguous(request.rawTarget());
    }

    /** Whether a request brings anything that might tell who calls, and that is looked at. */
    public boolean hasCredential(Request request) {
        return !isExempt(request) && bringsCredential(request);
    }

    private boolean bringsCredential(Request request) {
        return !request.headers("Authorization").isEmpty()
                || !(ticket(request) instanceof QueryTicket.None)
                || options.tokenCookie()
                        .filter(name -> !request.cookies(name).isEmpty())
                        .isPresent();
    }

    /** Whether rules look at paths, so that an adapter has to know where those of the application begin. */
    public boolean looksAtPaths() {
        return options.rules().differByPath() || !options.exempt().isEmpty();
    }

    /**
     * The refusal of an admitted request whose caller has not all that the application demands besides, by annotations;
     * it is logged. Empty where they have. The response carries already what was to be put on it.
     *
     * @param otherwise what counts where nothing is demanded; a preflight, which has no caller, is then refused only where
     *     nobody may come, and what is the token service's affair not at all
     */
    public Optional<Reply> objection(Request request, Optional<Caller> caller, List<Demand> demands, Demand otherwise) {
        boolean free = demands.isEmpty()
                && (isExempt(request) || (otherwise.kind() != Demand.Kind.DENY && Cors.isPreflight(request)));
        List<Demand> all = demands.isEmpty() ? List.of(free ? Demand.PERMIT : otherwise) : demands;
        for (Demand demand : all) {
            Optional<Reason> reason = objection(demand, caller, request);
            if (reason.isPresent()) {
                Grounds grounds = new Grounds(
                        reason.get(),
                        caller.map(Caller::issuer),
                        Optional.empty(),
                        reason.get() == Reason.NO_TOKEN ? "" : demand.text());
                return Optional.of(reply(grounds, scopes(reason.get(), demand), List.of()));
            }
        }
        return Optional.empty();
    }

    /**
     * The refusal of an admitted request that is not what it was when it passed, by the rule for what it is now; it is
     * logged. Empty where that rule lets its caller through.
     */
    public Optional<Reply> objection(Request request, Passage passage) {
        if (passage.covers(request) || isExempt(request)) {
            return Optional.empty();
        }
        Rule rule = rule(request);
        Optional<Reply> objection = objection(request, passage.caller(), List.of(rule.demand()), Demand.DENY);
        if (objection.isPresent()) {
            return objection;
        }
        try {
            return use(rule, passage.caller(), request)
                    .map(reason -> reply(Grounds.of(reason, ""), Set.of(), List.of()));
        } catch (IOException failed) {
            return Optional.of(reply(outOfReach(failed), Set.of(), List.of()));
        }
    }

    /**
     * The refusal of an admitted request whose application asked for a claim as what it is not, where its response carries
     * already what was to be put on it; it is logged.
     */
    public Reply objection(ClaimTypeException failure) {
        return reply(Grounds.of(Reason.CLAIM_OF_OTHER_TYPE, failure.detail()), Set.of(), List.of());
    }

    /** The refusal of a request whose application demands a caller by its own code; it is logged. */
    public Reply demand(Request request) {
        return refuse(request, Grounds.of(Reason.NO_TOKEN, "asked for by the application"), Set.of());
    }

    /** The refusal of a request whose application asked for a claim as what it is not; it is logged. */
    public Reply refuse(Request request, ClaimTypeException failure) {
        return refuse(request, Grounds.of(Reason.CLAIM_OF_OTHER_TYPE, failure.detail()), Set.of());
    }

    /** The refusal of a request for a reason that an adapter knows; it is logged. */
    public Reply refuse(Request request, Reason reason) {
        return refuse(request, Grounds.of(reason, ""), Set.of());
    }

    /**
     * The answer to a browser that asks beforehand, for adapters that see only requests with a resource; empty for any
     * other request, and where the application is to answer it.
     */
    public Optional<Reply> preflight(Request request) {
        return cors.isOn() && Cors.isPreflight(request)
                ? Optional.of(cors.preflight(request).orElseGet(() -> refuse(request, Reason.FOREIGN_ORIGIN)))
                : Optional.empty();
    }

    /** What a response to {@code request} carries for pages of other origins, for adapters that see no resource yet. */
    public List<Field> crossOrigin(Request request) {
        return cors.fields(request);
    }

    /**
     * An application that answers preflights itself gets to see them, as they carry no credential to judge; but not where
     * nobody may come.
     */
    private Answer passed(Request preflight) {
        Demand demand = options.rules().of(preflight.method(), preflight::path).demand();
        return demand.kind() == Demand.Kind.DENY && !isExempt(preflight)
                ? refuse(preflight, Reason.NO_TOKEN)
                : new Admit(Optional.empty(), List.of());
    }

    /** Elsewhere a parameter of that name is the application's own. */
    private QueryTicket ticket(Request request) {
        QueryTicket ticket = QueryTicket.in(request.rawQuery());
        return ticket instanceof QueryTicket.None || rule(request).takesTickets() ? ticket : new QueryTicket.None();
    }

    private Rule rule(Request request) {
        return options.rules().of(request.method(), request::path);
    }

    private Answer judge(Request request, QueryTicket ticket) {
        if (!(ticket instanceof QueryTicket.Present present)) {
            return refuse(request, Reason.BAD_TICKET);
        }
        try {
            return tickets.find(present.text(), request.path())
                    .<Answer>fold(
                            reason -> refuse(request, reason),
                            caller -> verifier.objection(caller.claims())
                                    .<Answer>map(reason -> refuse(request, reason))
                                    .orElseGet(() -> decide(
                                            request,
                                            Optional.of(caller),
                                            Optional.empty(),
                                            Optional.of(present.text()))));
        } catch (IOException outOfReach) {
            return refuse(request, outOfReach(outOfReach), Set.of());
        }
    }

    private static Grounds outOfReach(IOException failed) {
        return Grounds.of(Reason.STORE_OUT_OF_REACH, String.valueOf(failed.getMessage()));
    }

    private Answer judge(Request request, BearerToken.Present credential) {
        return judge(
                credential,
                token -> decide(request, Optional.of(caller(token, credential)), Optional.of(token), Optional.empty()),
                grounds -> refuse(request, grounds, Set.of()));
    }

    private Caller caller(VerifiedToken token, BearerToken.Present credential) {
        return callers.caller(token, credential.text(), credential.from());
    }

    /** What is known is of the syntax of a token, and judged already. */
    private Answer judge(
            BearerToken.Present credential,
            Function<VerifiedToken, Answer> accepted,
            Function<Grounds, Answer> refused) {
        Optional<Verdict> recalled = verifier.recall(credential.text(), credential.from());
        if (recalled.isEmpty()) {
            Optional<Reason> flaw = credential.flaw();
            if (flaw.isPresent()) {
                return refused.apply(Grounds.of(flaw.get(), ""));
            }
        }
        return recalled.orElseGet(() -> verifier.verify(credential.token()))
                .fold(
                        verdict -> accepted.apply(verdict.token()),
                        rejected -> refused.apply(new Grounds(
                                rejected.reason(), rejected.issuer(), rejected.header(), rejected.detail())),
                        undecided -> refused.apply(outOfReach(undecided)));
    }

    private static Grounds outOfReach(Verdict.Undecided undecided) {
        return new Grounds(
                undecided.reason(),
                Optional.of(undecided.issuer()),
                Optional.of(undecided.header()),
                String.valueOf(undecided.cause().getMessage()));
    }

    private Answer decide(
            Request request, Optional<Caller> caller, Optional<VerifiedToken> token, Optional<String> ticket) {
        Rule rule = rule(request);
        Demand demand = rule.demand();
        Optional<Reason> reason = objection(demand, caller, request);
        boolean lacking = reason.isPresent();
        try {
            if (!lacking) { // last of all: whoever is refused uses nothing up
                reason = use(rule, caller, request); // a token that is used up opens nothing by its tickets either
                if (reason.isEmpty() && ticket.isPresent()) {
                    reason = once.useTicket(ticket.get(), request);
                }
            }
        } catch (IOException failed) {
            return refuse(request, outOfReach(failed), Set.of());
        }
        return reason.<Answer>map(objection -> refuse(
                        request,
                        new Grounds(
                                objection,
                                token.map(VerifiedToken::issuer),
                                token.map(VerifiedToken::header),
                                lacking && objection != Reason.NO_TOKEN ? demand.text() : ""),
                        scopes(objection, demand)))
                .orElseGet(() -> new Admit(caller, cors.fields(request)));
    }

    /** Whom the container knows without a token has nothing that could be used up. */
    private Optional<Reason> use(Rule rule, Optional<Caller> caller, Request request) throws IOException {
        if (!rule.once()) {
            return Optional.empty();
        }
        return caller.isPresent() ? once.use(caller.get(), request) : Optional.of(Reason.NO_TOKEN);
    }

    /** A user whom the container knows by a session or the like may have been sent here by another site. */
    private Optional<Reason> objection(Demand demand, Optional<Caller> caller, Request request) {
        Optional<Reason> reason = demand.objection(caller, request::user);
        boolean byUser = reason.isEmpty() && caller.isEmpty() && demand.kind() != Demand.Kind.PERMIT;
        return byUser && Origins.isCrossSite(request, options.origins()) ? Optional.of(Reason.CROSS_SITE) : reason;
    }

    /** What a request needs that lacks a scope (RFC 6750 §3). */
    private static Set<String> scopes(Reason reason, Demand demand) {
        return reason == Reason.SCOPE_MISSING ? demand.names() : Set.of();
    }

    private Reply refuse(Request request, Grounds grounds, Set<String> scopes) {
        return reply(grounds, scopes, cors.fields(request));
    }

    private Reply reply(Grounds grounds, Set<String> scopes, List<Field> others) {
        return refusals.reply(grounds, scopes, others);
    }
}
