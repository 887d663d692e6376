package io.mapae.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.replay.ReplayStore;
import io.mapae.revocation.RevocationSource;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** {@code rediss:} trusts whom the JVM trusts, under the names of their certificates. */
@Timeout(120)
class RedisTlsTest {
    private static final String PASSWORD = "s3cret";
    private static final String HERE = "dns:localhost,ip:127.0.0.1";

    private final Optional<String> trustedBefore = Optional.ofNullable(System.getProperty("javax.net.ssl.trustStore"));

    @TempDir
    private Path directory;

    @AfterEach
    void trustAsBefore() {
        trustedBefore.ifPresentOrElse(RedisTlsTest::trust, () -> System.clearProperty("javax.net.ssl.trustStore"));
    }

    private static void trust(String file) {
        System.setProperty("javax.net.ssl.trustStore", file);
    }

    @ParameterizedTest(name = "trusted: {0}, certificate of {1}, asked as {2} -> {3}")
    @CsvSource(delimiter = '|', textBlock = """
            yes | dns:localhost,ip:127.0.0.1     | localhost | answers
            yes | dns:localhost,ip:127.0.0.1     | 127.0.0.1 | answers
            yes | dns:localhost                  | localhost | answers
            yes | dns:localhost                  | 127.0.0.1 | No subject alternative
            yes | dns:redis.example,ip:127.0.0.2 | localhost | No subject alternative
            yes | dns:redis.example,ip:127.0.0.2 | 127.0.0.1 | No subject alternative
            no  | dns:localhost,ip:127.0.0.1     | localhost | PKIX path building failed
            """)
    void isUsedBehindATrustedCertificateOfItsName(String trusted, String names, String host, String outcome)
            throws Exception {
        try (TlsFront front = front(names)) {
            if (trusted.equals("yes")) {
                trustTheFront();
            }
            String uri = uri(host, front.port());
            try (RedisStores stores = RedisStores.open(uri);
                    ReplayStore once = new RedisReplayStores()
                            .open(uri, InstantSource.system())
                            .orElseThrow();
                    RevocationSource revocations = new RedisRevocationProvider().open(uri)) {
                assertThat(outcome(() -> stores.sessions().find("x"))).contains(outcome);
                assertThat(outcome(() -> stores.attempts().read("x"))).contains(outcome);
                assertThat(outcome(() -> once.kept("x"))).contains(outcome);
                assertThat(outcome(() -> {
                            revocations.read(Instant.EPOCH, found -> {});
                            return "";
                        }))
                        .contains(outcome);
            }
        }
    }

    /** What is denied arrives long before the next reading, over a connection that waits for it. */
    @Test
    void nodesThatVerifyFollow() throws Exception {
        String id = UUID.randomUUID().toString();
        try (TlsFront front = front(HERE)) {
            trustTheFront();
            String uri = uri("localhost", front.port());
            try (RedisStores stores = RedisStores.open(uri);
                    VerifyingNode node = new VerifyingNode(uri, "revocation.poll", "PT1M")) {
                assertThat(node.becomes(200, id, id)).isTrue();
                assertThat(node.status("/once", id, id)).isEqualTo(200);
                assertThat(node.status("/once", id, id)).isEqualTo(401);
                stores.sessions().end(id, Instant.now().plusSeconds(600));
                assertThat(node.becomes(401, id, id)).isTrue();
            }
        }
    }

    /** Its only node is found as 127.0.0.1, whatever it was asked as. */
    @ParameterizedTest(name = "certificate of {0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            dns:localhost,ip:127.0.0.1 | answers
            dns:localhost              | No subject alternative
            """)
    void theNodesOfAClusterToo(String names, String outcome) throws Exception {
        try (TlsFront front = front(names)) {
            trustTheFront();
            TestRedis node = new TestRedis(
                    "cluster-enabled yes", "cluster-announce-ip 127.0.0.1", "cluster-announce-port " + front.port());
            try {
                form(node);
                front.leadTo(node);
                String uri = uri("localhost", front.port());
                try (RedisStores stores = RedisStores.open(uri + "," + uri)) {
                    assertThat(outcome(() -> stores.sessions().find("x"))).contains(outcome);
                }
            } finally {
                node.kill();
            }
        }
    }

    @Test
    void aClusterOfWhomNobodyTrustsIsNone() throws Exception {
        try (TlsFront front = front(HERE)) {
            String uri = uri("localhost", front.port());
            assertThat(outcome(() -> RedisStores.open(uri + "," + uri))).contains("PKIX path building failed");
        }
    }

    private static void form(TestRedis node) throws InterruptedException {
        try (Redis redis = Redis.open(node.address())) {
            cluster(redis, slots());
            for (int i = 0; !cluster(redis, "INFO").contains("cluster_state:ok") && i < 300; i++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static String[] slots() {
        return Stream.concat(Stream.of("ADDSLOTS"), IntStream.range(0, 16_384).mapToObj(Integer::toString))
                .toArray(String[]::new);
    }

    private static String cluster(Redis redis, String... arguments) {
        Object answer =
                redis.client().executeCommand(new CommandArguments(Command.CLUSTER).addObjects((Object[]) arguments));
        return answer instanceof byte[] text ? new String(text, US_ASCII) : "";
    }

    /** A bound that is wide enough for a busy machine. */
    @Test
    void whoDoesNotSpeakItIsNotWaitedForLong() throws Exception {
        try (RedisStores stores =
                RedisStores.open(uri("127.0.0.1", TestRedis.shared().port()))) {
            long begin = System.nanoTime();
            assertThat(outcome(() -> stores.sessions().find("x"))).contains("Redis does not answer");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isLessThan(3_000);
        }
    }

    private static String outcome(Callable<?> call) {
        try {
            call.call();
            return "answers";
        } catch (Exception failure) {
            return failure.toString();
        }
    }

    /** With the password. */
    private static String uri(String host, int port) {
        return TestRedis.uri().replaceFirst("redis:(.*)@.*", "rediss:$1@" + host + ":" + port);
    }

    // certificates

    /** Calls itself localhost as well, where no name is looked for. */
    private TlsFront front(String names) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Path log = directory.resolve("keytool.log");
        List<String> command = new ArrayList<>(List.of(tool.toString(), "-genkeypair", "-alias", "front"));
        command.addAll(List.of("-keystore", keys().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of("-dname", "CN=localhost", "-ext", "san=" + names));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s", Files.readString(log)).isZero();
        TlsFront front = new TlsFront(keys(), PASSWORD);
        front.leadTo(TestRedis.shared());
        return front;
    }

    private Path keys() {
        return directory.resolve("keys");
    }

    /** By a file without a password, which is what operators have for certificates. */
    private void trustTheFront() throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setCertificateEntry(
                "front",
                KeyStore.getInstance(keys().toFile(), PASSWORD.toCharArray()).getCertificate("front"));
        Path file = directory.resolve("trust");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        trust(file.toString());
    }
}
