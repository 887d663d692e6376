package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.example.Servers.Make;
import io.mapae.testkit.TestKey;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be posted, and how it comes back. */
class BoardsIT {
    private static final Servers SERVERS = Servers.start();
    private static final TestKey KEY = TestKey.rsa();

    @BeforeAll
    static void deploy() throws Exception {
        SERVERS.with("", Map.of("mapae.public-key", KEY.publicPem()));
    }

    @AfterAll
    static void stop() throws Exception {
        SERVERS.stop();
    }

    @ParameterizedTest
    @EnumSource
    void anyTextComesBackAsItWas(Make make) {
        HttpResponse<String> posted = post(make, "\"quoted\" \\ <b>bold</b>\nmapae 마패 \u0001 😀");
        assertThat(posted.statusCode()).isEqualTo(201);
        String text =
                "\"author\":\"alice\",\"text\":\"\\\"quoted\\\" \\\\ <b>bold</b>\\nmapae 마패 \\u0001 😀\",\"at\":\"";
        assertThat(posted.body()).contains(text);
        HttpResponse<String> listed = Http.get(uri(make), Tokens.GOOD.of(KEY));
        assertThat(listed.body()).startsWith("{\"posts\":[{").endsWith("}]}").contains(text);
    }

    @ParameterizedTest
    @EnumSource
    void aTextHasAtMostSoManyBytes(Make make) {
        assertThat(post(make, "é".repeat(BoardResource.MAX_BYTES / 2)).statusCode())
                .isEqualTo(201);
        HttpResponse<String> refused = post(make, "a" + "é".repeat(BoardResource.MAX_BYTES / 2));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).isEqualTo("{\"problem\":\"a post has at most 2000 bytes\"}");
    }

    @ParameterizedTest
    @EnumSource
    void alsoWhereItsLengthIsNotSaidBefore(Make make) {
        byte[] body = "a".repeat(BoardResource.MAX_BYTES + 1).getBytes(StandardCharsets.US_ASCII);
        assertThat(Http.post(
                                uri(make),
                                Tokens.GOOD.of(KEY),
                                "text/plain",
                                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @EnumSource
    void onlyPlainTextInUtf8(Make make) {
        assertThat(type(make, "text/plain;charset=utf-8")).isEqualTo(201);
        assertThat(type(make, "TEXT/PLAIN")).isEqualTo(201);
        assertThat(type(make, "text/plain;charset=iso-8859-1")).isEqualTo(415);
        assertThat(type(make, "application/json")).isEqualTo(415);
        assertThat(post(make, " \n").statusCode()).isEqualTo(400);
        assertThat(Http.post(uri(make), Tokens.GOOD.of(KEY), "text/plain", BodyPublishers.ofByteArray(new byte[] {
                            (byte) 0xc3
                        }))
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    void theOldestPostsGo(Make make) {
        post(make, "the oldest");
        for (int i = 0; i < Board.MAX_POSTS; i++) {
            post(make, "newer");
        }
        String listed = Http.get(uri(make), Tokens.GOOD.of(KEY)).body();
        assertThat(listed).doesNotContain("the oldest");
        assertThat(listed.split("\"text\":\"newer\"", -1)).hasSize(Board.MAX_POSTS + 1);
    }

    @ParameterizedTest
    @EnumSource
    void aPostHasAnAddress(Make make) {
        URI address = URI.create(
                post(make, "to be read").headers().firstValue("Location").orElseThrow());
        assertThat(Http.get(address, Tokens.GOOD.of(KEY)).body()).contains("\"text\":\"to be read\"");
        assertThat(delete(address, Tokens.BARE)).isEqualTo(403);
        assertThat(Http.get(address, Tokens.GOOD.of(KEY)).statusCode()).isEqualTo(200);
        assertThat(delete(address, Tokens.GOOD)).isEqualTo(204);
        assertThat(Http.get(address, Tokens.GOOD.of(KEY)).statusCode()).isEqualTo(404);
        assertThat(delete(address, Tokens.GOOD)).isEqualTo(404);
    }

    private static int delete(URI address, Tokens token) {
        return Http.send(Http.request(address, token.of(KEY)).DELETE().build()).statusCode();
    }

    private static HttpResponse<String> post(Make make, String text) {
        return Http.post(uri(make), Tokens.GOOD.of(KEY), text);
    }

    private static int type(Make make, String type) {
        return Http.post(uri(make), Tokens.GOOD.of(KEY), type, BodyPublishers.ofString("Hello"))
                .statusCode();
    }

    private static URI uri(Make make) {
        return URI.create(SERVERS.get(make).base() + "/api/boards");
    }
}
