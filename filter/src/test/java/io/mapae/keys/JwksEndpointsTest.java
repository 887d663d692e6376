package io.mapae.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Header;
import io.mapae.keys.JwksEndpoint.Limits;
import io.mapae.testkit.JwksServer;
import io.mapae.testkit.JwksServer.Behaviour;
import io.mapae.testkit.TestKey;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole engine against a real server: its thread, its MBeans, outages and floods. */
@Timeout(60)
class JwksEndpointsTest {
    private static final TestKey A = TestKey.generate("P-256", "a");
    private static final TestKey B = TestKey.generate("P-256", "b");
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
    private static final Limits LIMITS = new Limits(
            Optional.empty(),
            Duration.ofHours(24),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            50,
            1 << 20);

    private final Set<Thread> others = Thread.getAllStackTraces().keySet();
    private final CapturedLog log = new CapturedLog("io.mapae");
    private final JwksServer server = JwksServer.start(A);
    private final List<JwksEndpoints> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(JwksEndpoints::close);
        server.close();
        log.close();
    }

    private JwksEndpoints endpoints() {
        JwksEndpoints endpoints = new JwksEndpoints(
                new Transport(Optional.empty(), Optional.of(HttpClient.Builder.NO_PROXY), false),
                InstantSource.system());
        opened.add(endpoints);
        return endpoints;
    }

    private JwksEndpoint endpoint() {
        return new JwksEndpoint(
                server.issuer(), Optional.of(server.jwksUri()), List.of(), Map.of("X-Key", "s3cret"), LIMITS);
    }

    private static String ask(KeySource keys, String kid) {
        Header header = new Header(Algorithm.ES256, Optional.of(kid), Optional.empty());
        try {
            return keys.candidates(header).isEmpty() ? "none" : "key";
        } catch (Exception outOfReach) {
            return outOfReach.getClass().getSimpleName();
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.call()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Those of this test alone. */
    private Set<String> threads() {
        Set<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (others.contains(thread)) {
                continue;
            }
            if (thread.getName().startsWith("mapae") || thread.getName().startsWith("HttpClient")) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    // the thread

    @Test
    void nothingRunsBeforeTheStartAndAllIsGoneAfterTheEnd() throws Exception {
        JwksEndpoints endpoints = endpoints();
        KeySource keys = endpoints.add(endpoint());
        endpoints.add(
                new JwksEndpoint("https://other.example", Optional.of(server.jwksUri()), List.of(), Map.of(), LIMITS));
        assertThat(threads()).isEmpty();
        endpoints.start("/app");
        await("keys", () -> ask(keys, "a").equals("key"));
        assertThat(threads())
                .hasSize(2)
                .anyMatch("mapae-keys"::equals)
                .anyMatch(name -> name.endsWith("SelectorManager"));
        endpoints.close();
        opened.clear();
        await("the end", () -> {
            System.gc(); // before JDK 21 a client ends when nothing refers to it
            return threads().isEmpty();
        });
        assertThat(ask(keys, "a")).isEqualTo("key");
        Header unknown = new Header(Algorithm.ES256, Optional.of("b"), Optional.empty());
        assertThatThrownBy(() -> keys.candidates(unknown))
                .isInstanceOf(KeysOutOfReachException.class)
                .hasMessage("shut down");
    }

    @Test
    void itsThreadsHoldNoClassLoaderOfAnApplication() throws Exception {
        ClassLoader mine = new ClassLoader(getClass().getClassLoader()) {};
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(mine);
        try {
            JwksEndpoints endpoints = endpoints();
            KeySource keys = endpoints.add(endpoint());
            endpoints.start("/app");
            await("keys", () -> ask(keys, "a").equals("key"));
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread != Thread.currentThread())
                    .extracting(Thread::getContextClassLoader)
                    .doesNotContain(mine);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** It is a property of the client. */
    @Test
    void eachConnectTimeoutNeedsAClientOfItsOwn() {
        JwksEndpoints endpoints = endpoints();
        endpoints.add(endpoint());
        Limits patient = new Limits(
                LIMITS.refreshAfter(),
                LIMITS.maxStale(),
                LIMITS.connectTimeout().plusSeconds(1),
                LIMITS.deadline(),
                LIMITS.cooldown(),
                LIMITS.maxWaiting(),
                LIMITS.maxSize());
        endpoints.add(
                new JwksEndpoint("https://other.example", Optional.of(server.jwksUri()), List.of(), Map.of(), patient));
        endpoints.start("/app");
        assertThat(endpoints.firstProblems()).isEmpty();
        assertThat(threads())
                .filteredOn(name -> name.endsWith("SelectorManager"))
                .hasSize(2);
    }

    @Test
    void endpointsWithoutAnyNeedNoThread() {
        JwksEndpoints endpoints = endpoints();
        endpoints.start("/app");
        assertThat(threads()).doesNotContain("mapae-keys");
        assertThat(endpoints.firstProblems()).isEmpty();
    }

    // the first fetch

    @Test
    void tellsWhatIsOutOfReachAtTheStart() throws Exception {
        server.behave(Behaviour.STATUS_503);
        JwksEndpoints endpoints = endpoints();
        KeySource keys = endpoints.add(endpoint());
        endpoints.start("/app");
        assertThat(endpoints.firstProblems())
                .containsExactly("keys of issuer " + server.issuer() + ": " + server.jwksUri() + ": HTTP status 503");
        server.behave(Behaviour.GOOD);
        await("recovery", () -> ask(keys, "a").equals("key"));
    }

    // outages and floods; how long things take is measured elsewhere

    @Test
    void anOutageIsNothingToKnownKeys() throws Exception {
        JwksEndpoints endpoints = endpoints();
        KeySource keys = endpoints.add(endpoint());
        endpoints.start("/app");
        assertThat(endpoints.firstProblems()).isEmpty();
        for (Behaviour outage : List.of(Behaviour.HANG, Behaviour.STATUS_500, Behaviour.HTML, Behaviour.EMPTY_SET)) {
            server.behave(outage);
            assertThat(refreshNow()).isIn("STALE", "under way");
            assertThat(inParallel(64, 1000, i -> ask(keys, "a"))).containsOnly("key");
        }
        server.down();
        assertThat(ask(keys, "a") + ask(keys, "b")).isEqualTo("keyKeysOutOfReachException");
    }

    @Test
    void manyUnknownKeysCostFewFetches() throws Exception {
        JwksEndpoints endpoints = endpoints();
        KeySource keys = endpoints.add(endpoint());
        endpoints.start("/app");
        assertThat(endpoints.firstProblems()).isEmpty();
        List<String> answers = inParallel(100, 500, i -> ask(keys, "unknown-" + i));
        assertThat(answers).hasSize(500).allMatch(answer -> answer.equals("none") || answer.startsWith("KeysOut"));
        assertThat(server.fetches()).isLessThanOrEqualTo(5);
        server.publish(A, B);
        await("the new key", () -> ask(keys, "b").equals("key"));
    }

    private interface Request {
        String of(int number);
    }

    private static List<String> inParallel(int threads, int requests, Request request) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<String>> all = IntStream.range(0, requests)
                    .<Callable<String>>mapToObj(i -> () -> request.of(i))
                    .toList();
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : pool.invokeAll(all)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }

    // JMX

    private ObjectName name(String rest) throws Exception {
        return new ObjectName(
                "io.mapae:type=Keys,application=\"/app\",issuer=" + ObjectName.quote(server.issuer()) + rest);
    }

    private String refreshNow() throws Exception {
        return (String) JMX.invoke(name(""), "refreshNow", new Object[0], new String[0]);
    }

    private Object attribute(String attribute) throws Exception {
        return JMX.getAttribute(name(""), attribute);
    }

    @Test
    void showsItsStateOnJmx() throws Exception {
        server.behave(Behaviour.STATUS_500);
        JwksEndpoints endpoints = endpoints();
        endpoints.add(endpoint());
        endpoints.start("/app");
        assertThat(endpoints.firstProblems()).hasSize(1);
        assertThat(attribute("State")).isEqualTo("EMPTY");
        assertThat(attribute("LastSuccess")).isEqualTo("");
        assertThat(attribute("LastError")).isEqualTo(server.jwksUri() + ": HTTP status 500");
        assertThat((String[]) attribute("KeyIds")).isEmpty();

        server.behave(Behaviour.MALFORMED_ENTRY);
        await("a fetch that is not the one before", () -> refreshNow().equals("FRESH"));
        assertThat((String[]) attribute("KeyIds")).containsExactly("a");
        assertThat((String[]) attribute("SkippedEntries")).contains("an entry that is no JWK");
        assertThat(attribute("LastError")).isEqualTo("");
        assertThat(Instant.parse((String) attribute("LastSuccess"))).isBefore(Instant.now());
        assertThat(Instant.parse((String) attribute("NextRefresh"))).isAfter(Instant.now());
        assertThat(attribute("Fetches")).isEqualTo((long) server.fetches());
        assertThat((long) attribute("Failures")).isEqualTo((long) attribute("Fetches") - 1);
        assertThat(attribute("TurnedAway")).isEqualTo(0L);

        server.publish(B);
        assertThat(refreshNow()).isEqualTo("FRESH");
        assertThat((String[]) attribute("KeyIds")).containsExactly("b");
    }

    @Test
    void namesakesStandSideBySideAndAllAreGoneAtTheEnd() throws Exception {
        for (int i = 0; i < 3; i++) {
            JwksEndpoints endpoints = endpoints();
            endpoints.add(endpoint());
            endpoints.start("/app");
        }
        assertThat(JMX.isRegistered(name(""))).isTrue();
        assertThat(JMX.isRegistered(name(",instance=2"))).isTrue();
        assertThat(JMX.isRegistered(name(",instance=3"))).isTrue();
        opened.forEach(JwksEndpoints::close);
        assertThat(JMX.queryNames(new ObjectName("io.mapae:*"), null)).isEmpty();
    }

    @Test
    void worksAllTheSameWhereJmxHasNoPlaceForIt() throws Exception {
        Set<ObjectName> taken = new HashSet<>();
        try {
            for (int i = 1; i <= 100; i++) {
                ObjectName name = name(i == 1 ? "" : ",instance=" + i);
                JMX.registerMBean(new StandardMBean(() -> {}, Runnable.class), name);
                taken.add(name);
            }
            JwksEndpoints endpoints = endpoints();
            KeySource keys = endpoints.add(endpoint());
            endpoints.start("/app");
            assertThat(endpoints.firstProblems()).isEmpty();
            assertThat(ask(keys, "a")).isEqualTo("key");
            assertThat(log.messages(Level.WARNING))
                    .containsExactly(
                            "Keys is not on JMX: javax.management.InstanceAlreadyExistsException: " + name(""));
            endpoints.close();
            assertThat(JMX.queryNames(new ObjectName("io.mapae:*"), null)).isEqualTo(taken);
        } finally {
            for (ObjectName name : taken) {
                JMX.unregisterMBean(name);
            }
        }
    }

    @Test
    void showsNoHeaderOfTheSettings() {
        assertThat(endpoint()).asString().doesNotContain("s3cret");
    }
}
