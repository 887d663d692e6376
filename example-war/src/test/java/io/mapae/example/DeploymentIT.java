package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.example.Servers.Make;
import io.mapae.example.WebServer.Deployment;
import io.mapae.testkit.JwksServer;
import io.mapae.testkit.TestKey;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one application means to the server and to its other applications: nothing. */
class DeploymentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
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

    @ParameterizedTest
    @EnumSource
    void nothingStaysAfterUndeployment(Make make) throws Exception {
        nothingStays(SERVERS.get(make), trusting(ONE));
    }

    @ParameterizedTest
    @EnumSource
    void norWithKeysFromTheNetwork(Make make) throws Exception {
        try (JwksServer issuer = JwksServer.start(ONE)) {
            nothingStays(
                    SERVERS.get(make), Map.of("mapae.jwks-uri", issuer.jwksUri().toString()));
        }
        assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("io.mapae:*"), null))
                .isEmpty();
    }

    private static void nothingStays(WebServer server, Map<String, String> settings) throws Exception {
        WeakReference<ClassLoader> classes = usedAndUndeployed(server, settings);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (classes.get() != null && System.nanoTime() < deadline) {
            Http.get(server.base(), ""); // Jetty's selector holds its last connection until the next one comes
            System.gc();
            Thread.sleep(50);
        }
        assertThat(classes.get()).isNull();
    }

    /** A method of its own, so that no local variable keeps anything. */
    private static WeakReference<ClassLoader> usedAndUndeployed(WebServer server, Map<String, String> settings)
            throws Exception {
        Deployment deployment = server.deploy("/leaving", settings);
        URI boards = boards(server, "/leaving");
        for (Tokens token : Tokens.values()) {
            Http.get(URI.create(server.base() + "/leaving/api/profile"), token.of(ONE));
            Http.post(boards, token.of(ONE), "Hello");
            Http.get(boards, token.of(ONE));
        }
        assertThat(Http.get(boards, Tokens.GOOD.of(ONE)).statusCode()).isEqualTo(200);
        ClassLoader classes = deployment.classes();
        deployment.undeploy();
        assertThat(threadsOf(classes)).isEmpty();
        return new WeakReference<>(classes);
    }

    private static List<Thread> threadsOf(ClassLoader classes) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getContextClassLoader() == classes)
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
