package io.mapae.example.demo;

import io.mapae.example.demo.Api.Opinion;
import io.mapae.testkit.TestKey;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
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
        if (body.length > MAX_BYTES) {
            problem(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "that is too much for a token", response);
            return;
        }
        try {
            switch (String.valueOf(request.getPathInfo())) {
                case "/inspect" -> inspect(text("token", body), request, response);
                case "/hostile" -> hostile(text("kind", body), request, response);
                default -> problem(HttpServletResponse.SC_NOT_FOUND, "there is no such thing", response);
            }
        } catch (IOException unavailable) {
            response.setHeader("Retry-After", "1");
            problem(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the profile service does not answer", response);
        }
    }

    /** The text that the object has under that name; empty where there is none. */
    private static Optional<String> text(String name, byte[] body) {
        try (JsonReader json = Json.createReader(new ByteArrayInputStream(body))) {
            return json.read() instanceof JsonObject object && object.get(name) instanceof JsonString text
                    ? Optional.of(text.getString())
                    : Optional.empty();
        } catch (RuntimeException malformed) {
            // of whatever type: too deep a nesting is no JsonException
            return Optional.empty();
        }
    }

    private void inspect(Optional<String> token, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (token.isEmpty()) {
            problem(HttpServletResponse.SC_BAD_REQUEST, "a JSON object with token is expected", response);
        } else {
            Opinion opinion = api.of(BEARER + token.get());
            send(Json.createObjectBuilder(Inspection.of(opinion, request.getLocale())), response);
        }
    }

    /** For those alone who have a good token: nothing else is signed again. */
    private void hostile(Optional<String> kind, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Hostile> hostile = kind.flatMap(Hostile::of);
        String token = Optional.ofNullable(request.getHeader("Authorization"))
                .filter(credentials -> credentials.startsWith(BEARER))
                .map(credentials -> credentials.substring(BEARER.length()).strip())
                .orElse("");
        if (hostile.isEmpty()) {
            problem(HttpServletResponse.SC_BAD_REQUEST, "a JSON object with a known kind is expected", response);
        } else if (!api.of(BEARER + token).isGood()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            problem(HttpServletResponse.SC_UNAUTHORIZED, "a good token is needed to make a bad one of", response);
        } else if (hostile.get().needsKey() && key.isEmpty()) {
            problem(UNPROCESSABLE, "only the issuer could sign such a token", response);
        } else {
            String made = hostile.get().of(token, key.orElseGet(TestKey::rsa));
            send(Json.createObjectBuilder().add("token", made), response);
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
