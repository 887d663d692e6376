package io.mapae.keys;

import io.mapae.jws.Json;
import io.mapae.keys.Download.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's key set as it is published: at an address of the settings, or where the issuer's metadata says (OpenID
 * Connect Discovery 1.0 §4, RFC 8414 §3). To be used on the agenda alone.
 */
final class Publication {
    /** @param maxAge how long the response says that it may be used */
    record Edition(KeySet keys, Optional<Duration> maxAge) {}

    private static final int MAX_FOREIGN = 100;

    private final JwksEndpoint endpoint;
    private final Transport transport;
    private final Supplier<HttpClient> http;
    private final Agenda agenda;

    /** Where the metadata said; forgotten as soon as nothing good comes from there. */
    private Optional<URI> found = Optional.empty();

    /** The last place that had a good set, for when the metadata is out of reach as well. */
    private Optional<URI> proven = Optional.empty();

    Publication(JwksEndpoint endpoint, Transport transport, Supplier<HttpClient> http, Agenda agenda) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.http = http;
        this.agenda = agenda;
    }

    /** The set as it is now; fails with a reason for {@link Download#reason}. */
    CompletableFuture<Edition> read() {
        return address().thenCompose(this::read);
    }

    private CompletableFuture<Edition> read(URI address) {
        return get(address, endpoint.headers())
                .thenApply(Publication::edition)
                .whenComplete((edition, failure) -> {
                    found = failure == null ? Optional.of(address) : Optional.empty();
                    proven = failure == null ? found : proven;
                })
                .exceptionallyCompose(failure -> failed(Download.place(address) + ": " + Download.reason(failure)));
    }

    private CompletableFuture<URI> address() {
        Optional<URI> known = endpoint.keySet().or(() -> found);
        return known.map(CompletableFuture::completedFuture)
                .orElseGet(() -> discovered(0, "")
                        .exceptionallyCompose(failure -> proven.map(CompletableFuture::completedFuture)
                                .orElseGet(() -> CompletableFuture.failedFuture(failure))));
    }

    private CompletableFuture<URI> discovered(int place, String failures) {
        if (place == endpoint.metadata().size()) {
            return failed(failures);
        }
        URI metadata = endpoint.metadata().get(place);
        return get(metadata, Map.of()).thenApply(this::keySet).exceptionallyCompose(failure -> {
            String reason = Download.place(metadata) + ": " + Download.reason(failure);
            return discovered(place + 1, failures.isEmpty() ? reason : failures + "; " + reason);
        });
    }

    /** RFC 8414 §3.3: metadata of another issuer must not be used, or anyone could speak for anyone. */
    private URI keySet(Page page) {
        Map<String, @Nullable Object> metadata = Json.object(page.text().getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> failure("not a JSON object"));
        if (!endpoint.issuer().equals(metadata.get("issuer"))) {
            throw failure("its issuer is " + quoted(metadata.get("issuer")) + ", but the settings say "
                    + quoted(endpoint.issuer()));
        }
        if (!(metadata.get("jwks_uri") instanceof String text)) {
            throw failure("its jwks_uri is missing, or no text");
        }
        URI keySet = uri(text);
        if (!transport.mayReach(keySet)) {
            throw failure("its jwks_uri is not https, but " + quoted(keySet));
        }
        return keySet;
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw failure("its jwks_uri is no address, but " + quoted(text));
        }
    }

    private static Edition edition(Page page) {
        try {
            return new Edition(KeyFormat.JWK_SET.read(page.text()), page.maxAge());
        } catch (InvalidKeyException unusable) {
            throw failure(String.valueOf(unusable.getMessage()));
        }
    }

    private CompletableFuture<Page> get(URI address, Map<String, String> headers) {
        return Download.of(address, http.get(), agenda, headers, endpoint.limits());
    }

    private static <T> CompletableFuture<T> failed(String reason) {
        return CompletableFuture.failedFuture(new KeysOutOfReachException(reason));
    }

    private static CompletionException failure(String reason) {
        return new CompletionException(new KeysOutOfReachException(reason));
    }

    private static String quoted(@Nullable Object foreign) {
        return foreign == null ? "missing" : '"' + Download.shown(foreign.toString(), MAX_FOREIGN) + '"';
    }
}
