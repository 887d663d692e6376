package io.mapae.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mapae.identity.CurrentCaller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What arrives at a service that is listed, and at one that is not. */
@Timeout(60)
class RelayingClientTest {
    /** A server that tells what it gets; {@code /away} leads to wherever {@code X-To} says. */
    private static final class Service implements AutoCloseable {
        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final HttpServer server;

        Service() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::serve);
            server.start();
        }

        private void serve(HttpExchange exchange) throws IOException {
            try (exchange) {
                String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().get("Authorization") + " "
                        + exchange.getRequestHeaders().get("X-Own") + " " + content);
                String to = exchange.getRequestHeaders().getFirst("X-To");
                if (to != null) {
                    exchange.getResponseHeaders().set("Location", to);
                }
                exchange.sendResponseHeaders(to == null ? 204 : 307, -1);
            }
        }

        String origin() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(origin() + path));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private Service listed;
    private Service other;
    private HttpClient plain;
    private HttpClient client;

    @BeforeEach
    void start() throws IOException {
        listed = new Service();
        other = new Service();
        plain = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(7))
                .build();
        client = BearerRelay.to(listed.origin()).over(plain);
    }

    @AfterEach
    void stop() {
        listed.close();
        other.close();
    }

    private static Runnable enter(Known caller) {
        return CurrentCaller.enter(() -> Optional.of(caller));
    }

    private HttpResponse<Void> sendAs(Known caller, HttpRequest request) throws Exception {
        Runnable leave = enter(caller);
        try {
            return client.send(request, BodyHandlers.discarding());
        } finally {
            leave.run();
        }
    }

    @Test
    void aListedServiceGetsTheToken() throws Exception {
        sendAs(Known.ALICE, listed.request("/a?b=c").build());
        sendAs(Known.BOB, listed.request("/").build());
        assertThat(listed.seen)
                .containsExactly("GET /a?b=c [Bearer token.of.alice] null ", "GET / [Bearer token.of.bob] null ");
    }

    @Test
    void anotherServiceDoesNot() throws Exception {
        sendAs(Known.ALICE, other.request("/a").build());
        URI byName = URI.create(listed.origin().replace("127.0.0.1", "localhost") + "/b");
        sendAs(Known.ALICE, HttpRequest.newBuilder(byName).build());
        assertThat(other.seen).containsExactly("GET /a null null ");
        assertThat(listed.seen).containsExactly("GET /b null null ");
    }

    @Test
    void withoutCallerOrTokenItIsThePlainRequest() throws Exception {
        HttpRequest request = listed.request("/a").build();
        client.send(request, BodyHandlers.discarding());
        sendAs(Known.FROM_A_SESSION, request);
        assertThat(listed.seen).containsExactly("GET /a null null ", "GET /a null null ");
    }

    @ParameterizedTest
    @CsvSource({"Authorization", "authorization", "AUTHORIZATION"})
    void anAuthorizationOfItsOwnStays(String name) throws Exception {
        sendAs(Known.ALICE, listed.request("/a").header(name, "Basic dTpw").build());
        assertThat(listed.seen).containsExactly("GET /a [Basic dTpw] null ");
    }

    @Test
    void theRestOfTheRequestStays() throws Exception {
        HttpRequest request = listed.request("/a")
                .method("PATCH", BodyPublishers.ofString("content"))
                .header("X-Own", "one")
                .header("X-Own", "two")
                .timeout(Duration.ofSeconds(9))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpRequest sent = sendAs(Known.ALICE, request).request();
        assertThat(listed.seen).containsExactly("PATCH /a [Bearer token.of.alice] [one, two] content");
        assertThat(sent.timeout()).hasValue(Duration.ofSeconds(9));
        assertThat(sent.version()).hasValue(HttpClient.Version.HTTP_1_1);
        assertThat(sent.expectContinue()).isFalse();
        assertThat(request.headers().map()).containsOnlyKeys("X-Own");
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "DELETE, ''", "POST, x", "PUT, x", "OPTIONS, ''"})
    void everyMethodStays(String method, String content) throws Exception {
        HttpRequest request = listed.request("/a")
                .method(method, content.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(content))
                .build();
        sendAs(Known.ALICE, request);
        assertThat(listed.seen).containsExactly(method + " /a [Bearer token.of.alice] null " + content);
    }

    @Test
    void doesNotFollowARedirect() throws Exception {
        HttpRequest request =
                listed.request("/away").header("X-To", other.origin() + "/b").build();
        HttpResponse<Void> response = sendAs(Known.ALICE, request);
        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(listed.seen).hasSize(1);
        assertThat(other.seen).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void onlyAClientThatFollowsNoRedirectsIsTaken(HttpClient.Redirect redirect) {
        HttpClient following = HttpClient.newBuilder().followRedirects(redirect).build();
        BearerRelay relay = BearerRelay.to(listed.origin());
        if (redirect == HttpClient.Redirect.NEVER) {
            assertThat(relay.over(following).followRedirects()).isEqualTo(redirect);
        } else {
            assertThatThrownBy(() -> relay.over(following))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a client that follows redirects");
        }
    }

    /** It is the thread that sends which knows who calls, and it may do something else before anything is sent. */
    @Test
    void laterIsStillInTheNameOfWhoSent() throws Exception {
        HttpRequest request = listed.request("/a").build();
        Runnable leaveAlice = enter(Known.ALICE);
        CompletableFuture<HttpResponse<Void>> one = client.sendAsync(request, BodyHandlers.discarding());
        leaveAlice.run();
        one.get(20, TimeUnit.SECONDS);
        Runnable leaveBob = enter(Known.BOB);
        CompletableFuture<HttpResponse<Void>> two =
                client.sendAsync(request, BodyHandlers.discarding(), (initiating, promised, accept) -> {});
        leaveBob.run();
        two.get(20, TimeUnit.SECONDS);
        client.sendAsync(request, BodyHandlers.discarding()).get(20, TimeUnit.SECONDS);
        assertThat(listed.seen)
                .containsExactly(
                        "GET /a [Bearer token.of.alice] null ",
                        "GET /a [Bearer token.of.bob] null ",
                        "GET /a null null ");
    }

    @Test
    void asynchronouslyAnotherServiceDoesNotGetItEither() throws Exception {
        Runnable leave = enter(Known.ALICE);
        HttpRequest request = other.request("/a").build();
        client.sendAsync(request, BodyHandlers.discarding()).get(20, TimeUnit.SECONDS);
        client.sendAsync(request, BodyHandlers.discarding(), (initiating, promised, accept) -> {})
                .get(20, TimeUnit.SECONDS);
        leave.run();
        assertThat(other.seen).containsExactly("GET /a null null ", "GET /a null null ");
    }

    @Test
    void isOtherwiseTheClientBehindIt() {
        assertThat(client.connectTimeout()).hasValue(Duration.ofSeconds(7));
        assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(client.sslContext()).isSameAs(plain.sslContext());
        assertThat(client.sslParameters().getProtocols())
                .isEqualTo(plain.sslParameters().getProtocols());
        assertThat(client.cookieHandler()).isEqualTo(plain.cookieHandler());
        assertThat(client.proxy()).isEqualTo(plain.proxy());
        assertThat(client.authenticator()).isEqualTo(plain.authenticator());
        assertThat(client.executor()).isEqualTo(plain.executor());
    }
}
