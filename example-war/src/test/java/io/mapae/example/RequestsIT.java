package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.example.Servers.Make;
import io.mapae.testkit.TestKey;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every path with every kind of token, on each server. */
class RequestsIT {
    private static final Servers SERVERS = Servers.start();
    private static final TestKey KEY = TestKey.rsa();

    /** A request, and what becomes of it without a token, with a good one, and with one that has no rights. */
    private static final String TABLE = """
            GET    /                  PAGE      PAGE       PAGE
            GET    /index.html        PAGE      PAGE       PAGE
            GET    /assets/style.css  STYLE     STYLE      STYLE
            POST   /index.html        NO_TOKEN  ANY        ANY
            GET    /api/profile       NO_TOKEN  JSON       JSON
            POST   /api/profile       NO_TOKEN  NO_METHOD  NO_METHOD
            GET    /api/admin         NO_TOKEN  JSON       NO_ROLE
            GET    /api/admin/        NO_TOKEN  JSON       NO_ROLE
            GET    /api/admin/deeper  NO_TOKEN  JSON       NO_ROLE
            DELETE /api/admin         NO_TOKEN  NO_METHOD  NO_ROLE
            GET    /api/boards        NO_TOKEN  JSON       CANNOT_READ
            POST   /api/boards        NO_TOKEN  CREATED    CANNOT_WRITE
            PUT    /api/boards        NO_TOKEN  NO_METHOD  NO_METHOD
            DELETE /api/boards/0      NO_TOKEN  NOT_FOUND  NO_ROLE
            GET    /api/boards/0      NO_TOKEN  NOT_FOUND  CANNOT_READ
            GET    /api/none          NO_TOKEN  NOT_FOUND  NOT_FOUND
            """;

    private enum Outcome {
        PAGE(200, "text/html", ""),
        STYLE(200, "text/css", ""),
        JSON(200, "application/json", ""),
        CREATED(201, "application/json", ""),
        /** With a page or without, as the server likes. */
        NOT_FOUND(404, "", ""),
        NO_METHOD(405, "", ""),
        /** It is the server's own servlet that answers, each in its way. */
        ANY(0, "", ""),
        NO_TOKEN(401, "application/problem+json", ""),
        BAD_SIGNATURE(401, "invalid_token", "The signature cannot be trusted", ""),
        EXPIRED(401, "invalid_token", "The token has expired", ""),
        FOREIGN(401, "invalid_token", "The token is for another audience", ""),
        NO_ROLE(403, "insufficient_scope", "A role is missing", ""),
        CANNOT_READ(403, "insufficient_scope", "A scope is missing", ", scope=\"board:read\""),
        CANNOT_WRITE(403, "insufficient_scope", "A scope is missing", ", scope=\"board:write\"");

        private final int status;
        private final String mediaType;
        private final Optional<String> challenge;

        Outcome(int status, String mediaType, String parameters) {
            this.status = status;
            this.mediaType = mediaType;
            this.challenge = status == 401 || status == 403
                    ? Optional.of("Bearer realm=\"mapae-example\"" + parameters)
                    : Optional.empty();
        }

        Outcome(int status, String error, String description, String scope) {
            this(
                    status,
                    "application/problem+json",
                    ", error=\"" + error + "\", error_description=\"" + description + "\"" + scope);
        }
    }

    @BeforeAll
    static void deploy() throws Exception {
        SERVERS.with("/example", Map.of("mapae.public-key", KEY.publicPem()));
    }

