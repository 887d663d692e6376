package io.mapae.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.identity.Caller;
import io.mapae.identity.CurrentCaller;
import io.mapae.relay.BearerRelay;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests of a JAX-RS client the token goes along with. */
class BearerRelayFilterTest {
    private static final String NO_REDIRECTS = "jersey.config.client.followRedirects";
    private static final Caller ALICE = caller("alice");
    private static final Caller BOB = caller("bob");

    @ParameterizedTest(name = "to {0}: {1}")
    @CsvSource({
        "https://profile.example/me?x=1,         Bearer token.of.alice",
        "https://PROFILE.example:443/,           Bearer token.of.alice",
        "http://localhost:8081/,                 Bearer token.of.alice",
        "http://profile.example/me,              ",
        "https://profile.example:8443/me,        ",
        "https://profile.example.evil.example/,  ",
        "https://profile.example@evil.example/,  ",
        "http://localhost/,                      "
    })
    void onlyToListedOrigins(String target, @Nullable String authorization) {
        Sending request = new Sending(target);
        request.sendAs(Optional.of(ALICE));
        assertThat(request.headers.getFirst("Authorization")).isEqualTo(authorization);
        assertThat(request.properties).isEqualTo(authorization == null ? Map.of() : Map.of(NO_REDIRECTS, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dGhlOm93bg==", "Bearer another", ""})
    void anAuthorizationOfItsOwnIsKept(String own) {
        Sending request = new Sending("https://profile.example/");
        request.headers.add("Authorization", own);
        request.sendAs(Optional.of(ALICE));
        assertThat(request.headers).isEqualTo(Map.of("Authorization", List.of(own)));
        assertThat(request.properties).isEmpty();
    }

    @Test
    void theNamedCallerIsStrongerThanTheThreads() {
        Sending request = new Sending("https://profile.example/");
        request.properties.put(BearerRelayFilter.CALLER, BOB);
        request.sendAs(Optional.of(ALICE));
        assertThat(request.headers.get("Authorization")).isEqualTo(List.of("Bearer token.of.bob"));
    }

    @Test
    void theNamedCallerNeedsNoneOnTheThread() {
        Sending request = new Sending("https://profile.example/");
        request.properties.put(BearerRelayFilter.CALLER, BOB);
        request.sendAs(Optional.empty());
        assertThat(request.headers.getFirst("Authorization")).isEqualTo("Bearer token.of.bob");
    }

    /** Not the thread's instead: the request was meant to be sent in another name. */
    @Test
    void aNamedCallerWithoutTokenSendsNone() {
        Sending request = new Sending("https://profile.example/");
        request.properties.put(BearerRelayFilter.CALLER, caller(""));
        request.sendAs(Optional.of(ALICE));
        assertThat(request.headers).isEmpty();
    }

    @Test
    void nobodySendsNoToken() {
        Sending request = new Sending("https://profile.example/");
        request.sendAs(Optional.empty());
        assertThat(request.headers).isEmpty();
        assertThat(request.properties).isEmpty();
    }

    private static Caller caller(String name) {
        Optional<String> token =
                Optional.of(name).filter(known -> !known.isEmpty()).map(known -> "token.of." + known);
        return Fake.of(Caller.class, Map.of("token", token));
    }

    /** A request of a client with the filter. */
    static final class Sending {
        private final MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
        private final Map<String, Object> properties = new HashMap<>();
        private final URI uri;

        Sending(String uri) {
            this.uri = URI.create(uri);
        }

        void sendAs(Optional<Caller> caller) {
            Runnable leave = CurrentCaller.enter(() -> caller);
            try {
                new BearerRelayFilter(BearerRelay.to("https://profile.example", "http://localhost:8081"))
                        .filter(Fake.of(ClientRequestContext.class, this));
            } finally {
                leave.run();
            }
        }

        URI getUri() {
            return uri;
        }

        MultivaluedMap<String, Object> getHeaders() {
            return headers;
        }

        @Nullable
        Object getProperty(String name) {
            return properties.get(name);
        }

        void setProperty(String name, Object value) {
            properties.put(name, value);
        }
    }
}
