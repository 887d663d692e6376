package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.example.Servers.Make;
import io.mapae.example.WebServer.Deployment;
import io.mapae.testkit.JwksServer;
import io.mapae.testkit.JwksServer.Behaviour;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application whose issuer is elsewhere, and not always well. */
class NetworkKeysIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TestKey KEY = TestKey.rsa();
    private static final Servers SERVERS = Servers.start();

    private final JwksServer issuer = JwksServer.start(KEY);

    @AfterEach
    void close() {
        issuer.close();
    }

    @AfterAll
    static void stop() throws Exception {
        SERVERS.stop();
    }

    private Map<String, String> settings() {
        return Map.of("mapae.jwks-uri", issuer.jwksUri().toString());
    }

    private static HttpResponse<String> profile(Make make, TestKey key) {
        return Http.get(URI.create(SERVERS.get(make).base() + "/network/api/profile"), Tokens.GOOD.of(key));
    }

    private static void awaitStatus(int status, Make make, TestKey key) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (profile(make, key).statusCode() != status) {
            assertThat(System.nanoTime()).as("no " + status + " in time").isLessThan(end);
            Thread.sleep(100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void startsWhileItsIssuerIsDownAndRecovers(Make make) throws Exception {
        issuer.down();
        Deployment application = SERVERS.get(make).deploy("/network", settings());
        HttpResponse<String> refused = profile(make, KEY);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isEmpty();
        URI page = URI.create(SERVERS.get(make).base() + "/network/");
        assertThat(Http.get(page, "").statusCode()).isEqualTo(200);
        URI profile = page.resolve("api/profile");
        assertThat(Http.get(profile, "").statusCode()).isEqualTo(401);
        assertThat(Http.get(profile, "no.jwt").statusCode()).isEqualTo(401);
        issuer.up();
        awaitStatus(200, make, KEY);
        application.undeploy();
    }

    @ParameterizedTest
    @EnumSource
    void doesNotStartSoIfToldToFailFast(Make make) throws Exception {
        issuer.behave(Behaviour.STATUS_500);
        Set<Thread> before = keyThreads();
        Map<String, String> settings = Map.of("mapae.jwks-uri", issuer.jwksUri().toString(), "mapae.fail-fast", "true");
        assertThatThrownBy(() -> SERVERS.get(make).deploy("/network", settings))
                .hasStackTraceContaining(
                        "keys of issuer " + TokenBuilder.ISSUER + ": " + issuer.jwksUri() + ": HTTP status 500");
        assertThat(profile(make, KEY).statusCode()).isEqualTo(404);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!before.containsAll(keyThreads())) {
            assertThat(System.nanoTime()).as("the thread goes on").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static Set<Thread> keyThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("mapae-keys"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource
    void livesThroughAnOutageAndARotation(Make make) throws Exception {
        Deployment application = SERVERS.get(make).deploy("/network", settings());
        awaitStatus(200, make, KEY);
        issuer.behave(Behaviour.HANG);
        assertThat(profile(make, TestKey.otherRsa()).statusCode()).isEqualTo(503);
        assertThat(profile(make, KEY).statusCode()).isEqualTo(200);
        issuer.publish(KEY, TestKey.otherRsa());
        issuer.behave(Behaviour.GOOD);
        awaitStatus(200, make, TestKey.otherRsa());
        application.undeploy();
    }

    @ParameterizedTest
    @EnumSource
    void findsAnIssuerWhoseNameIsNotItsAddress(Make make) throws Exception {
        issuer.discovery("{\"issuer\":\"" + TokenBuilder.ISSUER + "\",\"jwks_uri\":\"" + issuer.jwksUri() + "\"}");
        Deployment application = SERVERS.get(make)
                .deploy(
                        "/network",
                        Map.of("mapae.discovery-uri", issuer.discoveryUri().toString()));
        awaitStatus(200, make, KEY);
        assertThat(issuer.discoveries()).isEqualTo(1);
        application.undeploy();
    }
}
