package io.mapae.example.demo;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The profile service, asked what it thinks of a token: it is the same for everybody else. */
record Api(URI profile, HttpClient client) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    Api(URI profile) {
        this(profile, HttpClient.newHttpClient());
    }

    /**
     * What it answered.
     *
     * @param explanation the reason and what it is about, of a refusal
     */
    record Opinion(int status, String explanation) {
        boolean isGood() {
            return status == 200;
        }
    }

    /** @throws IOException if it does not answer, or cannot tell */
    Opinion of(String authorization) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(profile).timeout(PATIENCE).header("Accept", "application/json");
        try {
            request.header("Authorization", authorization);
        } catch (IllegalArgumentException unsendable) { // as it is for browsers
            return new Opinion(400, "BAD_CREDENTIALS: no header field can hold it");
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 500) {
                throw new IOException("it cannot tell");
            }
            return new Opinion(answer.statusCode(), answer.statusCode() == 200 ? "" : explanation(answer.body()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private static String explanation(String problem) {
        try (JsonReader json = Json.createReader(new StringReader(problem))) {
            return json.readObject().getString("explanation", "");
        } catch (JsonException other) { // of the server's own, for too long a header say
            return "";
        }
    }
}
