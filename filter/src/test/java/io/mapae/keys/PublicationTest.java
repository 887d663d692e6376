package io.mapae.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.keys.JwksEndpoint.Limits;
import io.mapae.keys.Publication.Edition;
import io.mapae.testkit.JwksServer;
import io.mapae.testkit.JwksServer.Behaviour;
import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of one reading, over a real connection to a server that misbehaves. */
class PublicationTest {
    private static final TestKey KEY = TestKey.ec("P-256");
    private static final TestKey OTHER = TestKey.ec("P-384");
    private static final String METADATA = "/realms/demo/.well-known/openid-configuration";
    private static final KeyThread THREAD = new KeyThread();
    private static final Clients CLIENTS = new Clients(transport(false), THREAD::execute);

    private final JwksServer server = JwksServer.start("/realms/demo", KEY);
    private Duration deadline = Duration.ofSeconds(5);
    private int maxSize = 1 << 20;
    private Map<String, String> headers = Map.of();
    private Agenda agenda = THREAD;
    private Instant now = Instant.EPOCH;

    @AfterEach
    void close() {
        server.close();
    }

    @AfterAll
    static void end() {
        CLIENTS.close();
        THREAD.close();
    }

    private static Transport transport(boolean insecure) {
        return new Transport(Optional.empty(), Optional.of(HttpClient.Builder.NO_PROXY), insecure);
    }

    private Publication at(Optional<URI> keySet, List<URI> metadata) {
        Limits limits = new Limits(
                Optional.empty(), Duration.ZERO, Duration.ofSeconds(1), deadline, Duration.ofSeconds(5), 1, maxSize);
        return new Publication(
                new JwksEndpoint(server.issuer(), keySet, metadata, headers, limits),
                transport(false),
                CLIENTS,
                agenda,
                () -> now);
    }

    private Publication atKeySet() {
        return at(Optional.of(server.jwksUri()), List.of());
    }

    private Publication openId() {
        return at(Optional.empty(), List.of(server.discoveryUri()));
    }

    private String metadata(String jwksUri) {
        return filledIn("{\"issuer\":\"ISSUER\",\"jwks_uri\":\"SET\"}".replace("SET", jwksUri));
    }

    private String filledIn(String text) {
        return text.replace("ISSUER", server.issuer())
                .replace("SET", server.jwksUri().toString());
    }

    private Publication discovered() {
        URI rfc8414 = server.discoveryUri().resolve("/.well-known/oauth-authorization-server/realms/demo");
        return at(Optional.empty(), List.of(server.discoveryUri(), rfc8414));
    }

    /** The ids of the keys, or the reason why there are none; the server's origin is left out. */
    private String read(Publication publication) {
        try {
            return on(publication).get(10, TimeUnit.SECONDS).keys().ids().toString();
        } catch (ExecutionException failed) {
            String origin = server.discoveryUri().resolve("/").toString();
            return Download.reason(new CompletionException(failed.getCause())).replace(origin, "/");
        } catch (InterruptedException | TimeoutException stuck) {
            throw new AssertionError(stuck);
        }
    }

