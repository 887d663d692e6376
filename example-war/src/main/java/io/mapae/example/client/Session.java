package io.mapae.example.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A user's session with Mapae's token service, for all threads of a program. When it is over, another one begins by a login. */
public final class Session {
    private final HttpClient http = HttpClient.newHttpClient(); // follows no redirects, which might lead elsewhere
    private final URI service;
    private final Vault vault;
    private volatile String access = ""; // in memory only; empty: none yet
    private volatile boolean over;

    /** Where the platform keeps secrets, such as a keychain. One session's refresh token is there, and nowhere else. */
    public interface Vault {
        Optional<String> read() throws IOException;

        void write(String refreshToken) throws IOException;

        void delete() throws IOException;
    }

    /** There is no session, or no longer. Of a login the message is the service's error, such as invalid_grant. */
    public static final class Refused extends Exception {
        /** Seconds to wait before the next login; 0 if that does not help. */
        public final long retryAfter;

        Refused(String message, long retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }
    }

    /** Goes on with the session in the vault. The service is its issuer, such as https://app.example/app/auth. */
    public Session(URI service, Vault vault) {
        this.service = service;
        this.vault = vault;
    }

    /** Begins one. The device is what its user will see in a list of sessions. */
    public static Session login(URI service, Vault vault, String username, String password, String device)
            throws IOException, Refused {
        Session session = new Session(service, vault);
        session.ask(
                "login",
                Map.of("username", username, "password", password, "device", device, "refresh_transport", "body"));
        return session;
    }

    /** Sends with the access token; after a 401, by which nothing was done, once more with another. */
    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException, Refused {
        if (!request.uri().resolve("/").equals(service.resolve("/"))) {
            throw new IllegalArgumentException("No token for " + request.uri().resolve("/"));
        }
        String token = access;
        HttpResponse<String> answer = send(request, over || token.isEmpty() ? otherThan(token) : token);
        return answer.statusCode() == 401 && !token.isEmpty() ? send(request, otherThan(token)) : answer;
    }

    /** Ends the session; after an IOException here, but perhaps not at the service. */
    public synchronized void logout() throws IOException {
        Optional<String> refresh = current();
        end();
        if (refresh.isPresent()
                && post("logout", Map.of("refresh_token", refresh.get())).statusCode() != 204) {
            throw new IOException("The service did not log out");
        }
    }

    /** The token of a thread that was faster, else of a refresh. */
    private synchronized String otherThan(String refused) throws IOException, Refused {
        String refresh = current().orElseThrow(() -> new Refused("The session is over: nobody is logged in", 0));
        if (!access.equals(refused)) {
            return access;
        }
        try {
            return refresh(Map.of("refresh_token", refresh));
        } catch (Refused refusal) {
            if (!"invalid_grant".equals(refusal.getMessage())) {
                throw new IOException("Not refreshed: " + refusal.getMessage());
            }
            end();
            throw new Refused("The session is over: ended elsewhere, or not used for too long", 0);
        }
    }

    /** Empty once it is over: what is in the vault then is another session's. */
    private Optional<String> current() throws IOException {
        return over ? Optional.empty() : vault.read();
    }

    private void end() throws IOException {
        if (!over) {
            over = true;
            vault.delete();
        }
    }

    /** A refresh token may be used up where its answer is lost. For 10 s, service.refresh-grace, it gets the same one again. */
    private String refresh(Map<String, String> form) throws IOException, Refused {
        try {
            return ask("refresh", form);
        } catch (IOException lost) {
            new CompletableFuture<Void>().completeOnTimeout(null, 1, SECONDS).join();
            return ask("refresh", form);
        }
    }

    private String ask(String endpoint, Map<String, String> form) throws IOException, Refused {
        HttpResponse<String> answer = post(endpoint, form);
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            JsonObject json = reader.readObject();
            if (answer.statusCode() / 100 == 4) {
                long retryAfter =
                        answer.headers().firstValueAsLong("Retry-After").orElse(0);
                throw new Refused(json.getString("error", ""), retryAfter);
            }
            if (json.containsKey("refresh_token")) {
                vault.write(json.getString("refresh_token")); // first, as the one before is used up
                access = json.getString("access_token");
                return access;
            }
        } catch (JsonException notOfTheService) {
            // but of something on the way to it; it may quote, and so is no cause
        }
        throw new IOException("No tokens: HTTP " + answer.statusCode());
    }

    private HttpResponse<String> post(String endpoint, Map<String, String> form) throws IOException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(service + "/" + endpoint))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        // A second time is within the grace. HttpRequest.timeout would not count the body.
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).orTimeout(5, SECONDS);
        try {
            return answer.join(); // whoever is interrupted must not lose it: it has the only token that is still good
        } catch (CompletionException lost) {
            throw new IOException("No answer from " + request.uri(), lost);
        }
    }

    private HttpResponse<String> send(HttpRequest request, String token) throws IOException, InterruptedException {
        HttpRequest authorized = HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader("Authorization", "Bearer " + token)
                .build();
        return http.send(authorized, HttpResponse.BodyHandlers.ofString());
    }
}
