package io.mapae.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.keys.Download.Page;
import io.mapae.keys.JwksEndpoint.Limits;
import io.mapae.testkit.JwksServer;
import io.mapae.testkit.JwksServer.Behaviour;
import io.mapae.testkit.TestKey;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the head of a response decides, before there is a body. */
@Timeout(60)
class DownloadTest {
    private static final TestKey KEY = TestKey.ec("P-256");
    private static final int LENGTH = TestKey.jwks(KEY).length();
    private static final KeyThread THREAD = new KeyThread();
    private static final HttpClient CLIENT = new Transport(
                    Optional.empty(), Optional.of(HttpClient.Builder.NO_PROXY), false)
            .client(Duration.ofSeconds(5), THREAD::execute);

    private final JwksServer server = JwksServer.start(KEY);

    @AfterEach
    void close() {
        server.close();
    }

    @AfterAll
    static void end() {
        THREAD.close();
    }

    private static CompletableFuture<Page> begin(URI address, Duration deadline, int maxSize) {
        Limits limits = new Limits(
                Optional.empty(), Duration.ZERO, Duration.ofSeconds(5), deadline, Duration.ofSeconds(5), 1, maxSize);
        CompletableFuture<Page> result = new CompletableFuture<>();
        THREAD.soon(() -> {
            var unused = Download.of(address, CLIENT, THREAD, Map.of(), limits).whenComplete((page, failure) -> {
                if (failure == null) {
                    result.complete(page);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        });
        return result;
    }

    /** {@code read}, or the reason why not. */
    private static String outcome(CompletableFuture<Page> download) throws Exception {
        try {
            download.get(10, TimeUnit.SECONDS);
            return "read";
        } catch (ExecutionException failed) {
            return Download.reason(new CompletionException(failed.getCause()));
        }
    }

    /** Nothing of the body ever comes: what the head does not settle, the deadline does. */
    @ParameterizedTest(name = "{0} bytes beyond the limit, {1} s -> {2}")
    @CsvSource({"-1, 0.3, no answer within PT0.3S", "0, 0.3, no answer within PT0.3S", "1, 60, TOO LONG"})
    void refusesByTheHeadAloneWhatItSaysIsTooLong(int beyond, String seconds, String outcome) throws Exception {
        server.behave(Behaviour.HANG_AFTER_HEADERS);
        int limit = LENGTH - beyond;
        assertThat(outcome(begin(server.jwksUri(), Duration.parse("PT" + seconds + "S"), limit)))
                .isEqualTo(outcome.replace("TOO LONG", "more than " + limit + " bytes"));
    }

    @Test
    void hangsUpOnWhatIsTooLong() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            var download =
                    begin(URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/"), Duration.ofSeconds(60), 10);
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("GET / HTTP/1.1\r\n");
            }
            assertThat(outcome(download)).isEqualTo("more than 10 bytes");
        }
    }

    @ParameterizedTest(name = "status {0}, Content-Length {1} -> {2}")
    @CsvSource(
            nullValues = "none",
            value = {
                "200, none, undecided",
                "200, 0, undecided",
                "200, 1000, undecided",
                "200, 1001, more than 1000 bytes",
                "200, 9223372036854775807, more than 1000 bytes",
                "200, 9223372036854775808, undecided",
                "200, -1001, undecided",
                "200, '', undecided",
                "200, 1001x, undecided",
                "200, '1001, 1001', undecided",
                "200, 0x1001, undecided",
                "500, 1001, ''",
                "302, none, ''",
            })
    void leavesToTheBytesWhatTheHeadDoesNotSay(int status, @Nullable String length, String outcome) throws Exception {
        Map<String, List<String>> headers = length == null ? Map.of() : Map.of("Content-Length", List.of(length));
        CompletableFuture<byte[]> body =
                BoundedBody.of(head(status, headers), 1000).getBody().toCompletableFuture();
        assertThat(body.handle((bytes, failure) -> failure == null
                                ? new String(bytes, StandardCharsets.US_ASCII)
                                : Download.reason(failure))
                        .getNow("undecided"))
                .isEqualTo(outcome);
    }

    private static ResponseInfo head(int status, Map<String, List<String>> headers) {
        return new ResponseInfo() {
            @Override
            public int statusCode() {
                return status;
            }

            @Override
            public HttpHeaders headers() {
                return HttpHeaders.of(headers, (name, value) -> true);
            }

            @Override
            public HttpClient.Version version() {
                return HttpClient.Version.HTTP_2;
            }
        };
    }
}
