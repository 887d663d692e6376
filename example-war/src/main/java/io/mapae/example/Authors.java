package io.mapae.example;

import io.mapae.identity.Caller;
import io.mapae.jaxrs.BearerRelayFilter;
import io.mapae.relay.BearerRelay;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What those are called who write: the profile service knows, and is asked in the caller's own name, with the caller's own
 * token. Thread-safe.
 */
interface Authors extends AutoCloseable {
    /**
     * What the caller is called.
     *
     * @throws WebApplicationException if the profile service refuses the caller, or does not answer
     */
    String name(Principal caller);

    @Override
    default void close() {}

    /**
     * The profile service at this address; without one, names are those of the tokens.
     *
     * @throws IllegalArgumentException if it is none of http or https
     */
    static Authors at(Optional<String> profile) {
        return profile.<Authors>map(Remote::of).orElse(Principal::getName);
    }

    /** A profile service elsewhere. */
    record Remote(URI profile, Client client) implements Authors {
        private static final int CONNECT_SECONDS = 1;
        private static final int READ_SECONDS = 3;
        private static final int MAX_BYTES = 100_000;

        /** Nobody but the profile service gets the token. */
        static Remote of(String address) {
            URI profile = URI.create(address);
            BearerRelay relay = BearerRelay.to(profile.getScheme() + "://" + profile.getRawAuthority());
            return new Remote(
                    profile,
                    ClientBuilder.newBuilder()
                            .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                            .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                            .register(new BearerRelayFilter(relay))
                            .build());
        }

        @Override
        public String name(Principal caller) {
            var request = client.target(profile).request("application/json");
            Caller.of(caller).ifPresent(known -> request.property(BearerRelayFilter.CALLER, known));
            try (Response answer = request.get();
                    InputStream body = good(answer).readEntity(InputStream.class);
                    JsonReader json = Json.createReader(new ByteArrayInputStream(body.readNBytes(MAX_BYTES)))) {
                return Optional.of(json.readObject().getString("name", ""))
                        .filter(name -> !name.isEmpty())
                        .orElseThrow(Remote::unavailable);
            } catch (ProcessingException | IOException | JsonException unusable) {
                throw unavailable();
            }
        }

        /** A token that has ended on the way is refused as it would have been here: whoever sent it renews it. */
        private static Response good(Response answer) {
            if (answer.getStatus() == Status.UNAUTHORIZED.getStatusCode()) {
                throw new WebApplicationException(Response.status(Status.UNAUTHORIZED)
                        .header(HttpHeaders.WWW_AUTHENTICATE, answer.getHeaderString(HttpHeaders.WWW_AUTHENTICATE))
                        .build());
            }
            if (answer.getStatus() != Status.OK.getStatusCode()) {
                throw unavailable();
            }
            return answer;
        }

        private static WebApplicationException unavailable() {
            return Problem.of(Status.SERVICE_UNAVAILABLE, "the profile service does not answer");
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
