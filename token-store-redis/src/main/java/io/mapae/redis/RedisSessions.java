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

/**
 * Each session a hash, each operation one script. Redis forgets a session by itself a day after it was over, so that clocks
 * may differ and {@link #purge} decides; a denial it forgets with all others, a day after the last of them.
 */
final class RedisSessions implements SessionStore {
    private static final Duration MARGIN = Duration.ofDays(1);
    private static final int PURGED_AT_ONCE = 500;

    private static final String READ = """
            local function read(id)
              return redis.call('HMGET', KEYS[1] .. id, 'id', 'account', 'device', 'transport', 'scopes', 'audiences',
                'created', 'endsAt', 'lastUsed', 'idleUntil', 'generation', 'current', 'previous', 'rotated')
            end
            """;

    private static final Script ADD = Script.of("""
            if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
            local id, over, expiry, ends, gone = unpack(ARGV, 1, 5)
            redis.call('HSET', KEYS[1], 'id', id, unpack(ARGV, 6))
            redis.call('PEXPIREAT', KEYS[1], expiry)
            redis.call('ZADD', KEYS[2], over, id)
            redis.call('ZADD', KEYS[3], ends, id)
            if redis.call('ZREVRANGE', KEYS[3], 0, 0)[1] == id then
              redis.call('PEXPIREAT', KEYS[3], gone)
            end
            return 1
            """);

    private static final Script FIND = Script.of(READ + "return read(ARGV[1])");

    private static final Script OF = Script.of(READ + """
            local all = {}
            for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
              local session = read(id)
              if session[1] then all[#all + 1] = session end
            end
            return all
            """);

    private static final Script REPLACE = Script.of("""
            local id, generation, current, over, expiry = unpack(ARGV, 1, 5)
            local now = redis.call('HMGET', KEYS[1], 'generation', 'current')
            if now[1] ~= generation or now[2] ~= current then return 0 end
            redis.call('HSET', KEYS[1], unpack(ARGV, 6))
            redis.call('PEXPIREAT', KEYS[1], expiry)
            redis.call('ZADD', KEYS[2], over, id)
            return 1
            """);

    private static final String REMOVE = """
            local function remove(sessions, session, account, id)
              local of = redis.call('HGET', session .. id, 'account')
              redis.call('DEL', session .. id)
              redis.call('ZREM', sessions, id)
              if of then redis.call('ZREM', account .. of, id) end
              return of
            end
            """;

    private static final Script END = Script.of(REMOVE + RedisRevocations.DENY + """
            local there = remove(KEYS[3], KEYS[4], KEYS[5], ARGV[1])
            deny(KEYS[1], KEYS[2], ARGV[2], 'sid:' .. ARGV[1], ARGV[3], ARGV[4])
            return there and 1 or 0
            """);

    private static final Script DENY =
            Script.of(RedisRevocations.DENY + "deny(KEYS[1], KEYS[2], ARGV[2], 'jti:' .. ARGV[1], ARGV[3], ARGV[4])");

    private static final Script DENIED_UNTIL = Script.of("return redis.call('ZSCORE', KEYS[1], ARGV[1])");

    private static final Script PURGE = Script.of(REMOVE + """
            local before, limit = '(' .. ARGV[1], tonumber(ARGV[2])
            local over = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', before, 'LIMIT', 0, limit)
            for _, id in ipairs(over) do remove(KEYS[1], KEYS[2], KEYS[3], id) end
            local denied = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', before, 'LIMIT', 0, limit)
            if #denied > 0 then redis.call('ZREM', KEYS[4], unpack(denied)) end
            return (#over == limit or #denied == limit) and 1 or 0
            """);

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
                "created",
                millis(session.created()),
                "endsAt",
                millis(session.endsAt())));
        arguments.addAll(rotating(session));
        if (!did(
                ADD,
                List.of(Keys.SESSION + session.id(), Keys.SESSIONS, Keys.ACCOUNT + session.account()),
                arguments)) {
            throw new IllegalStateException("There is a session of this id");
        }
    }

    @Override
    public Optional<Session> find(String id) throws StoreException {
        return Session.isId(id)
                ? session(RedisStores.run(redis, FIND, List.of(Keys.SESSION), List.of(id)))
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
        return did(REPLACE, List.of(Keys.SESSION + before.id(), Keys.SESSIONS), arguments);
    }

    @Override
    public List<Session> of(String account) throws StoreException {
        if (!Session.isAccount(account)) {
            return List.of();
        }
        Object all = RedisStores.run(redis, OF, List.of(Keys.SESSION, Keys.ACCOUNT + account), List.of());
        return all instanceof List<?> sessions
                ? sessions.stream().flatMap(fields -> session(fields).stream()).toList()
                : List.of();
    }

    @Override
    public boolean end(String id, Instant denyUntil) throws StoreException {
        require(Session.isId(id));
        return did(
                END,
                List.of(Keys.DENIED, Keys.DENIALS, Keys.SESSIONS, Keys.SESSION, Keys.ACCOUNT),
                List.of(id, Keys.CHANNEL, millis(denyUntil), Long.toString(MARGIN.toMillis())));
    }

    @Override
    public void deny(String tokenId, Instant denyUntil) throws StoreException {
        require(Session.fits(tokenId, Session.MAX_TOKEN_ID));
        RedisStores.run(
                redis,
                DENY,
                List.of(Keys.DENIED, Keys.DENIALS),
                List.of(tokenId, Keys.CHANNEL, millis(denyUntil), Long.toString(MARGIN.toMillis())));
    }

    @Override
    public boolean isDenied(String tokenId, Instant now) throws StoreException {
        return Session.fits(tokenId, Session.MAX_TOKEN_ID)
                && RedisStores.run(redis, DENIED_UNTIL, List.of(Keys.DENIED), List.of("jti:" + tokenId))
                        instanceof String until
                && Double.parseDouble(until) > now.toEpochMilli();
    }

    @Override
    public void purge(Instant before) throws StoreException {
        boolean more;
        do {
            more = did(
                    PURGE,
                    List.of(Keys.SESSIONS, Keys.SESSION, Keys.ACCOUNT, Keys.DENIED),
                    List.of(millis(before), Integer.toString(PURGED_AT_ONCE)));
        } while (more);
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

    /** @param fields in the order of {@link #READ}; nothing but nulls if there is no such session */
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
                time(texts.get(6)),
                time(texts.get(8)),
                time(texts.get(9)),
                time(texts.get(7)),
                Long.parseLong(texts.get(10)),
                texts.get(11),
                Optional.of(texts.get(12)).filter(previous -> !previous.isEmpty()),
                time(texts.get(13))));
    }

    private static Instant time(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static List<String> split(String joined, String separator) {
        return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(separator, -1));
    }
}
