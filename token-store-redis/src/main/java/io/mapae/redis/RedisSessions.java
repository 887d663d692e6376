package io.mapae.redis;

import io.mapae.service.StoreException;
import io.mapae.service.session.Session;
import io.mapae.service.session.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Keyword;
import redis.clients.jedis.params.ZRangeParams;

/**
 * Each session a hash, each change one script, which is told every key that it touches. Redis forgets a session by itself a
 * day after it was over, so that clocks may differ and {@link #purge} decides; a denial it forgets with all others, a day
 * after the last of them.
 */
final class RedisSessions implements SessionStore {
    private static final Duration MARGIN = Duration.ofDays(1);
    private static final int PURGED_AT_ONCE = 500;

    private static final String[] FIELDS = {
        "id",
        "account",
        "device",
        "transport",
        "scopes",
        "audiences",
        "credentialVersion",
        "created",
        "endsAt",
        "lastUsed",
        "idleUntil",
        "generation",
        "current",
        "previous",
        "rotated"
    };

    private final Redis redis;

    RedisSessions(Redis redis) {
        this.redis = redis;
    }

    /** @throws IllegalStateException if there is a session of that id */
    @Override
    public void add(Session session) throws StoreException {
        List<String> arguments = new ArrayList<>(List.of(
                session.id(),
                millis(over(session)),
                millis(over(session).plus(MARGIN)),
                millis(session.endsAt()),
                millis(session.endsAt().plus(MARGIN)),
                "account",
                session.account(),
                "device",
                session.device(),
                "transport",
                session.transport().name(),
                "scopes",
                String.join(" ", session.scopes()),
                "audiences",
                String.join("\n", session.audiences()),
                "credentialVersion",
                Long.toString(session.credentialVersion()),
                "created",
                millis(session.created()),
                "endsAt",
                millis(session.endsAt())));
        arguments.addAll(rotating(session));
        if (!did(
                SessionScripts.ADD,
                List.of(Keys.SESSION + session.id(), Keys.SESSIONS, Keys.ACCOUNT + session.account()),
                arguments)) {
            throw new IllegalStateException("There is a session of this id");
        }
    }

    @Override
    public Optional<Session> find(String id) throws StoreException {
        return Session.isId(id)
                ? session(RedisStores.call(redis, open -> open.hmget(Keys.SESSION + id, FIELDS)))
                : Optional.empty();
    }

    @Override
    public boolean replace(Session before, Session after) throws StoreException {
        List<String> arguments = new ArrayList<>(List.of(
                before.id(),
                Long.toString(before.generation()),
                before.current(),
                millis(over(after)),
                millis(over(after).plus(MARGIN))));
        arguments.addAll(rotating(after));
        return did(SessionScripts.REPLACE, List.of(Keys.SESSION + before.id(), Keys.SESSIONS), arguments);
    }

    @Override
    public void adopt(String id, long credentialVersion) throws StoreException {
        if (Session.isId(id)) {
            var unused = RedisStores.run(
                    redis, SessionScripts.ADOPT, List.of(Keys.SESSION + id), List.of(Long.toString(credentialVersion)));
        }
    }

    @Override
    public List<Session> of(String account) throws StoreException {
        if (!Session.isAccount(account)) {
            return List.of();
        }
        List<String> ids = RedisStores.call(redis, open -> open.zrange(Keys.ACCOUNT + account, 0, -1));
        return !ids.isEmpty()
                        && RedisStores.run(redis, SessionScripts.READ, keys(Keys.SESSION, ids), List.of(FIELDS))
                                instanceof List<?> sessions
                ? sessions.stream().flatMap(fields -> session(fields).stream()).toList()
                : List.of();
    }

    /** Whose the session is has to be known before, as a cluster is told of every key that is touched. */
    @Override
    public boolean end(String id, Instant denyUntil) throws StoreException {
        require(Session.isId(id));
        String key = Keys.SESSION + id;
        List<String> arguments =
                List.of(id, Keys.CHANNEL, millis(denyUntil), Long.toString(MARGIN.toMillis()), Keys.ACCOUNT);
        while (true) {
            String account = RedisStores.call(redis, open -> open.hget(key, "account"));
            String ofAccount = Keys.ACCOUNT + (account == null ? "" : account);
            Object done = RedisStores.run(
                    redis,
                    SessionScripts.END,
                    List.of(Keys.DENIED, Keys.DENIALS, Keys.SESSIONS, key, ofAccount),
                    arguments);
            if (!Long.valueOf(-1).equals(done)) {
                return Long.valueOf(1).equals(done);
            }
        }
    }