    private static CompletableFuture<Edition> on(Publication publication) {
        CompletableFuture<Edition> result = new CompletableFuture<>();
        THREAD.soon(() -> {
            var unused = publication.read().whenComplete((edition, failure) -> {
                if (failure == null) {
                    result.complete(edition);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        });
        return result;
    }

    // the key set

    private static Stream<Arguments> behaviours() {
        return Stream.of(
                Arguments.of(Behaviour.GOOD, "[ec-p256]"),
                Arguments.of(Behaviour.MALFORMED_ENTRY, "[ec-p256]"),
                Arguments.of(Behaviour.REDIRECT_SAME_ORIGIN, "[ec-p256]"),
                Arguments.of(Behaviour.STATUS_500, "HTTP status 500"),
                Arguments.of(Behaviour.STATUS_503, "HTTP status 503"),
                Arguments.of(Behaviour.STATUS_429, "HTTP status 429"),
                Arguments.of(Behaviour.STATUS_404, "HTTP status 404"),
                Arguments.of(Behaviour.HTML, "neither PEM nor a JSON object"),
                Arguments.of(Behaviour.EMPTY_SET, "no key that verifies signatures"),
                Arguments.of(
                        Behaviour.NO_SET,
                        "no key that verifies signatures: [a JWK that is malformed or of an unknown kty or crv]"),
                Arguments.of(Behaviour.CUT_JSON, "neither PEM nor a JSON object"),
                Arguments.of(Behaviour.HUGE, "more than 1048576 bytes"),
                Arguments.of(Behaviour.HUGE_CHUNKED, "more than 1048576 bytes"),
                Arguments.of(Behaviour.GZIP, "a compressed response, which was not asked for"),
                Arguments.of(Behaviour.REDIRECT_AWAY, "a redirect to another origin"),
                Arguments.of(Behaviour.REDIRECT_LOOP, "HTTP status 302"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("behaviours")
    void readsWhatIsGoodAndSaysWhatIsNot(Behaviour behaviour, String outcome) {
        server.behave(behaviour);
        String place = outcome.startsWith("[") ? "" : "/realms/demo/jwks.json: ";
        assertThat(read(atKeySet())).isEqualTo(place + outcome);
    }

    @ParameterizedTest
    @CsvSource({"TRUNCATED, fixed content-length", "GARBAGE, ProtocolException: Invalid status line"})
    void saysWhatTheClientSaysOfBrokenResponses(Behaviour behaviour, String said) {
        server.behave(behaviour);
        assertThat(read(atKeySet())).startsWith("/realms/demo/jwks.json: " + said);
    }

    @ParameterizedTest
    @CsvSource({"HANG", "HANG_AFTER_HEADERS", "SLOW_DRIP"})
    void theDeadlineCoversEverything(Behaviour behaviour) {
        deadline = Duration.ofMillis(300);
        server.behave(behaviour);
        assertThat(read(atKeySet())).isEqualTo("/realms/demo/jwks.json: no answer within PT0.3S");
    }

    /** Else every fetch would leave something behind: a connection at whose other end somebody keeps on sending. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                                     | no answer within PT0.5S
            HTTP/1.1 200 OK^Content-Length: 20^^                                   | no answer within PT0.5S
            HTTP/1.1 200 OK^Content-Length: 20^^{"keys"                            | no answer within PT0.5S
            HTTP/1.1 200 OK^Content-Length: 21^^                                   | more than 20 bytes
            HTTP/1.1 200 OK^X: y^^{"keys":[                      ]                 | more than 20 bytes
            HTTP/1.1 500 Oops^Content-Length: 5000^^                               | HTTP status 500
            HTTP/1.1 206 Part^Content-Length: 5000^^                               | HTTP status 206
            HTTP/1.1 304 Same^Connection: close^^                                  | HTTP status 304
            HTTP/1.1 302 Away^Content-Length: 5000^Location: https://a.example/^^  | a redirect to another origin
            HTTP/1.1 302 Away^Content-Length: 5000^^                               | HTTP status 302
            """)
    void closesTheConnectionWhoseAnswerItDoesNotWant(String said, String reason) throws Exception {
        deadline = Duration.ofMillis(500);
        maxSize = 20;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/k");
            CompletableFuture<Edition> reading = on(at(Optional.of(address), List.of()));
            try (Socket connection = listener.accept()) {
                connection.setSoTimeout(10_000);
                connection.getOutputStream().write(said.replace("^", "\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(reading)
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .havingRootCause()
                        .withMessage(address + ": " + reason);
                assertThat(isClosed(connection)).isTrue();
            }
        }
    }

    private static boolean isClosed(Socket connection) throws IOException {
        try {
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GOOD", "STATUS_503", "HUGE"})
    void leavesNoDeadlineBehind(Behaviour behaviour) {
        AtomicInteger timers = new AtomicInteger();
        agenda = (delay, task) -> {
            int timer = delay.isZero() ? 0 : 1;
            timers.addAndGet(timer);
            Runnable callOff = THREAD.after(delay, task);
            return () -> {
                timers.addAndGet(-timer);
                callOff.run();
            };
        };
        server.behave(behaviour);
        assertThat(read(atKeySet())).isNotEmpty();
        headers = Map.of("Host", "unfit");
        assertThat(read(atKeySet()))
                .isEqualTo("/realms/demo/jwks.json: IllegalArgumentException: restricted header name: \"Host\"");
        assertThat(timers).hasValue(0);
    }

    @Test
    void followsThreeRedirectsAtMost() {
        server.behave(Behaviour.REDIRECT_LOOP);
        assertThat(read(atKeySet())).isEqualTo("/realms/demo/jwks.json: HTTP status 302");
        assertThat(server.fetches()).isEqualTo(4);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/moved/realms/demo/jwks.json, [ec-p256]",
        "../../moved/realms/demo/jwks.json, [ec-p256]",
        "//127.0.0.1:PORT/moved/realms/demo/jwks.json, [ec-p256]",
        "//127.0.0.1:OTHER/jwks.json, a redirect to another origin",
        "//localhost:PORT/realms/demo/jwks.json, a redirect to another origin",
        "https://127.0.0.1:PORT/realms/demo/jwks.json, a redirect to another origin",
        "file:/etc/keys, a redirect to another origin",
        "mailto:keys@idp.example, a redirect to another origin",
        "http://[, HTTP status 302",
        "a b, HTTP status 302",
    })
    void followsRedirectsWithinItsOrigin(String location, String outcome) {
        try (JwksServer other = JwksServer.start(OTHER)) {
            server.behave(Behaviour.REDIRECT_SAME_ORIGIN);
            server.header(
                    "Location",
                    location.replace("PORT", "" + server.jwksUri().getPort())
                            .replace("OTHER", "" + other.jwksUri().getPort()));
            assertThat(read(atKeySet()))
                    .isEqualTo((outcome.startsWith("[") ? "" : "/realms/demo/jwks.json: ") + outcome);
        }
    }

    @Test
    void followsNoLocationOfAGoodResponse() {
        server.header("Location", "/nowhere");
        assertThat(read(atKeySet())).isEqualTo("[ec-p256]");
    }

    @Test
    void aServerThatIsDownIsSaidToBe() {
        server.down();
        assertThat(read(atKeySet())).startsWith("/realms/demo/jwks.json: ConnectException");
        server.up();
        assertThat(read(atKeySet())).isEqualTo("[ec-p256]");
    }

    @ParameterizedTest(name = "{0} bytes beyond the limit: {1}")
    @CsvSource({"0, true", "-1, true", "1, false"})
    void aBodyMayBeAsLongAsTheLimit(int beyond, boolean read) {
        maxSize = TestKey.jwks(KEY).length() - beyond;
        assertThat(read(atKeySet()))
                .isEqualTo(read ? "[ec-p256]" : "/realms/demo/jwks.json: more than " + maxSize + " bytes");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            max-age=60                    | PT1M
            public, max-age=3600          | PT1H
            Max-Age=60                    | PT1M
            max-age="60"                  | PT1M
            no-cache,max-age=0            | PT0S
            s-maxage=60                   | none
            xmax-age=60                   | none
            max-age=-1                    | none
            max-age=9999999999            | PT277777H46M39S
            private                       | none
            """)
    void tellsHowLongItMayBeUsed(String control, Duration maxAge) throws Exception {
        server.header("Cache-Control", control);
        assertThat(on(atKeySet()).get(5, TimeUnit.SECONDS).maxAge()).isEqualTo(Optional.ofNullable(maxAge));
    }

    /** RFC 9110 §5.3. */
    @Test
    void aHeaderMayHaveSeveralLines() throws Exception {
        server.header("Cache-Control", "public\r\nCache-Control: max-age=60");
        assertThat(on(atKeySet()).get(5, TimeUnit.SECONDS).maxAge()).contains(Duration.ofMinutes(1));
    }

    @Test
    void asksPlainlyAndWithTheHeadersOfTheSettings() {
        headers = Map.of("X-Api-Key", "k-1");
        assertThat(read(atKeySet())).isEqualTo("[ec-p256]");
        assertThat(server.lastProtocol()).isEqualTo("HTTP/1.1");
        assertThat(server.lastHeaders())
                .containsEntry("x-api-key", List.of("k-1"))
                .containsEntry("accept", List.of("application/json, application/jwk-set+json"))
                .doesNotContainKeys("upgrade", "http2-settings", "accept-encoding", "authorization", "cookie");
    }

    @Test
    void showsNothingSecretOfAnAddress() {
        URI address = URI.create("https://user:secret@idp.example:8443/a%20b?key=secret#x");
        assertThat(Download.place(address)).isEqualTo("https://idp.example:8443/a%20b");
        assertThat(Download.place(URI.create("https://idp.example/a"))).isEqualTo("https://idp.example/a");
    }

    @Test
    void showsForeignTextOnOneLineOfBoundedLength() {
        assertThat(Download.shown("a\nb\u202ec\u0000d", 64)).isEqualTo("a?b?c?d");
        assertThat(Download.shown("x".repeat(64), 64)).isEqualTo("x".repeat(64));
        assertThat(Download.shown("x".repeat(65), 64)).isEqualTo("x".repeat(64) + "...");
        assertThat(Download.reason(new IOException("x".repeat(501)))).isEqualTo("x".repeat(500) + "...");
    }

    // discovery

    @Test
    void findsTheSetByDiscoveryOnce() {
        Publication publication = discovered();
        assertThat(read(publication) + read(publication)).isEqualTo("[ec-p256][ec-p256]");
        assertThat(server.discoveries()).isEqualTo(1);
        assertThat(server.fetches()).isEqualTo(2);
    }

    @Test
    void findsItByTheMetadataOfRfc8414() {
        server.oauthMetadataOnly();
        assertThat(read(discovered())).isEqualTo("[ec-p256]");
        assertThat(server.discoveries()).isEqualTo(2);
    }

    @Test
    void saysWhatWasWrongInBothPlaces() {
        server.behaveAtDiscovery(Behaviour.HTML);
        assertThat(read(discovered()))
                .isEqualTo(METADATA + ": not a JSON object;"
                        + " /.well-known/oauth-authorization-server/realms/demo: HTTP status 404");
        assertThat(server.fetches()).isZero();
    }

    private static Stream<Arguments> behavioursOfMetadata() {
        return Stream.of(
                Arguments.of(Behaviour.GOOD, "[ec-p256]"),
                Arguments.of(Behaviour.REDIRECT_SAME_ORIGIN, "[ec-p256]"),
                Arguments.of(Behaviour.STATUS_500, "HTTP status 500"),
                Arguments.of(Behaviour.STATUS_503, "HTTP status 503"),
                Arguments.of(Behaviour.STATUS_429, "HTTP status 429"),
                Arguments.of(Behaviour.STATUS_404, "HTTP status 404"),
                Arguments.of(Behaviour.HTML, "not a JSON object"),
                Arguments.of(Behaviour.CUT_JSON, "not a JSON object"),
                Arguments.of(Behaviour.NO_SET, "its issuer is missing, but the settings say '/realms/demo'"),
                Arguments.of(Behaviour.MALFORMED_ENTRY, "its issuer is '42', but the settings say '/realms/demo'"),
                Arguments.of(Behaviour.HUGE, "more than 1048576 bytes"),
                Arguments.of(Behaviour.HUGE_CHUNKED, "more than 1048576 bytes"),
                Arguments.of(Behaviour.GZIP, "a compressed response, which was not asked for"),
                Arguments.of(Behaviour.REDIRECT_AWAY, "a redirect to another origin"),
                Arguments.of(Behaviour.REDIRECT_LOOP, "HTTP status 302"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("behavioursOfMetadata")
    void metadataIsHeldToWhatTheSetIs(Behaviour behaviour, String outcome) {
        server.behaveAtDiscovery(behaviour);
        boolean good = outcome.startsWith("[");
        assertThat(read(openId())).isEqualTo((good ? "" : METADATA + ": ") + outcome);
        assertThat(server.fetches()).isEqualTo(good ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_AFTER_HEADERS", "SLOW_DRIP"})
    void theDeadlineCoversTheMetadata(Behaviour behaviour) {
        deadline = Duration.ofMillis(300);
        server.behaveAtDiscovery(behaviour);
        assertThat(read(openId())).isEqualTo(METADATA + ": no answer within PT0.3S");
    }

    @ParameterizedTest(name = "{0} bytes beyond the limit: {1}")
    @CsvSource({"0, true", "-1, true", "1, false"})
    void metadataMayBeAsLongAsTheLimit(int beyond, boolean read) {
        String document = metadata(server.jwksUri().toString());
        maxSize = 2_000;
        server.discovery(document + " ".repeat(maxSize + beyond - document.length()));
        assertThat(read(openId())).isEqualTo(read ? "[ec-p256]" : METADATA + ": more than 2000 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "42",
                "[]",
                "\"https://idp.example\"",
                "[{\"issuer\":\"ISSUER\",\"jwks_uri\":\"SET\"}]",
                "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"SET\"}{}",
                "\uFEFF{\"issuer\":\"ISSUER\",\"jwks_uri\":\"SET\"}",
                "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"SET\",\"x\":[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]}"
            })
    void metadataIsOneJsonObject(String text) {
        server.discovery(filledIn(text));
        assertThat(read(openId())).isEqualTo(METADATA + ": not a JSON object");
    }

    /** What it says beside is of no concern, be it of the wrong type. */
    @Test
    void metadataMaySayMore() {
        server.discovery(filledIn("{\"keys\":1,\"issuer\":\"ISSUER\",\"x\":[[null]],\"jwks_uri\":\"SET\"}"));
        assertThat(read(openId())).isEqualTo("[ec-p256]");
    }

    @ParameterizedTest
    @EnumSource(names = {"GOOD", "STATUS_404", "HANG", "HUGE", "GZIP", "REDIRECT_AWAY", "GARBAGE"})
    void goesOnToTheNextPlaceWhateverIsWrongWithTheFirst(Behaviour behaviour) {
        deadline = Duration.ofSeconds(1);
        try (JwksServer stranger = JwksServer.start("/realms/demo", OTHER)) {
            stranger.behaveAtDiscovery(behaviour); // even GOOD is bad: it speaks of another issuer
            Publication publication = at(Optional.empty(), List.of(stranger.discoveryUri(), server.discoveryUri()));
            assertThat(read(publication)).isEqualTo("[ec-p256]");
            assertThat(stranger.discoveries()).isEqualTo(1);
            assertThat(stranger.fetches()).isZero();
        }
    }

    @Test
    void goesNoFurtherThanTheFirstGoodPlace() {
        server.behave(Behaviour.STATUS_503);
        Publication publication = at(Optional.empty(), List.of(server.discoveryUri(), server.discoveryUri()));
        assertThat(read(publication)).isEqualTo("/realms/demo/jwks.json: HTTP status 503");
        assertThat(server.discoveries()).isEqualTo(1);
    }

    @Test
    void asksForMetadataWithoutTheHeadersForTheSet() {
        headers = Map.of("X-Api-Key", "k-1");
        assertThat(read(at(Optional.empty(), List.of(server.jwksUri())))).contains("its issuer is missing");
        assertThat(server.lastHeaders()).containsKey("accept").doesNotContainKey("x-api-key");
    }

    @Test
    void showsForeignMetadataOnOneLineOfBoundedLength() {
        server.discovery("{\"issuer\":\"a\\nb" + "x".repeat(98) + "\"}");
        assertThat(read(openId())).startsWith(METADATA + ": its issuer is 'a?b" + "x".repeat(97) + "...', but");
    }

    @Test
    void readsTheMetadataAgainWhenItIsAnHourOld() {
        Publication publication = openId();
        assertThat(read(publication) + read(publication)).isEqualTo("[ec-p256][ec-p256]");
        now = now.plus(Duration.ofHours(1)).minusNanos(1);
        assertThat(read(publication)).isEqualTo("[ec-p256]");
        assertThat(server.discoveries()).isEqualTo(1);
        now = now.plusNanos(1);
        assertThat(read(publication)).isEqualTo("[ec-p256]");
        assertThat(server.discoveries()).isEqualTo(2);
    }

    /** Else whoever forged it for a moment would be trusted until the next start. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"STATUS_500, [ec-p256]", "HANG, [ec-p256]", "GOOD, refused"})
    void fallsBackOnTheLastPlaceOnlyWhereTheMetadataIsOutOfReach(Behaviour behaviour, String outcome) {
        deadline = Duration.ofMillis(500);
        Publication publication = openId();
        assertThat(read(publication)).isEqualTo("[ec-p256]");
        now = now.plus(Duration.ofHours(1));
        server.discovery("{\"issuer\":\"somebody else\"}");
        server.behaveAtDiscovery(behaviour);
        String read = read(publication);
        assertThat(read.startsWith(METADATA + ": its issuer is") ? "refused" : read)
                .isEqualTo(outcome);
    }

    @Test
    void sendsHeadersToNobodyWhomTheMetadataAloneNames() {
        headers = Map.of("X-Api-Key", "k-1");
        assertThat(read(openId())).isEqualTo("[ec-p256]");
        assertThat(server.lastHeaders()).containsKey("x-api-key");
        try (JwksServer elsewhere = JwksServer.start(KEY)) {
            server.discovery(metadata(elsewhere.jwksUri().toString()));
            assertThat(read(openId())).isEqualTo("[ec-p256]");
            assertThat(elsewhere.lastHeaders()).doesNotContainKey("x-api-key");
        }
    }

    /** As of JDK 25 the client never closes such a connection; from 21 on it can be shut down. */
    @Test
    void whatIsNoHttpLeavesNoConnectionsBehindWithoutEnd() {
        server.behave(Behaviour.GARBAGE);
        Publication publication = atKeySet();
        for (int i = 0; i < 3; i++) {
            assertThat(read(publication)).startsWith("/realms/demo/jwks.json: ProtocolException");
        }
        boolean leaks = Runtime.version().feature() < 21;
        String quiet = "no HTTP came from there; it is not asked again before 1970-01-01T00:01:00Z";
        server.behave(Behaviour.GOOD);
        assertThat(read(publication)).isEqualTo(leaks ? quiet : "[ec-p256]");
        now = now.plus(Duration.ofMinutes(1));
        assertThat(read(publication)).isEqualTo("[ec-p256]");
    }

    @Test
    void readsASetWhoseAddressHasMoreThanItNeeds() {
        server.discovery(metadata(server.jwksUri() + "#fragment"));
        assertThat(read(openId())).isEqualTo("[ec-p256]");
        server.behave(Behaviour.STATUS_404);
        assertThat(read(openId())).isEqualTo("/realms/demo/jwks.json: HTTP status 404");
    }

    @Test
    void readsNoSetWhereThereIsNoPort() {
        server.discovery(metadata("http://127.0.0.1:99999/k"));
        assertThat(read(openId())).startsWith("http://127.0.0.1:99999/k: IllegalArgumentException: ");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"issuer":"ISSUER/","jwks_uri":"SET"}          | its issuer is 'ISSUER/', but the settings say 'ISSUER'
            {"issuer":"https://other.example","jwks_uri":"SET"} | its issuer is 'https://other.example', but the settings say 'ISSUER'
            {"jwks_uri":"SET"}                             | its issuer is missing, but the settings say 'ISSUER'
            {"issuer":["ISSUER"],"jwks_uri":"SET"}         | its issuer is '[ISSUER]', but the settings say 'ISSUER'
            {"issuer":"ISSUER","issuer":"ISSUER","jwks_uri":"SET"} | not a JSON object
            {"issuer":"ISSUER"}                            | its jwks_uri is missing, or no text
            {"issuer":null,"jwks_uri":"SET"}               | its issuer is missing, but the settings say 'ISSUER'
            {"issuer":{"ISSUER":1},"jwks_uri":"SET"}       | its issuer is '{ISSUER=1}', but the settings say 'ISSUER'
            {"issuer":"ISSUER","jwks_uri":null}            | its jwks_uri is missing, or no text
            {"issuer":"ISSUER","jwks_uri":["SET"]}         | its jwks_uri is missing, or no text
            {"issuer":"ISSUER","jwks_uri":true}            | its jwks_uri is missing, or no text
            {"issuer":"ISSUER","jwks_uri":""}              | its jwks_uri is not https, but '' (see jwks-uri and insecure-http)
            {"issuer":"ISSUER","jwks_uri":42}              | its jwks_uri is missing, or no text
            {"issuer":"ISSUER","jwks_uri":"a b"}           | its jwks_uri is no address, but 'a b'
            {"issuer":"ISSUER","jwks_uri":"http://idp.example/k"} | its jwks_uri is not https, but 'http://idp.example/k' (see jwks-uri and insecure-http)
            {"issuer":"ISSUER","jwks_uri":"file:/etc/k"}   | its jwks_uri is not https, but 'file:/etc/k' (see jwks-uri and insecure-http)
            {"issuer":"ISSUER","jwks_uri":"ftp://127.0.0.1/k"} | its jwks_uri is not https, but 'ftp://127.0.0.1/k' (see jwks-uri and insecure-http)
            {"issuer":"ISSUER","jwks_uri":"jar:SET!/k"}    | its jwks_uri is not https, but 'jar:SET!/k' (see jwks-uri and insecure-http)
            {"issuer":"ISSUER","jwks_uri":"data:,{}"}      | its jwks_uri is no address, but 'data:,{}'
            {"issuer":"ISSUER","jwks_uri":"//127.0.0.1/k"} | its jwks_uri is not https, but '//127.0.0.1/k' (see jwks-uri and insecure-http)
            {"issuer":"ISSUER","jwks_uri":"http://127.0.0.1@idp.example/k"} | its jwks_uri is not https, but 'http://127.0.0.1@idp.example/k' (see jwks-uri and insecure-http)
            {"issuer":"ISSUER","jwks_uri":"/jwks.json"}    | its jwks_uri is not https, but '/jwks.json' (see jwks-uri and insecure-http)
            """)
    void believesNoMetadataOfSomebodyElse(String metadata, String reason) {
        server.discovery(filledIn(metadata));
        String origin = server.discoveryUri().resolve("/").toString();
        assertThat(read(openId())).isEqualTo(METADATA + ": " + filledIn(reason).replace(origin, "/"));
        assertThat(server.fetches()).isZero();
    }

    @Test
    void asksTheMetadataAgainWhenTheSetStopsAnswering() {
        Publication publication = discovered();
        assertThat(read(publication)).isEqualTo("[ec-p256]");
        try (JwksServer moved = JwksServer.start(OTHER)) {
            server.behave(Behaviour.STATUS_404);
            server.discovery(metadata(moved.jwksUri().toString()));
            assertThat(read(publication)).isEqualTo("/realms/demo/jwks.json: HTTP status 404");
            assertThat(read(publication)).isEqualTo("[ec-p384]");
            assertThat(server.discoveries()).isEqualTo(2);
        }
    }

    @Test
    void triesTheLastGoodPlaceWhereTheMetadataIsOutOfReachToo() {
        Publication publication = discovered();
        assertThat(read(publication)).isEqualTo("[ec-p256]");
        server.behaveAtDiscovery(Behaviour.STATUS_503);
        server.behave(Behaviour.STATUS_503);
        assertThat(read(publication)).isEqualTo("/realms/demo/jwks.json: HTTP status 503");
        server.behave(Behaviour.GOOD);
        assertThat(read(publication)).isEqualTo("[ec-p256]");
    }

    @ParameterizedTest(name = "{0}, insecure-http {1}: {2}")
    @CsvSource({
        "https://idp.example/k, false, true",
        "HTTPS://idp.example/k, false, true",
        "http://idp.example/k, false, false",
        "http://idp.example/k, true, true",
        "http://127.0.0.1:8080/k, false, true",
        "http://127.1.2.3/k, false, true",
        "http://localhost/k, false, true",
        "http://LOCALHOST/k, false, true",
        "http://[::1]:80/k, false, true",
        "http://localhost.example/k, false, false",
        "http://127.0.0.1.example/k, false, false",
        "http://10.0.0.1/k, false, false",
        "http://user@localhost@idp.example/k, false, false",
        "https://user@idp.example/k, false, false",
        "ftp://localhost/k, true, false",
        "https:/k, true, false",
        "https:k, true, false",
        "/k, true, false",
    })
    void believesWhatNobodyOnTheWayCanChange(String address, boolean insecure, boolean may) {
        assertThat(transport(insecure).mayReach(URI.create(address))).isEqualTo(may);
    }

    @ParameterizedTest(name = "{1} of metadata at {0}, insecure: {2} -> {3}")
    @CsvSource({
        "https://idp.example/m, https://other.example/k, false, true",
        "https://idp.example/m, http://127.0.0.1/k, false, false",
        "https://idp.example/m, http://127.0.0.1/k, true, true",
        "http://localhost/m, http://127.0.0.1/k, false, true",
        "http://localhost/m, https://other.example/k, false, true",
        "http://localhost/m, http://other.example/k, false, false",
    })
    void metadataThatCameSafelySendsNobodyToThisMachine(String from, String to, boolean insecure, boolean may) {
        assertThat(transport(insecure).mayReach(URI.create(to), URI.create(from)))
                .isEqualTo(may);
    }
}
