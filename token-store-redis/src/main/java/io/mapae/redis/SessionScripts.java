package io.mapae.redis;

/** What {@link RedisSessions} has Redis do in one step. Each is told every key that it touches, as a cluster demands it. */
final class SessionScripts {
    /** A second time it does nothing: it is sent again when its answer got lost. */
    static final Script ADD = Script.of("""
            if redis.call('EXISTS', KEYS[1]) == 1 then
              for i = 6, #ARGV, 2 do
                if redis.call('HGET', KEYS[1], ARGV[i]) ~= ARGV[i + 1] then return 0 end
              end
              return 1
            end
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

    /** The fields of each, but of those that are not there. */
    static final Script READ = Script.of("""
            local all = {}
            for _, key in ipairs(KEYS) do
              local session = redis.call('HMGET', key, unpack(ARGV))
              if session[1] then all[#all + 1] = session end
            end
            return all
            """);

    static final Script REPLACE = Script.of("""
            local id, generation, current, over, expiry = unpack(ARGV, 1, 5)
            local now = redis.call('HMGET', KEYS[1], 'generation', 'current')
            if now[1] ~= generation or now[2] ~= current then return 0 end
            redis.call('HSET', KEYS[1], unpack(ARGV, 6))
            redis.call('PEXPIREAT', KEYS[1], expiry)
            redis.call('ZADD', KEYS[2], over, id)
            return 1
            """);

    static final Script ADOPT = Script.of("""
            if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'credentialVersion', ARGV[1]) end
            """);

    /** Answers -1 where the session is another account's than that of the last key. */
    static final Script END = Script.of(RedisRevocations.DENY + """
            local id, channel, deadline, margin, prefix = unpack(ARGV)
            local account = redis.call('HGET', KEYS[4], 'account')
            if account and prefix .. account ~= KEYS[5] then return -1 end
            redis.call('DEL', KEYS[4])
            redis.call('ZREM', KEYS[3], id)
            redis.call('ZREM', KEYS[5], id)
            deny(KEYS[1], KEYS[2], channel, 'sid:' .. id, deadline, margin)
            return account and 1 or 0
            """);

    static final Script DENY =
            Script.of(RedisRevocations.DENY + "deny(KEYS[1], KEYS[2], ARGV[2], 'jti:' .. ARGV[1], ARGV[3], ARGV[4])");

    /** The account of each session, or nothing. */
    static final Script ACCOUNTS = Script.of("""
            local all = {}
            for i, key in ipairs(KEYS) do all[i] = redis.call('HGET', key, 'account') or '' end
            return all
            """);

    /** Of the sessions, each with its key and that of its account, those that are still over: others were used meanwhile. */
    static final Script PURGE_SESSIONS = Script.of("""
            local before, count = tonumber(ARGV[1]), #ARGV - 1
            for i = 1, count do
              local id = ARGV[i + 1]
              local over = redis.call('ZSCORE', KEYS[1], id)
              if over and tonumber(over) < before then
                redis.call('DEL', KEYS[i + 1])
                redis.call('ZREM', KEYS[1], id)
                redis.call('ZREM', KEYS[i + 1 + count], id)
              end
            end
            """);

    static final Script PURGE_DENIALS = Script.of("""
            local over = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1], 'LIMIT', 0, tonumber(ARGV[2]))
            if #over > 0 then redis.call('ZREM', KEYS[1], unpack(over)) end
            return #over
            """);

    private SessionScripts() {}
}
