package io.mapae.service.session;

import io.mapae.service.StoreException;
import io.mapae.service.account.Account;
import io.mapae.service.account.Accounts;
import io.mapae.service.session.Refresh.Refused;
import io.mapae.service.session.Refresh.Renewed;
import io.mapae.service.session.Refresh.Why;
import io.mapae.service.session.Session.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sessions and their refresh tokens (RFC 9700 §4.14.2): each token is used once, and its successor takes its place by one
 * conditional write. The token before the current one gets the same successor again for a short time, as answers get lost
 * and browsers have several tabs; any older one, or later, tells of a thief, and ends the session. Safe for use by several
 * threads, and on several nodes over one store.
 */
public final class Sessions {
    /** Each time somebody else's write came first, and a session has few users. */
    private static final int MAX_TRIES = 10;

    private static final int MAX_PER_ACCOUNT = 1000;

    private final SessionStore store;
    private final Accounts accounts;
    private final TokenMint mint;
    private final Limits limits;
    private final InstantSource clock;

    /**
     * For how long.
     *
     * @param idle how long a token can be used, from when it was issued
     * @param life how long a session can go on
     * @param grace how long the token before the current one gets its successor again; at exactly this it is too late
     * @param denial how long after now the last access token issued until now is good for anybody
     */
    public record Limits(Duration idle, Duration life, Duration grace, Duration denial) {}

