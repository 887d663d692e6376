package io.mapae.example.client;

import static io.mapae.example.client.Service.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.example.client.Service.Fate;
import io.mapae.example.client.Session.Refused;
import io.mapae.example.client.Session.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {
    private static Service service;

    private final Memory vault = new Memory();

    @BeforeAll
    static void start() throws Exception {
        service = new Service("PT10M");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @BeforeEach
    void nothingHappened() {
        service.seen.clear();
        service.fates.clear();
        service.refusals = new CountDownLatch(0);
    }

    @Test
    void loginAndACall() throws Exception {
        assertThat(login("alice").send(get("who")).body()).isEqualTo("alice");
        assertThat(service.seen).containsExactly("POST /app/auth/login 200", "GET /app/who 200");
        assertThat(vault.written).hasSize(1);
    }

    @Test
    void anExpiredTokenIsReplacedAndTheRequestRepeated() throws Exception {
        try (Service brief = new Service("PT3S")) {
            Session session = Session.login(brief.auth(), vault, "alice", PASSWORD, "test");
            brief.awaitRefusal(brief.issued.get(0));

            assertThat(session.send(get(brief, "who")).body()).isEqualTo("alice");
            assertThat(brief.seen)
                    .containsExactly(
                            "POST /app/auth/login 200",
                            "GET /app/who 401",
                            "POST /app/auth/refresh 200",
                            "GET /app/who 200");
        }
    }

    @Test
    void aRequestIsRepeatedWithItsBody() throws Exception {
        Session session = login("alice");
        service.revoke();
        HttpRequest post = HttpRequest.newBuilder(service.uri("who"))
                .header("Authorization", "Bearer of.an.other")
                .POST(BodyPublishers.ofString(" says hello"))
                .build();

        assertThat(session.send(post).body()).isEqualTo("alice says hello");
    }

    @Test
    void whatIsRefusedTwiceIsTheCallers() throws Exception {
        Session session = login("alice");

        assertThat(session.send(get("never")).statusCode()).isEqualTo(401);
        assertThat(service.count("POST /app/auth/refresh")).isEqualTo(1);
        assertThat(service.count("GET /app/never")).isEqualTo(2);
    }

    @Test
    void threadsShareOneRefresh() throws Exception {
        Session session = login("alice");
        service.revoke();
        service.refusals = new CountDownLatch(8);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<String> call = () -> session.send(get("who")).body();
            for (Future<String> answer : threads.invokeAll(Collections.nCopies(8, call))) {
                assertThat(answer.get()).isEqualTo("alice");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(service.count("GET /app/who 401")).isEqualTo(8);
        assertThat(service.count("GET /app/who 200")).isEqualTo(8);
        assertThat(service.count("POST /app/auth/refresh")).isEqualTo(1);
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() -> Session.login(service.auth(), vault, "alice", "wrong horse", "test"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.retryAfter).isZero())
                .hasMessage("invalid_grant");
        assertThat(vault.written).isEmpty();
    }

    @Test
    void whoGuessesHasToWait() {
        for (int failures = 0; failures < 10; failures++) {
            assertThatThrownBy(() -> Session.login(service.auth(), vault, "nobody", "wrong horse", "test"))
                    .hasMessage("invalid_grant");
        }

        assertThatThrownBy(() -> Session.login(service.auth(), vault, "nobody", "wrong horse", "test"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.retryAfter).isPositive())
                .hasMessage("slow_down");
    }

    @Test
    void aSessionThatAnotherEndedIsOver() throws Exception {
        Session session = login("alice");
        String token = service.issued.get(0);
        Session other = Session.login(service.auth(), new Memory(), "alice", PASSWORD, "another");
        other.send(HttpRequest.newBuilder(service.uri("auth/logout?everywhere=true"))
                .POST(BodyPublishers.noBody())
                .build());
        service.awaitRefusal(token);

        assertOver(session, "The session is over: ended elsewhere, or not used for too long");
        assertThat(vault.read()).isEmpty();
        service.seen.clear();
        assertOver(session, "The session is over: nobody is logged in");
        assertThat(service.seen).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ARRIVES")
    void aRefreshWithoutAnAnswerIsRepeated(Fate fate) throws Exception {
        Session session = login("alice");
        service.revoke();
        service.fates.add(fate);

        assertThat(session.send(get("who")).body()).isEqualTo("alice");
        assertThat(service.seen)
                .endsWith("POST /app/auth/refresh " + fate, "POST /app/auth/refresh 200", "GET /app/who 200");
    }

    @Test
    void aFailureLosesNothing() throws Exception {
        Session session = login("alice");
        service.revoke();
        Collections.addAll(service.fates, Fate.ANSWER_LOST, Fate.REQUEST_LOST);

        assertThatThrownBy(() -> session.send(get("who"))).isInstanceOf(IOException.class);
        assertThat(session.send(get("who")).body()).isEqualTo("alice");
    }

    @Test
    void afterALogoutNothingIsSent() throws Exception {
        Session session = login("alice");
        session.logout();
        assertThat(service.seen).endsWith("POST /app/auth/logout 204");
        service.seen.clear();

        session.logout();
        assertOver(session, "The session is over: nobody is logged in");
        assertThat(service.seen).isEmpty();
        assertThat(vault.read()).isEmpty();
    }

    @Test
    void aLogoutThatTheServiceDoesNotHearEndsTheSessionHere() throws Exception {
        Session session = login("alice");
        service.fates.add(Fate.UNAVAILABLE);

        assertThatThrownBy(session::logout).isInstanceOf(IOException.class);
        assertOver(session, "The session is over: nobody is logged in");
    }

    @Test
    void whoeverIsNextHasNothingToDoWithIt() throws Exception {
        Session alice = login("alice");
        alice.logout();
        Session bob = login("bob");

        assertOver(alice, "The session is over: nobody is logged in");
        alice.logout();
        service.revoke();
        assertThat(bob.send(get("who")).body()).isEqualTo("bob");
    }

    @Test
    void aSessionGoesOnWithWhatIsInTheVault() throws Exception {
        login("alice");
        Session next = new Session(service.auth(), vault);

        assertThat(next.send(get("who")).body()).isEqualTo("alice");
        assertThat(next.send(get("who")).body()).isEqualTo("alice");
        assertThat(service.count("POST /app/auth/refresh")).isEqualTo(1);
        assertThat(vault.written).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void anEmptyVaultIsNoSession() {
        assertOver(new Session(service.auth(), vault), "The session is over: nobody is logged in");
        assertThat(service.seen).isEmpty();
    }

    @Test
    void processesShareAVault() throws Exception {
        Session first = login("alice");
        Session second = new Session(service.auth(), vault);
        for (Session session : List.of(second, first)) {
            service.revoke();
            assertThat(session.send(get("who")).body()).isEqualTo("alice");
        }
    }

    @Test
    void otherOriginsGetNoToken() throws Exception {
        Session session = login("alice");
        for (String uri : List.of(
                "http://localhost:1/app/who",
                "http://" + service.auth().getAuthority() + "@evil.example/",
                "https://evil.example/")) {
            assertThatThrownBy(() ->
                            session.send(HttpRequest.newBuilder(URI.create(uri)).build()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void noTokenIsShown() throws Exception {
        StringWriter shown = new StringWriter();
        Session session = login("alice");
        shown.append(List.of(session).toString());
        service.revoke();
        for (Fate fate : List.of(Fate.ANSWER_LOST, Fate.PORTAL, Fate.UNAVAILABLE)) {
            Collections.addAll(service.fates, fate, fate);
            try {
                session.send(get("who"));
            } catch (IOException failure) {
                failure.printStackTrace(new PrintWriter(shown, true));
            }
        }
        session.logout();

        assertThat(shown.toString()).contains("No answer from http", "No tokens: HTTP 200", "No tokens: HTTP 503");
        assertThat(shown.toString()).doesNotContain(vault.written).doesNotContain(service.issued);
    }

    private Session login(String name) throws Exception {
        return Session.login(service.auth(), vault, name, PASSWORD, "test");
    }

    private static HttpRequest get(String path) {
        return get(service, path);
    }

    private static HttpRequest get(Service service, String path) {
        return HttpRequest.newBuilder(service.uri(path)).build();
    }

    private static void assertOver(Session session, String message) {
        assertThatThrownBy(() -> session.send(get("who")))
                .isInstanceOf(Refused.class)
                .hasMessage(message);
    }

    /** What a platform has something better for. */
    private static final class Memory implements Vault {
        private final List<String> written = new ArrayList<>();
        private Optional<String> current = Optional.empty();

        @Override
        public synchronized Optional<String> read() {
            return current;
        }

        @Override
        public synchronized void write(String refreshToken) {
            written.add(refreshToken);
            current = Optional.of(refreshToken);
        }

        @Override
        public synchronized void delete() {
            current = Optional.empty();
        }
    }
}