    @AfterAll
    static void stop() throws Exception {
        SERVERS.stop();
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Make.values())
                .flatMap(make -> TABLE.lines().flatMap(line -> {
                    List<String> words = List.of(line.strip().split("\\s+"));
                    return Stream.of(
                                    Arguments.of(Tokens.NONE, Outcome.valueOf(words.get(2))),
                                    Arguments.of(Tokens.GOOD, Outcome.valueOf(words.get(3))),
                                    Arguments.of(Tokens.BARE, Outcome.valueOf(words.get(4))),
                                    // wherever they are sent, public or not
                                    Arguments.of(Tokens.ALTERED, Outcome.BAD_SIGNATURE),
                                    Arguments.of(Tokens.EXPIRED, Outcome.EXPIRED),
                                    Arguments.of(Tokens.FOREIGN, Outcome.FOREIGN))
                            .map(cell -> Arguments.of(make, words.get(0), words.get(1), cell.get()[0], cell.get()[1]));
                }));
    }

    @ParameterizedTest(name = "{0}: {1} {2} with token {3} -> {4}")
    @MethodSource("cells")
    void matrix(Make make, String method, String path, Tokens token, Outcome outcome) {
        HttpResponse<String> response = Http.send(Http.request(uri(make, path), token.of(KEY))
                .header("Content-Type", "text/plain")
                .method(method, method.equals("POST") ? BodyPublishers.ofString("Hello") : BodyPublishers.noBody())
                .build());
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        if (outcome == Outcome.ANY) {
            assertThat(response.statusCode()).isNotIn(401, 403).isLessThan(500);
        } else {
            assertThat(response.statusCode()).isEqualTo(outcome.status);
            assertThat(header(response, "Content-Type")).startsWith(outcome.mediaType);
        }
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEqualTo(outcome.challenge);
    }

    @ParameterizedTest
    @EnumSource
    void theProfileIsTheCallers(Make make) {
        HttpResponse<String> response = Http.get(uri(make, "/api/profile"), Tokens.GOOD.of(KEY));
        assertThat(response.body())
                .matches(
                        "\\{\"name\":\"alice\",\"issuer\":\"https://issuer.example\",\"roles\":\\[\"admin\",\"user\"\\],"
                                + "\"scopes\":\\[\"board:read\",\"board:write\"\\],\"expiresAt\":\"20[-0-9]+T[0-9:]+Z\"\\}");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @EnumSource
    void administratorsAreTold(Make make) {
        assertThat(Http.get(uri(make, "/api/admin"), Tokens.GOOD.of(KEY)).body())
                .startsWith("{\"administrator\":\"alice\",\"isAdmin\":true,\"server\":\"");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalSaysWhatAndNoMore(Make make) {
        assertThat(Http.get(uri(make, "/api/profile"), Tokens.EXPIRED.of(KEY)).body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"detail\":\"The token has expired\"}");
    }

    @ParameterizedTest
    @CsvSource({"TOMCAT, NONE, 401", "TOMCAT, GOOD, 200", "JETTY, NONE, 401", "JETTY, GOOD, 200"})
    void headIsAsGetWithoutBody(Make make, Tokens token, int status) {
        HttpResponse<String> response = Http.send(Http.request(uri(make, "/api/profile"), token.of(KEY))
                .method("HEAD", BodyPublishers.noBody())
                .build());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEmpty();
    }

    /** No other spelling of the path of administrators gets past the rule for it. */
    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        "TOMCAT, /api/%61dmin, 403", "JETTY, /api/%61dmin, 403",
        "TOMCAT, /api;x=1/admin, 400", "JETTY, /api;x=1/admin, 400",
        "TOMCAT, //api/admin, 400", "JETTY, //api/admin, 400",
        "TOMCAT, /assets/../api/admin, 400", "JETTY, /assets/../api/admin, 400",
        "TOMCAT, /assets/%2e%2e/api/admin, 400", "JETTY, /assets/%2e%2e/api/admin, 400",
        "TOMCAT, /assets%2f..%2fapi/admin, 400", "JETTY, /assets%2f..%2fapi/admin, 400"
    })
    void otherSpellings(Make make, String path, int status) {
        assertThat(Http.get(uri(make, path), Tokens.BARE.of(KEY)).statusCode()).isEqualTo(status);
    }

    /** Servers refuse these before any filter. */
    @ParameterizedTest
    @EnumSource
    void whatIsInternalIsNotThere(Make make) {
        for (Tokens token : Tokens.values()) {
            assertThat(Http.get(uri(make, "/WEB-INF/web.xml"), token.of(KEY)).statusCode())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoCredentialsAreNone(Make make) {
        String token = Tokens.GOOD.of(KEY);
        HttpResponse<String> response = Http.send(Http.request(uri(make, "/api/profile"), token)
                .header("Authorization", "Bearer " + token)
                .build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(header(response, "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"mapae-example\", error=\"invalid_request\","
                        + " error_description=\"More than one credential\"");
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static URI uri(Make make, String path) {
        return URI.create(SERVERS.get(make).base() + "/example" + path);
    }
}