    /** @param key at least 32 bytes, the same on every node and after every restart; another one ends all sessions */
    public Sessions(SessionStore store, Accounts accounts, byte[] key, Limits limits, InstantSource clock) {
        this.store = store;
        this.accounts = accounts;
        this.mint = new TokenMint(key);
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Begins a session of somebody who has logged in. Of more than a thousand of an account, the one that was not used for the
     * longest ends: to end all of them must not take for ever.
     */
    public Renewed begin(
            Account account, String device, Transport transport, Set<String> scopes, List<String> audiences)
            throws StoreException {
        Instant now = now();
        RefreshToken token = mint.first();
        Session session = new Session(
                token.id(),
                account.name(),
                device,
                transport,
                scopes,
                audiences,
                account.credentialVersion(),
                now,
                now,
                earlier(now.plus(limits.idle()), now.plus(limits.life())),
                now.plus(limits.life()),
                token.generation(),
                token.digest(),
                Optional.empty(),
                now);
        store.add(session);
        List<Session> others = new ArrayList<>(of(account.name()));
        others.remove(session); // which may not be the latest by another node's clock
        for (Session last : others.subList(Math.min(others.size(), MAX_PER_ACCOUNT - 1), others.size())) {
            var unused = end(last.id());
        }
        return new Renewed(session, account, token, false);
    }

    /** Has a session go on with the present credentials of its account, which its owner has just changed. */
    public void adopt(String id, Account account) throws StoreException {
        store.adopt(id, account.credentialVersion());
    }

    /**
     * What becomes of the token of this text. A store that fails leaves it as good as it was, or its successor can be had
     * again within the grace period.
     */
    public Refresh refresh(String text, Transport transport) throws StoreException {
        Optional<RefreshToken> read = TokenMint.read(text);
        if (read.isEmpty()) {
            return new Refused(Why.MALFORMED);
        }
        RefreshToken token = read.get();
        if (!mint.isOurs(token)) {
            return new Refused(Why.NEVER_ISSUED);
        }
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Refresh> outcome = refresh(token, transport);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new StoreException("a session changes faster than it can be read");
    }

    /** Empty if somebody else's write came first. */
    private Optional<Refresh> refresh(RefreshToken token, Transport transport) throws StoreException {
        Instant now = now();
        Optional<Session> found = store.find(token.id());
        if (found.isEmpty()) {
            return refused(Why.ENDED);
        }
        Session session = found.get();
        if (session.isOver(now)) {
            return refused(Why.EXPIRED);
        }
        if (session.transport() != transport) {
            return refused(Why.OTHER_TRANSPORT);
        }
        boolean current = session.current().equals(token.digest());
        if (!current && !isRepeatable(token, session, now)) {
            return token.generation() > session.generation() ? refused(Why.NEVER_ISSUED) : end(session, Why.USED_AGAIN);
        }
        Optional<Account> account = accounts.find(session.account()).filter(known -> !known.disabled());
        if (account.isEmpty()) {
            return end(session, Why.ACCOUNT_CLOSED);
        }
        if (account.get().credentialVersion() != session.credentialVersion()) {
            return end(session, Why.CREDENTIALS_CHANGED);
        }
        RefreshToken successor = mint.successor(token);
        if (!current) {
            return Optional.of(new Renewed(session, account.get(), successor, true));
        }
        Session next = rotated(session, successor, now);
        return store.replace(session, next)
                ? Optional.of(new Renewed(next, account.get(), successor, false))
                : Optional.empty();
    }

    private boolean isRepeatable(RefreshToken token, Session session, Instant now) {
        return session.previous().equals(Optional.of(token.digest()))
                && session.current().equals(mint.successor(token).digest())
                && now.isBefore(session.rotated().plus(limits.grace()));
    }

    private Session rotated(Session session, RefreshToken successor, Instant now) {
        return new Session(
                session.id(),
                session.account(),
                session.device(),
                session.transport(),
                session.scopes(),
                session.audiences(),
                session.credentialVersion(),
                session.created(),
                now,
                earlier(now.plus(limits.idle()), session.endsAt()),
                session.endsAt(),
                successor.generation(),
                successor.digest(),
                Optional.of(session.current()),
                now);
    }

    private Optional<Refresh> end(Session session, Why why) throws StoreException {
        end(session.id());
        return refused(why);
    }

    private static Optional<Refresh> refused(Why why) {
        return Optional.of(new Refused(why));
    }

    /** The session of a token that was issued here, be it the current one or not; empty if it was ended. */
    public Optional<Session> find(String text) throws StoreException {
        Optional<RefreshToken> ours = TokenMint.read(text).filter(mint::isOurs);
        return ours.isEmpty() ? Optional.empty() : store.find(ours.get().id());
    }

    /** The session whose current token this is, if it is not over. */
    public Optional<Session> current(String text) throws StoreException {
        Optional<RefreshToken> ours = TokenMint.read(text).filter(mint::isOurs);
        return ours.isEmpty()
                ? Optional.empty()
                : byId(ours.get().id())
                        .filter(session -> session.current().equals(ours.get().digest()));
    }

    /** The session of this id, if it goes on. */
    public Optional<Session> byId(String id) throws StoreException {
        Instant now = now();
        return store.find(id).filter(session -> !session.isOver(now));
    }

    /** Whether an access token was denied. */
    public boolean isDenied(String tokenId) throws StoreException {
        return store.isDenied(tokenId, now());
    }

    /** Those of an account that are not over, the latest used first. */
    public List<Session> of(String account) throws StoreException {
        Instant now = now();
        return store.of(account).stream()
                .filter(session -> !session.isOver(now))
                .sorted((a, b) -> b.lastUsed().compareTo(a.lastUsed()))
                .toList();
    }

    /**
     * Ends a session, and denies its access tokens everywhere.
     *
     * @return whether it was there
     */
    public boolean end(String id) throws StoreException {
        return store.end(id, now().plus(limits.denial()));
    }

    /** Ends those sessions of an account that there are now, but not {@code except}; later logins are not concerned. */
    public void endAll(String account, Optional<String> except) throws StoreException {
        for (Session session : store.of(account)) {
            if (!except.equals(Optional.of(session.id()))) {
                end(session.id());
            }
        }
    }

    /** Denies one access token, until it has expired for everybody: verifiers take one for a while after its {@code exp}. */
    public void deny(String tokenId) throws StoreException {
        store.deny(tokenId, now().plus(limits.denial()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** As stores keep it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
