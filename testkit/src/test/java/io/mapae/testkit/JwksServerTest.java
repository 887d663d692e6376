package io.mapae.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mapae.testkit.JwksServer.Behaviour;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class JwksServerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final HttpClient FOLLOWER =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    private static final TestKey KEY = TestKey.ec("P-256");
    private static final TestKey OTHER = TestKey.ed25519();
    private static final String SET = TestKey.jwks(KEY);

    private final JwksServer server = JwksServer.start(KEY);

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource({
        "GOOD, 200, application/json, set",
        "STATUS_500, 500, application/json, set",
        "STATUS_503, 503, application/json, set",
        "STATUS_429, 429, application/json, set",
        "STATUS_404, 404, application/json, set",
        "EMPTY_SET, 200, application/json, '{\"keys\":[]}'",
        "NO_SET, 200, application/json, {}",
        "HTML, 200, text/html, <!DOCTYPE html><title>Log in</title><form><input name=user></form>",
    })
    void answer(Behaviour behaviour, int status, String type, String body) throws Exception {
        server.behave(behaviour);
        HttpResponse<String> response = fetch();
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().allValues("content-type")).containsExactly(type);
        assertThat(response.body()).isEqualTo(body.equals("set") ? SET : body);
        assertThat(server.fetches()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}: ''{1}''")
    @CsvSource({"'', http://127.0.0.1:PORT", "/realms/demo, http://127.0.0.1:PORT/realms/demo"})
    void addresses(String path, String issuer) throws Exception {
        try (JwksServer provider = JwksServer.start(path, KEY)) {
            assertThat(provider.issuer())
                    .isEqualTo(issuer.replace("PORT", "" + provider.jwksUri().getPort()));
            assertThat(provider.jwksUri()).hasToString(provider.issuer() + "/jwks.json");
            assertThat(provider.discoveryUri()).hasToString(provider.issuer() + "/.well-known/openid-configuration");
            assertThat(provider).hasToString("JwksServer[" + provider.issuer() + "]");
            assertThat(get(provider.jwksUri()).body()).isEqualTo(SET);
            assertThat(get(provider.discoveryUri()).body())
                    .isEqualTo(
                            "{\"issuer\":\"" + provider.issuer() + "\",\"jwks_uri\":\"" + provider.jwksUri() + "\"}");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/", "realms", "/realms/", "/a b", "/a?b", "/a#b", ":1/a"})
    void addressesThatAreNone(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> JwksServer.start(path, KEY));
    }

    @Test
    void rotation() throws Exception {
        server.publish(OTHER, KEY);
        assertThat(fetch().body()).isEqualTo(TestKey.jwks(OTHER, KEY));
        server.publish("anything \u20ac");
        assertThat(fetch().body()).isEqualTo("anything \u20ac");
        server.publish();
        assertThat(fetch().body()).isEqualTo("{\"keys\":[]}");
        assertThatIllegalStateException().isThrownBy(() -> server.publish(TestKey.hmac(32)));
    }

    @Test
    void discovery() throws Exception {
        server.discovery("{}");
        assertThat(get(server.discoveryUri()).body()).isEqualTo("{}");
        server.behaveAtDiscovery(Behaviour.MALFORMED_ENTRY);
        assertThat(get(server.discoveryUri()).body()).isEqualTo("{\"issuer\":42,\"jwks_uri\":[]}");
        server.behaveAtDiscovery(Behaviour.REDIRECT_SAME_ORIGIN);
        assertThat(FOLLOWER.send(request(server.discoveryUri()), BodyHandlers.ofString())
                        .body())
                .isEqualTo("{}");
        assertThat(server.discoveries()).isEqualTo(3);
        assertThat(server.redirectsFollowed()).isEqualTo(1);
        assertThat(server.fetches()).isZero();
    }

    @ParameterizedTest(name = "issuer with path ''{0}''")
    @ValueSource(strings = {"", "/realms/demo"})
    void placesOfDiscovery(String path) throws Exception {
        try (JwksServer provider = JwksServer.start(path, KEY)) {
            URI oauth = provider.discoveryUri().resolve("/.well-known/oauth-authorization-server" + path);
            provider.discovery("document");
            assertThat(get(oauth).statusCode()).isEqualTo(404);
            provider.oauthMetadataOnly();
            assertThat(get(oauth).body()).isEqualTo("document");
            assertThat(get(provider.discoveryUri()).statusCode()).isEqualTo(404);
            provider.behaveAtDiscovery(Behaviour.STATUS_503);
            assertThat(get(oauth).statusCode()).isEqualTo(503);
            assertThat(get(provider.discoveryUri()).statusCode()).isEqualTo(404);
            assertThat(provider.discoveries()).isEqualTo(5);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/", "/jwks", "/jwks.json/", "/moved", "/moved/jwks", "/movedjwks.json"})
    void elsewhere(String path) throws Exception {
        HttpResponse<String> response = get(server.jwksUri().resolve(path));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{}");
        assertThat(List.of(server.fetches(), server.discoveries(), server.redirectsFollowed()))
                .containsOnly(0);
    }

    @Test
    void responseHeaders() throws Exception {
        server.header("Cache-Control", "max-age=60");
        server.header("content-type", "application/jwk-set+json");
        server.behave(Behaviour.STATUS_503);
        assertThat(fetch().headers().map())
                .containsEntry("cache-control", List.of("max-age=60"))
                .containsEntry("content-type", List.of("application/jwk-set+json"));
        assertThat(get(server.discoveryUri()).headers().map()).doesNotContainKey("cache-control");
        server.header("cache-control", null);
        assertThat(fetch().headers().map()).doesNotContainKey("cache-control");
    }

    @Test
    void requestHeaders() throws Exception {
        assertThat(server.lastHeaders()).isEmpty();
        assertThat(server.lastProtocol()).isEmpty();
        HttpRequest request = HttpRequest.newBuilder(server.jwksUri())
                .header("X-Sent", "a")
                .header("X-Sent", "b")
                .build();
        CLIENT.send(request, BodyHandlers.discarding());
        get(server.discoveryUri());
        assertThat(server.lastHeaders())
                .containsEntry("x-sent", List.of("a", "b"))
                .containsKey("host");
        assertThat(server.lastProtocol()).isEqualTo("HTTP/1.1");
        try (Socket socket = ask("GET http://proxied.example/jwks.json?any=1 HTTP/1.0\r\n\r\n")) {
            assertThat(rest(socket)).endsWith("\r\n\r\n" + SET);
        }
        assertThat(server.lastHeaders()).isEmpty();
        assertThat(server.lastProtocol()).isEqualTo("HTTP/1.0");
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"\r\n\r\n", "GET /jwks.json\r\n\r\n", "GET /jwks.json HTTP/1.1\r\nno colon\r\n\r\n"})
    void requestsThatAreNone(String head) throws Exception {
        try (Socket socket = ask(head)) {
            assertThat(rest(socket)).isEmpty();
        }
        assertThat(server.fetches()).isZero();
    }

    @Test
    void exactCounts() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            responses.add(CLIENT.sendAsync(request(server.jwksUri()), BodyHandlers.ofString()));
            responses.add(CLIENT.sendAsync(request(server.discoveryUri()), BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> response : responses) {
            assertThat(response.get().statusCode()).isEqualTo(200);
        }
        assertThat(server.fetches()).isEqualTo(40);
        assertThat(server.discoveries()).isEqualTo(40);
    }

    @Test
    void hang() throws Exception {
        server.behave(Behaviour.HANG);
        try (Socket socket = ask()) {
            await(() -> server.fetches() == 1);
            server.behave(Behaviour.HANG);
            assertThat(server.connections()).isEqualTo(1);
            server.behave(Behaviour.GOOD);
            assertThat(rest(socket)).isEmpty();
        }
        assertThat(fetch().body()).isEqualTo(SET);
    }

    @Test
    void hangAtDiscovery() throws Exception {
        server.behaveAtDiscovery(Behaviour.HANG);
        try (Socket socket = ask("GET /.well-known/openid-configuration HTTP/1.1\r\n\r\n")) {
            await(() -> server.discoveries() == 1);
            server.behave(Behaviour.STATUS_500);
            assertThat(server.connections()).isEqualTo(1);
            server.behaveAtDiscovery(Behaviour.GOOD);
            assertThat(rest(socket)).isEmpty();
        }
    }

    @Test
    void hangAfterHeaders() throws Exception {
        server.behave(Behaviour.HANG_AFTER_HEADERS);
        try (Socket socket = ask()) {
            assertThat(head(socket)).startsWith("HTTP/1.1 200 ").contains("Content-Length: " + SET.length());
            server.behave(Behaviour.GOOD);
            assertThat(rest(socket)).isEmpty();
        }
    }

    @Test
    void slowDrip() throws Exception {
        server.behave(Behaviour.SLOW_DRIP);
        try (Socket socket = ask()) {
            assertThat(head(socket)).startsWith("HTTP/1.1 200 ").contains("Content-Length: " + SET.length());
            assertThat(text(socket.getInputStream().readNBytes(3))).isEqualTo(SET.substring(0, 3));
            server.behave(Behaviour.GOOD);
            assertThat(rest(socket)).hasSizeLessThan(SET.length() - 3);
        }
    }

    @Test
    void slowDripToTheEnd() throws Exception {
        server.publish("{}");
        server.behave(Behaviour.SLOW_DRIP);
        assertThat(fetch().body()).isEqualTo("{}");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"HANG", "HANG_AFTER_HEADERS", "SLOW_DRIP", "HUGE", "HUGE_CHUNKED"})
    void clientThatLeaves(Behaviour behaviour) throws Exception {
        server.behave(behaviour);
        Socket socket = ask();
        await(() -> server.fetches() == 1);
        assertThat(server.connections()).isEqualTo(1);
        socket.close();
        await(() -> server.connections() == 0);
    }

    @Test
    void truncated() throws Exception {
        server.behave(Behaviour.TRUNCATED);
        assertThatIOException().isThrownBy(this::fetch);
        try (Socket socket = ask()) {
            assertThat(head(socket)).contains("Content-Length: " + (SET.length() + 100));
            assertThat(rest(socket)).isEqualTo(SET);
        }
    }

    @Test
    void cutJson() throws Exception {
        server.behave(Behaviour.CUT_JSON);
        String body = fetch().body();
        assertThat(SET).startsWith(body).hasSizeGreaterThan(body.length());
        assertThatIllegalArgumentException().isThrownBy(() -> StrictJson.object(body.getBytes(UTF_8)));
    }

    @Test
    void huge() throws Exception {
        server.behave(Behaviour.HUGE);
        try (Socket socket = ask()) {
            assertThat(head(socket)).contains("Content-Length: 500000000");
            assertThat(text(socket.getInputStream().readNBytes(1_000_000))).isBlank();
        }
    }

    @Test
    void hugeChunked() throws Exception {
        server.behave(Behaviour.HUGE_CHUNKED);
        HttpResponse<InputStream> response = CLIENT.send(request(server.jwksUri()), BodyHandlers.ofInputStream());
        assertThat(response.headers().map())
                .containsEntry("transfer-encoding", List.of("chunked"))
                .doesNotContainKey("content-length");
        try (InputStream body = response.body()) {
            assertThat(text(body.readNBytes(1_000_000))).isBlank();
        }
        await(() -> server.connections() == 0);
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {3, 4, 65_538, 65_539, 65_540, 200_000})
    void endOfTheHuge(int length) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Answer.pad(length, "set".getBytes(UTF_8), out);
        assertThat(out.toString(UTF_8)).hasSize(length).isEqualTo(" ".repeat(length - 3) + "set");
    }

    @Test
    void gzip() throws Exception {
        server.behave(Behaviour.GZIP);
        HttpResponse<byte[]> response = CLIENT.send(request(server.jwksUri()), BodyHandlers.ofByteArray());
        assertThat(response.headers().allValues("content-encoding")).containsExactly("gzip");
        try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(text(body.readAllBytes())).isEqualTo(SET);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "REDIRECT_SAME_ORIGIN, http://127.0.0.1:PORT/moved/jwks.json",
        "REDIRECT_AWAY, http://localhost:PORT/moved/jwks.json",
        "REDIRECT_LOOP, http://127.0.0.1:PORT/jwks.json",
    })
    void redirect(Behaviour behaviour, String location) throws Exception {
        server.behave(behaviour);
        HttpResponse<String> response = fetch();
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().allValues("location"))
                .containsExactly(location.replace("PORT", "" + server.jwksUri().getPort()));
        assertThat(response.body()).isEmpty();
    }

    @Test
    void redirectFollowed() throws Exception {
        server.behave(Behaviour.REDIRECT_SAME_ORIGIN);
        HttpResponse<String> response = FOLLOWER.send(request(server.jwksUri()), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(SET);
        assertThat(server.fetches()).isEqualTo(1);
        assertThat(server.redirectsFollowed()).isEqualTo(1);
    }

    @Test
    void redirectFollowedInLoop() throws Exception {
        server.behave(Behaviour.REDIRECT_LOOP);
        assertThat(FOLLOWER.send(request(server.jwksUri()), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(302);
        assertThat(server.fetches()).isGreaterThan(1);
        assertThat(server.redirectsFollowed()).isZero();
    }

    @Test
    void malformedEntries() throws Exception {
        server.publish(KEY, OTHER);
        server.publish("raw");
        server.behave(Behaviour.MALFORMED_ENTRY);
        List<?> entries = (List<?>) Objects.requireNonNull(
                StrictJson.object(fetch().body().getBytes(UTF_8)).get("keys"));
        List<Object> malformed = List.of(
                "not an object",
                "{kty=unknown, kid=unknown-kty}",
                "{kty=EC, kid=unknown-crv, crv=P-999, x=AQ, y=AQ}",
                "{kid=no-kty}",
                "{kty=RSA, kid=no-modulus, e=AQAB}",
                "{kty=RSA, kid=42, alg=RS256, use=sig, n=..., e=AQAB}",
                "{kty=RSA, kid=encryption, alg=RS256, use=enc, n=..., e=AQAB}");
        assertThat(entries.stream().map(entry -> entry.toString().replaceFirst("n=[-\\w]{342}", "n=...")))
                .containsExactlyElementsOf(Stream.of(
                                malformed.stream(),
                                Stream.of(plain(KEY)),
                                malformed.stream(),
                                Stream.of(plain(OTHER)),
                                malformed.stream())
                        .flatMap(part -> part)
                        .map(Object::toString)
                        .toList());
    }

    @Test
    void garbage() throws Exception {
        server.behave(Behaviour.GARBAGE);
        assertThatIOException().isThrownBy(this::fetch);
        try (Socket socket = ask()) {
            assertThat(rest(socket)).isNotEmpty().doesNotContain("HTTP");
        }
    }

    @Test
    void downAndUp() throws Exception {
        server.behave(Behaviour.HANG);
        try (Socket socket = ask()) {
            await(() -> server.fetches() == 1);
            server.down();
            assertCut(socket);
        }
        server.down();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(this::fetch);
        assertThatExceptionOfType(ConnectException.class).isThrownBy(this::ask);
        server.behave(Behaviour.GOOD);
        for (int i = 0; i < 20; i++) {
            server.up();
            server.up();
            assertThat(fetch().body()).isEqualTo(SET);
            server.down();
            assertThatExceptionOfType(ConnectException.class).isThrownBy(this::ask);
        }
        assertThat(server.fetches()).isEqualTo(21);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"GOOD", "HANG", "HANG_AFTER_HEADERS", "SLOW_DRIP", "HUGE", "HUGE_CHUNKED"})
    void close(Behaviour behaviour) throws Exception {
        server.behave(behaviour);
        // of two clients one has asked and one has said nothing yet
        try (Socket asking = ask();
                Socket silent = ask("")) {
            await(() -> server.fetches() == 1);
            server.close();
            server.close();
            assertCut(asking);
            assertCut(silent);
        }
        assertThatExceptionOfType(ConnectException.class).isThrownBy(this::ask);
        String name = "jwks-server-" + server.jwksUri().getPort();
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals(name)));
    }

    @Test
    void closedForGood() {
        server.close();
        server.down();
        assertThatIllegalStateException().isThrownBy(server::up);
        assertThatExceptionOfType(ConnectException.class).isThrownBy(this::ask);
    }

    private HttpResponse<String> fetch() throws IOException, InterruptedException {
        return get(server.jwksUri());
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return CLIENT.send(request(uri), BodyHandlers.ofString());
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri).build();
    }

    private Socket ask() throws IOException {
        return ask("GET /jwks.json HTTP/1.1\r\nHost: any\r\n\r\n");
    }

    private Socket ask(String head) throws IOException {
        Socket socket = new Socket(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                server.jwksUri().getPort());
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
        return socket;
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        return head.toString();
    }

    private static String rest(Socket socket) throws IOException {
        return text(socket.getInputStream().readAllBytes());
    }

    /** At the end of what was sent already, by an orderly end or a reset. */
    private static void assertCut(Socket socket) {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static String plain(TestKey key) {
        Map<String, Object> members = StrictJson.object(key.publicJwk().getBytes(UTF_8));
        return members.toString();
    }

    /** Bounded by the time limit of the test. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }
}