    @Override
    public void deny(String tokenId, Instant denyUntil) throws StoreException {
        require(Session.fits(tokenId, Session.MAX_TOKEN_ID));
        RedisStores.run(
                redis,
                SessionScripts.DENY,
                List.of(Keys.DENIED, Keys.DENIALS),
                List.of(tokenId, Keys.CHANNEL, millis(denyUntil), Long.toString(MARGIN.toMillis())));
    }

    @Override
    public boolean isDenied(String tokenId, Instant now) throws StoreException {
        if (!Session.fits(tokenId, Session.MAX_TOKEN_ID)) {
            return false;
        }
        Double until = RedisStores.call(redis, open -> open.zscore(Keys.DENIED, "jti:" + tokenId));
        return until != null && until > now.toEpochMilli();
    }

    @Override
    public void purge(Instant before) throws StoreException {
        while (purgeSessions(millis(before)) == PURGED_AT_ONCE) {
            // and there are more
        }
        List<String> arguments = List.of(millis(before), Integer.toString(PURGED_AT_ONCE));
        while (Long.valueOf(PURGED_AT_ONCE)
                .equals(RedisStores.run(redis, SessionScripts.PURGE_DENIALS, List.of(Keys.DENIED), arguments))) {
            // and there are more
        }
    }

    /** How many were over. */
    private int purgeSessions(String before) throws StoreException {
        ZRangeParams over = new ZRangeParams(Keyword.BYSCORE, "-inf", "(" + before).limit(0, PURGED_AT_ONCE);
        List<String> ids = RedisStores.call(redis, open -> open.zrange(Keys.SESSIONS, over));
        List<String> sessions = keys(Keys.SESSION, ids);
        if (ids.isEmpty()
                || !(RedisStores.run(redis, SessionScripts.ACCOUNTS, sessions, List.of())
                        instanceof List<?> accounts)) {
            return 0;
        }
        List<String> keys = new ArrayList<>(List.of(Keys.SESSIONS));
        keys.addAll(sessions);
        keys.addAll(keys(Keys.ACCOUNT, accounts));
        List<String> arguments = new ArrayList<>(List.of(before));
        arguments.addAll(ids);
        var unused = RedisStores.run(redis, SessionScripts.PURGE_SESSIONS, keys, arguments);
        return ids.size();
    }

    private static List<String> keys(String prefix, List<?> names) {
        return names.stream().map(name -> prefix + name).toList();
    }

    private static void require(boolean storable) {
        if (!storable) {
            throw new IllegalArgumentException("an id that cannot be kept");
        }
    }

    private boolean did(Script script, List<String> keys, List<String> arguments) throws StoreException {
        return Long.valueOf(1).equals(RedisStores.run(redis, script, keys, arguments));
    }

    private static Instant over(Session session) {
        return session.idleUntil().isBefore(session.endsAt()) ? session.idleUntil() : session.endsAt();
    }

    private static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    /** The fields that a rotation changes. */
    private static List<String> rotating(Session session) {
        return List.of(
                "lastUsed",
                millis(session.lastUsed()),
                "idleUntil",
                millis(session.idleUntil()),
                "generation",
                Long.toString(session.generation()),
                "current",
                session.current(),
                "previous",
                session.previous().orElse(""),
                "rotated",
                millis(session.rotated()));
    }

    /** @param fields in the order of {@link #FIELDS}; nothing but nulls if there is no such session */
    private static Optional<Session> session(@Nullable Object fields) {
        if (!(fields instanceof List<?> list) || !(list.get(0) instanceof String)) {
            return Optional.empty();
        }
        List<String> texts = list.stream().map(String.class::cast).toList();
        return Optional.of(new Session(
                texts.get(0),
                texts.get(1),
                texts.get(2),
                Session.Transport.valueOf(texts.get(3)),
                new LinkedHashSet<>(split(texts.get(4), " ")),
                split(texts.get(5), "\n"),
                Long.parseLong(texts.get(6)),
                time(texts.get(7)),
                time(texts.get(9)),
                time(texts.get(10)),
                time(texts.get(8)),
                Long.parseLong(texts.get(11)),
                texts.get(12),
                Optional.of(texts.get(13)).filter(previous -> !previous.isEmpty()),
                time(texts.get(14))));
    }

    private static Instant time(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static List<String> split(String joined, String separator) {
        return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(separator, -1));
    }
}
