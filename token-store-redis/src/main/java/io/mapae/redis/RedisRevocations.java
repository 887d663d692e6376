package io.mapae.redis;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.Tuple;

/**
 * What is denied, for a node that verifies tokens: all of it once, and then what is new. Messages only say that there is
 * something new, so that a lost one, which nobody notices, costs time until the next look and no denial.
 */
final class RedisRevocations {
    /** What stays in the stream: whoever missed more than this reads all of it again. */
    private static final int KEPT = 10_000;

    private static final int READ_AT_ONCE = 1000;

    /**
     * Of two times the later one stays. A number follows the one before: a gap, or another history after Redis lost
     * something, is seen by whoever reads on.
     */
    static final String DENY = """
            local function deny(denied, denials, channel, name, deadline, margin)
              redis.call('ZADD', denied, 'GT', deadline, name)
              local last = redis.call('ZREVRANGE', denied, 0, 0, 'WITHSCORES')[2]
              redis.call('PEXPIREAT', denied, string.format('%.0f', tonumber(last) + tonumber(margin)))
              local before = redis.call('XREVRANGE', denials, '+', '-', 'COUNT', 1)[1]
              local number = before and tonumber(string.match(before[1], '^%d+')) + 1 or 1
              redis.call('XADD', denials, 'MAXLEN', '~', KEPT, string.format('%.0f-0', number),
                'name', name, 'until', deadline)
              redis.call('PUBLISH', channel, name)
            end
            """.replace("KEPT", Integer.toString(KEPT));

    private final Redis redis;

    RedisRevocations(Redis redis) {
        this.redis = redis;
    }

    /**
     * One of them.
     *
     * @param kind {@code sid} or {@code jti}
     */
    record Denial(String kind, String denied, Instant until) {
        static Denial of(String name, long until) {
            int colon = name.indexOf(':');
            return new Denial(name.substring(0, colon), name.substring(colon + 1), Instant.ofEpochMilli(until));
        }
    }

    /** Up to where somebody has read: the last entry of the stream that they saw. */
    record Position(String id, Map<String, String> entry) {
        static final Position BEGIN = new Position("0-0", Map.of());
    }

    /** What was read, and where to go on. */
    record Read(List<Denial> denials, Position position) {}

    /** All that is denied, what is over but not yet purged included. */
    Read load() throws IOException {
        try {
            // First the position: what comes meanwhile is perhaps read twice, but not missed.
            List<StreamEntry> last = redis.client().xrevrange(Keys.DENIALS, "+", "-", 1);
            Position position = last.isEmpty() ? Position.BEGIN : position(last.get(0));
            List<Denial> all = new ArrayList<>();
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<Tuple> page =
                        redis.client().zscan(Keys.DENIED, cursor, new ScanParams().count(READ_AT_ONCE));
                page.getResult().forEach(entry -> all.add(Denial.of(entry.getElement(), (long) entry.getScore())));
                cursor = page.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
            return new Read(all, position);
        } catch (JedisException failure) {
            throw Redis.failed(failure);
        }
    }

    /**
     * What was denied since then, some at a time: until none are read.
     *
     * @return empty if it cannot be told any more: all of it has to be loaded again
     */
    Optional<Read> since(Position position) throws IOException {
        try {
            // That entry first: if it is no longer there, or not the same, what follows is no continuation.
            List<StreamEntry> entries = redis.client().xrange(Keys.DENIALS, position.id(), "+", READ_AT_ONCE);
            List<StreamEntry> fresh;
            if (position.equals(Position.BEGIN)) {
                fresh = entries;
                if (!fresh.isEmpty() && !position(fresh.get(0)).id().equals("1-0")) {
                    return Optional.empty();
                }
            } else {
                if (entries.isEmpty() || !position(entries.get(0)).equals(position)) {
                    return Optional.empty();
                }
                fresh = entries.subList(1, entries.size());
            }
            List<Denial> denials =
                    fresh.stream().map(entry -> denial(entry.getFields())).toList();
            return Optional.of(new Read(denials, fresh.isEmpty() ? position : position(fresh.get(fresh.size() - 1))));
        } catch (JedisException failure) {
            throw Redis.failed(failure);
        }
    }

    /**
     * Calls {@code woken} at the beginning and whenever something was denied, on this thread, until the connection is lost,
     * be it by silence, or {@link Wakening#stop}.
     */
    void subscribe(Wakening woken) throws IOException {
        try {
            redis.client().subscribe(woken, Keys.CHANNEL);
        } catch (JedisException failure) {
            throw Redis.failed(failure);
        }
    }

    /** Something may be new. */
    static final class Wakening extends JedisPubSub {
        private final Runnable woken;
        private final AtomicBoolean unsubscribed = new AtomicBoolean();
        private volatile boolean stopped;

        Wakening(Runnable woken) {
            this.woken = woken;
        }

        @Override
        public void onSubscribe(String channel, int subscribedChannels) {
            if (stopped) {
                unsubscribeOnce();
            } else {
                woken.run();
            }
        }

        @Override
        public void onMessage(String channel, String message) {
            woken.run();
        }

        /** From another thread, for good: where it is not subscribed yet, as soon as it is. */
        void stop() {
            stopped = true;
            if (isSubscribed()) {
                unsubscribeOnce();
            }
        }

        /** After the first answer to it the connection is somebody else's. */
        private void unsubscribeOnce() {
            try {
                if (unsubscribed.compareAndSet(false, true)) {
                    unsubscribe();
                }
            } catch (JedisException lost) {
                // Then it has ended already.
            }
        }
    }

    private static Denial denial(Map<String, String> fields) {
        return Denial.of(fields.getOrDefault("name", ":"), Long.parseLong(fields.getOrDefault("until", "0")));
    }

    private static Position position(StreamEntry entry) {
        return new Position(entry.getID().toString(), entry.getFields());
    }
}
