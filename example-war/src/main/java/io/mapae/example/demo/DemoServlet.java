package io.mapae.example.demo;

import io.mapae.example.demo.Api.Opinion;
import io.mapae.testkit.TestKey;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * What the page has only in the demonstration: where the services are and who may log in, what the server thinks of a token,
 * and hostile tokens. It stands beside the application, not in it, and of tokens it knows what the profile service answers.
 */
final class DemoServlet extends HttpServlet {
    private static final int MAX_BYTES = 100_000;
    private static final int UNPROCESSABLE = 422;
    private static final String BEARER = "Bearer ";

    private final transient Places places;
    private final transient Optional<TestKey> key;
    private final transient Api api;

    /** @param key of the tokens; empty if they come from elsewhere */
    DemoServlet(Places places, Optional<TestKey> key) {
        this.places = places;
        this.key = key;
        this.api = new Api(places.profile());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"/config".equals(request.getPathInfo())) {
            problem(HttpServletResponse.SC_NOT_FOUND, "there is no such thing", response);
            return;
        }
        JsonArrayBuilder accounts = Json.createArrayBuilder();
        if (key.isPresent()) {
            for (Account account : Account.values()) {
                accounts.add(Json.createObjectBuilder()
                        .add("name", account.title())
                        .add("password", Account.PASSWORD)
                        .add("note", account.note()));
            }
        }
        send(
                Json.createObjectBuilder()
                        .add("external", key.isEmpty())
                        .add("accounts", accounts)
                        .add("services", places.json()),
                response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        try (JsonReader json = Json.createReader(new ByteArrayInputStream(body))) {
            JsonObject asked = json.readObject();
            switch (String.valueOf(request.getPathInfo())) {
                case "/inspect" -> inspect(asked.getString("token"), request, response);
                case "/hostile" -> hostile(asked.getString("kind"), request, response);
                default -> problem(HttpServletResponse.SC_NOT_FOUND, "there is no such thing", response);
            }
        } catch (JsonException | NullPointerException | ClassCastException malformed) {
            problem(
                    HttpServletResponse.SC_BAD_REQUEST,
                    "a JSON object with token, or with kind, is expected",
                    response);
        }
    }

    private void inspect(String token, HttpServletRequest request, HttpServletResponse response) throws IOException {
        send(Json.createObjectBuilder(Inspection.of(api.of(BEARER + token), request.getLocale())), response);
    }

    /** For those alone who have a good token: nothing else is signed again. */
    private void hostile(String kind, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String authorization =
                Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        Opinion opinion = api.of(authorization);
        Optional<Hostile> hostile = Hostile.of(kind);
        if (!opinion.isGood()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            problem(HttpServletResponse.SC_UNAUTHORIZED, "a good token is needed to make a bad one of", response);
        } else if (hostile.isEmpty()) {
            problem(HttpServletResponse.SC_BAD_REQUEST, "there is no such kind", response);
        } else if (hostile.get().needsKey() && key.isEmpty()) {
            problem(UNPROCESSABLE, "only the issuer could sign such a token", response);
        } else {
            String token = authorization.substring(BEARER.length());
            send(
                    Json.createObjectBuilder().add("token", hostile.get().of(token, key.orElseGet(TestKey::rsa))),
                    response);
        }
    }

    private static void problem(int status, String problem, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        send(Json.createObjectBuilder().add("problem", problem), response);
    }

    private static void send(JsonObjectBuilder answer, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try (JsonWriter json = Json.createWriter(response.getOutputStream())) {
            json.writeObject(answer.build());
        }
    }
}
