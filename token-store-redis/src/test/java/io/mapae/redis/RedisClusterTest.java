package io.mapae.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.replay.ReplayStore;
import io.mapae.service.session.Session;
import io.mapae.service.session.SessionStore;
import io.mapae.service.session.SessionStoreContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Everything once on a cluster of three nodes, of which we name two. */
class RedisClusterTest extends SessionStoreContract {
    private static final int SLOTS = 16_384;

    private final List<TestRedis> nodes = Stream.generate(() -> new TestRedis("cluster-enabled yes", "masterauth p-w"))
            .limit(3)
            .toList();

    private final String address =
            nodes.stream().limit(2).map(TestRedis::address).collect(Collectors.joining(","));
    private Optional<Redis> redis = Optional.empty();

    @Override
    protected SessionStore open() throws Exception {
        if (redis.isEmpty()) {
            form();
            redis = Optional.of(Redis.open(address));
        }
        return new RedisSessions(redis.get());
    }

    private void form() throws Exception {
        for (int i = 0; i < nodes.size(); i++) {
            int mine = i;
            try (Redis node = Redis.open(nodes.get(i).address())) {
                if (!info(node).contains("cluster_slots_assigned:0")) {
                    return; // that was done before
                }
                String[] slots = IntStream.range(0, SLOTS)
                        .filter(slot -> slot % nodes.size() == mine)
                        .mapToObj(Integer::toString)
                        .toArray(String[]::new);
                command(node, "ADDSLOTS", slots);
                for (TestRedis other : nodes) {
                    command(node, "MEET", "127.0.0.1", Integer.toString(other.port()));
                }
            }
        }
        for (TestRedis each : nodes) {
            try (Redis node = Redis.open(each.address())) {
                for (int i = 0; !info(node).contains("cluster_state:ok") && i < 300; i++) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
        }
    }

    private static String info(Redis node) {
        return command(node, "INFO") instanceof byte[] text ? new String(text, US_ASCII) : "";
    }

    private static Object command(Redis node, String command, String... arguments) {
        return node.client()
                .executeCommand(
                        new CommandArguments(Command.CLUSTER).add(command).addObjects((Object[]) arguments));
    }

    @Override
    protected void close() {
        redis.ifPresent(Redis::close);
        redis = Optional.empty();
    }

    @AfterAll
    void end() {
        nodes.forEach(TestRedis::kill);
    }

    @Override
    protected Optional<Denial> denial(String kind, String denied) {
        Double until = redis.orElseThrow().client().zscore(Keys.DENIED, kind + ":" + denied);
        return Optional.ofNullable(until)
                .map(score -> new Denial(Instant.ofEpochMilli(score.longValue()), Optional.empty()));
    }

    @Test
    void nodesThatVerifyFollow() throws Exception {
        Instant until = Instant.now().plusSeconds(600);
        try (VerifyingNode node = new VerifyingNode(address, "revocation.poll", "PT1M")) {
            String id = fresh();
            assertThat(node.becomes(200, id, "t")).isTrue();
            open().end(id, until);
            assertThat(node.becomes(401, id, "t")).isTrue();
            String once = fresh();
            assertThat(node.status("/once", "s", once)).isEqualTo(200);
            assertThat(node.status("/once", "s", once)).isEqualTo(401);
        }
    }

    /** While the keys of a slot move from node to node, each command is sent where its keys are. */
    @Test
    void whatMovesToAnotherNodeIsThereAllTheTime() throws Exception {
        Session session = added();
        String slot = Integer.toString(JedisClusterCRC16.getSlot(Keys.SESSIONS));
        TestRedis from = nodes.get(Integer.parseInt(slot) % nodes.size());
        TestRedis to = nodes.get((Integer.parseInt(slot) + 1) % nodes.size());
        try (Redis source = Redis.open(from.address());
                Redis target = Redis.open(to.address())) {
            command(target, "SETSLOT", slot, "IMPORTING", id(source));
            command(source, "SETSLOT", slot, "MIGRATING", id(target));
            try {
                assertThat(open().find(session.id())).contains(session);
                assertThat(open().of(session.account())).containsExactly(session);
                move(source, to, Keys.SESSION + session.id());
                assertThat(open().find(session.id())).contains(session);
                move(source, to, Keys.ACCOUNT + session.account());
                assertThat(open().of(session.account())).containsExactly(session);
            } finally {
                command(source, "SETSLOT", slot, "STABLE");
                move(target, from, Keys.SESSION + session.id());
                move(target, from, Keys.ACCOUNT + session.account());
                command(target, "SETSLOT", slot, "STABLE");
            }
            assertThat(open().end(session.id(), NOW)).isTrue();
            assertThat(open().of(session.account())).isEmpty();
        }
    }

    private static String id(Redis node) {
        return new String((byte[]) command(node, "MYID"), US_ASCII);
    }

    private static void move(Redis source, TestRedis to, String key) {
        Object unused = source.client()
                .executeCommand(new CommandArguments(Command.MIGRATE)
                        .add("127.0.0.1")
                        .add(Integer.toString(to.port()))
                        .add(key)
                        .add("0")
                        .add("5000")
                        .add("AUTH")
                        .add("p-w"));
    }

    @Test
    void attemptsAndWhatIsKept() throws Exception {
        try (RedisStores stores = RedisStores.open(address);
                ReplayStore store = new RedisReplayStores()
                        .open(address, InstantSource.system())
                        .orElseThrow()) {
            assertThat(stores.attempts().read(fresh())).isEmpty();
            String id = fresh();
            store.keep(id, "content", NOW.plusSeconds(600));
            assertThat(store.kept(id)).contains("content");
        }
    }
}
