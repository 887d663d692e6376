package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.example.Servers.Make;
import io.mapae.example.WebServer.Deployment;
import io.mapae.testkit.JwksServer;
import io.mapae.testkit.TestKey;
import jakarta.security.auth.message.config.AuthConfigFactory;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one application means to the server and to its other applications: nothing. */
class DeploymentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int REDEPLOYMENTS = 20;
    private static final Servers SERVERS = Servers.start();

    /** Of one key id: only the keys themselves tell them apart. */
    private static final TestKey ONE = TestKey.rsa().withKeyId("same");

    private static final TestKey OTHER = TestKey.otherRsa().withKeyId("same");

    @AfterAll
    static void stop() throws Exception {
        SERVERS.stop();
    }

    @ParameterizedTest
    @EnumSource
    void twoApplicationsShareNothing(Make make) throws Exception {
        WebServer server = SERVERS.get(make);
        Deployment one = server.deploy("/one", trusting(ONE));
        Deployment two = server.deploy("/two", trusting(OTHER));

        assertThat(status(server, "/one", ONE)).isEqualTo(200);
        assertThat(status(server, "/two", OTHER)).isEqualTo(200);
        assertThat(status(server, "/one", OTHER)).isEqualTo(401);
        assertThat(status(server, "/two", ONE)).isEqualTo(401);

        Http.post(boards(server, "/one"), Tokens.GOOD.of(ONE), "Hello, one");
        assertThat(Http.get(boards(server, "/one"), Tokens.GOOD.of(ONE)).body()).contains("Hello, one");
        assertThat(Http.get(boards(server, "/two"), Tokens.GOOD.of(OTHER)).body())
                .isEqualTo("{\"posts\":[]}");

        one.undeploy();
        assertThat(status(server, "/two", OTHER)).isEqualTo(200);
        two.undeploy();
    }

    @ParameterizedTest
    @EnumSource
    void anotherKeyComesWithTheNextDeployment(Make make) throws Exception {
        WebServer server = SERVERS.get(make);
        server.deploy("/again", trusting(ONE)).undeploy();
        Deployment second = server.deploy("/again", trusting(OTHER));
        assertThat(status(server, "/again", ONE)).isEqualTo(401);
        assertThat(status(server, "/again", OTHER)).isEqualTo(200);
        second.undeploy();
        assertThat(status(server, "/again", OTHER)).isEqualTo(404);
    }

    /** Every other time with keys from the network, and so with a thread and a bean. */
    @ParameterizedTest
    @EnumSource
    void nothingStaysOfManyRedeployments(Make make) throws Exception {
        List<WeakReference<ClassLoader>> left = new ArrayList<>();
        try (JwksServer issuer = JwksServer.start(ONE)) {
            Map<String, String> fetching =
                    Map.of("mapae.jwks-uri", issuer.jwksUri().toString());
            for (int i = 0; i < REDEPLOYMENTS; i++) {
                left.add(usedAndUndeployed(make, i % 2 == 0 ? fetching : trusting(ONE)));
            }
        }
        assertThat(beans()).isEmpty();
        assertThat(registrations()).isEmpty();
        assertThat(staying(() -> threads(thread -> thread.getName().startsWith("mapae-"))))
                .isEmpty();
        assertThat(staying(() -> reachable(SERVERS.get(make), left))).isEmpty();
    }

    /** What is there even after a while. */
    private static <T> List<T> staying(Supplier<List<T>> there) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<T> found = there.get();
        while (!found.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(50);
            found = there.get();
        }
        return found;
    }

    /** Their names: they themselves would hold on to them. */
    private static List<String> reachable(WebServer server, List<WeakReference<ClassLoader>> left) {
        Http.get(server.base(), ""); // Jetty's selector holds its last connection until the next one comes
        System.gc();
        return left.stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .map(ClassLoader::toString)
                .toList();
    }

    /** A method of its own, so that no local variable keeps anything. */
    private static WeakReference<ClassLoader> usedAndUndeployed(Make make, Map<String, String> settings)
            throws Exception {
        WebServer server = SERVERS.get(make);
        Deployment deployment = server.deploy("/leaving", settings);
        URI boards = boards(server, "/leaving");
        for (Tokens token : Tokens.values()) {
            Http.get(URI.create(server.base() + "/leaving/api/profile"), token.of(ONE));
            Http.post(boards, token.of(ONE), "Hello");
            Http.get(boards, token.of(ONE));
        }
        assertThat(Http.get(boards, Tokens.GOOD.of(ONE)).statusCode()).isEqualTo(200);
        assertThat(beans()).isNotEmpty();
        assertThat(registrations()).hasSize(make == Make.TOMCAT ? 1 : 0); // Jetty 12.0 cannot be told of callers
        ClassLoader classes = deployment.classes();
        deployment.undeploy();
        assertThat(staying(() -> threads(thread -> thread.getContextClassLoader() == classes)))
                .isEmpty();
        return new WeakReference<>(classes);
    }

    private static Set<ObjectName> beans() throws JMException {
        return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("io.mapae:*"), null);
    }

    /** Of all applications that tell their container of callers; embedded servers share the list. */
    private static String[] registrations() {
        return AuthConfigFactory.getFactory().getRegistrationIDs(null);
    }

    private static List<Thread> threads(Predicate<Thread> those) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(those)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aMisspeltSettingIsNamed(Make make) {
        Map<String, String> settings = Map.of("mapae.isuer", "x", "mapae.public-key", ONE.publicPem());
        assertThatThrownBy(() -> SERVERS.get(make).deploy("/broken", settings))
                .hasStackTraceContaining("context-param mapae.isuer: unknown, did you mean mapae.issuer?");
        assertThat(status(SERVERS.get(make), "/broken", ONE)).isEqualTo(404);
    }

    private static Map<String, String> trusting(TestKey key) {
        return Map.of("mapae.public-key", key.publicJwk());
    }

    private static int status(WebServer server, String path, TestKey key) {
        HttpResponse<String> response =
                Http.get(URI.create(server.base() + path + "/api/profile"), Tokens.GOOD.of(key));
        return response.statusCode();
    }

    private static URI boards(WebServer server, String path) {
        return URI.create(server.base() + path + "/api/boards");
    }
}
