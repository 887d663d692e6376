package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A profile service that is well, and others. */
class AuthorsTest {
    private static final Principal ALICE = () -> "alice";

    private HttpServer server;
    private int status = 200;
    private String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/profile");
    }

    @Test
    void theProfileServiceNamesThem() {
        body = "{\"name\":\"Alice 마패\",\"roles\":[]}";
        try (Authors authors = Authors.at(Optional.of(address().toString()))) {
            assertThat(authors.name(ALICE)).isEqualTo("Alice 마패");
        }
    }

    @Test
    void withoutOneTheirTokensDo() {
        try (Authors authors = Authors.at(Optional.empty())) {
            assertThat(authors.name(ALICE)).isEqualTo("alice");
        }
    }

    /** Whoever sent it has another one, or may get one: a browser's page tries again with that. */
    @Test
    void aTokenThatEndedOnTheWayIsRefused() {
        status = 401;
        Response refused = refusal();
        assertThat(refused.getStatus()).isEqualTo(401);
        assertThat(refused.getHeaderString("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | {}",
                "403 | {}",
                "302 | ",
                "200 | <html>",
                "200 | []",
                "200 | {}",
                "200 | {\"name\":1}",
                "200 | ''",
            })
    void whateverElseItSaysIsNoName(int answered, String text) {
        status = answered;
        body = text == null ? "" : text;
        demandUnavailable();
    }

    @Test
    void noAnswerIsNone() {
        server.stop(0);
        demandUnavailable();
    }

    private void demandUnavailable() {
        Response refused = refusal();
        assertThat(refused.getStatus()).isEqualTo(503);
        assertThat(refused.getHeaderString("Retry-After")).isEqualTo("1");
        assertThat(refused.getEntity()).isEqualTo(new Problem("the profile service does not answer"));
    }

    private Response refusal() {
        try (Authors authors = Authors.at(Optional.of(address().toString()))) {
            WebApplicationException[] thrown = new WebApplicationException[1];
            assertThatThrownBy(() -> authors.name(ALICE))
                    .isInstanceOfSatisfying(WebApplicationException.class, refused -> thrown[0] = refused);
            return thrown[0].getResponse();
        }
    }
}
