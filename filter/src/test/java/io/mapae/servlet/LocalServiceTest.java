package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.config.LocalService.Publication;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import io.mapae.revocation.RevocationSource;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An application with a token service beside the filter, on every server. */
@ParameterizedClass
@EnumSource
class LocalServiceTest {
    private static final TestKey KEY = TestKey.rsa();
    private static final TokenBuilder VALID = TokenBuilder.signedBy(KEY);
    private static final List<Container.Running> RUNNING = new ArrayList<>();

    private final Container.Running server = RUNNING.get(0);

    LocalServiceTest(Container container) {
        assertThat(container).isNotNull();
    }

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        Map<String, String> params = new HashMap<>(App.settings(KEY));
        params.remove("public-key");
        params.put("jwks-uri", "service:");
        List<Runnable> takeBack = new ArrayList<>();
        App app = App.at("/app")
                .bearer(params)
                .servlet("/auth/*", Servlets.who("service"))
                .servlet("/auth/start", Servlets.of((request, response) -> {
                    ServletContext context = request.getServletContext();
                    takeBack.add(SharedMapae.service(context)
                            .publish(new Publication(
                                    TokenBuilder.ISSUER,
                                    List.of(TokenBuilder.AUDIENCE),
                                    keys(),
                                    LocalServiceTest::nobodyAsks)));
                    Servlets.write(response, "started");
                }))
                .servlet("/auth/end", Servlets.of((request, response) -> {
                    takeBack.remove(0).run();
                    Servlets.write(response, "ended");
                }))
                .servlet("/*", Servlets.who("application"))
                .initializer((classes, context) -> SharedMapae.service(context).claim("/auth/**"))
                .withInitializer();
        RUNNING.add(container.start(app));
    }

    private static KeySource keys() {
        try {
            return KeyLocation.open(
                    TestKey.jwks(KEY),
                    KeyFormat.JWK_SET,
                    LocalServiceTest.class.getClassLoader(),
                    InstantSource.system());
        } catch (IOException | InvalidKeyException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static RevocationSource nobodyAsks() {
        throw new AssertionError("nobody asks for revocations");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        RUNNING.remove(0).close();
    }

    @ParameterizedTest(name = "{0} with {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/auth/login | Bearer EXPIRED  | 200",
                "/auth/login | Bearer a.b.c    | 200",
                "/auth/login | Bearer          | 200",
                "/auth       | Bearer x, Bearer y | 200",
                "/auth/login | none            | 200",
                "/authors    | none            | 401",
                "/a          | Bearer a.b.c    | 401"
            })
    void hasItsPathsToItself(String path, String authorization, int status) throws Exception {
        String value = authorization.replace("EXPIRED", VALID.expiresIn(-3600).text());
        Wire.Reply reply = authorization.equals("none")
                ? server.ask("POST", "/app" + path)
                : server.ask("POST", "/app" + path, "Authorization: " + value);
        assertThat(reply.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void hasItsKeysUsedWhileItRuns(int time) throws Exception {
        assertThat(time).isPositive();
        String token = "Authorization: Bearer " + VALID.text();
        assertThat(server.ask("GET", "/app/a", token).status()).isEqualTo(503);
        assertThat(server.ask("GET", "/app/auth/start").body()).isEqualTo("started");
        assertThat(server.ask("GET", "/app/a", token).status()).isEqualTo(200);
        assertThat(server.ask("GET", "/app/auth/end").body()).isEqualTo("ended");
        assertThat(server.ask("GET", "/app/a", token).status()).isEqualTo(503);
    }
}
