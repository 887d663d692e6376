package io.mapae.keys;

import io.mapae.jws.Json;
import io.mapae.keys.Download.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's key set as it is published: at an address of the settings, or where the issuer's metadata says (OpenID
 * Connect Discovery 1.0 §4, RFC 8414 §3). To be used on the agenda alone.
 */
final class Publication {
    /** @param maxAge how long the response says that it may be used */
    record Edition(KeySet keys, Optional<Duration> maxAge) {}

    private static final int MAX_FOREIGN = 100;

    /** An issuer that has moved its keys may leave the old ones where they were. */
    private static final Duration METADATA_AGE = Duration.ofHours(1);

    /** What a client costs that cannot be closed is a connection for each answer that is no HTTP. */
    private static final int MAX_GIBBERISH = 3;

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final JwksEndpoint endpoint;
    private final Transport transport;
    private final Clients clients;
    private final Agenda agenda;
    private final InstantSource clock;

    /** Where the metadata said; forgotten as soon as nothing good comes from there, and in time. */
    private Optional<URI> found = Optional.empty();

    private Instant foundAt = Instant.MIN;

    /** The last place that had a good set, for when the metadata is out of reach as well. */
    private Optional<URI> proven = Optional.empty();

    private int gibberish;
    private Instant quietUntil = Instant.MIN;

    Publication(JwksEndpoint endpoint, Transport transport, Clients clients, Agenda agenda, InstantSource clock) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.clients = clients;
        this.agenda = agenda;
        this.clock = clock;
    }

    /** The set as it is now; fails with a reason for {@link Download#reason}. */
    CompletableFuture<Edition> read() {
        return clock.instant().isBefore(quietUntil)
                ? failed("no HTTP came from there; it is not asked again before " + quietUntil)
                : address().thenCompose(this::read);
    }

    private CompletableFuture<Edition> read(URI address) {
        return get(address, isConfigured(address) ? endpoint.headers() : Map.of())
                .thenApply(Publication::edition)
                .whenComplete((edition, failure) -> {
                    found = failure == null ? Optional.of(address) : Optional.empty();
                    proven = failure == null ? found : proven;
                })
                .exceptionallyCompose(failure -> failed(Download.place(address) + ": " + Download.reason(failure)));
    }

    /** Whether the settings, and not only the metadata, say whom to ask: what they say besides is for nobody else. */
    private boolean isConfigured(URI address) {
        return endpoint.keySet().isPresent()
                || endpoint.metadata().stream().anyMatch(place -> Download.isSameOrigin(place, address));
    }

    private CompletableFuture<URI> address() {
        boolean isNew = clock.instant().isBefore(foundAt.plus(METADATA_AGE));
        return endpoint.keySet()
                .or(() -> isNew ? found : Optional.empty())
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> discovered(0, List.of()));
    }

    /** The first place with good metadata decides; where none can be reached, the last good set's address does. */
    private CompletableFuture<URI> discovered(int place, List<Throwable> failures) {
        if (place == endpoint.metadata().size()) {
            boolean refused = failures.stream().anyMatch(Publication::isRefused);
            return proven.filter(known -> !refused)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> failed(reasons(failures)));
        }
        URI metadata = endpoint.metadata().get(place);
        return get(metadata, Map.of())
                .thenApply(page -> keySet(page, metadata))
                .whenComplete((address, failure) -> foundAt = failure == null ? clock.instant() : foundAt)
                .exceptionallyCompose(failure -> discovered(
                        place + 1,
                        Stream.concat(failures.stream(), Stream.of(failure)).toList()));
    }

    private static boolean isRefused(Throwable failure) {
        return failure.getCause() instanceof KeysOutOfReachException outcome && outcome.isRefused();
    }

    private String reasons(List<Throwable> failures) {
        return IntStream.range(0, failures.size())
                .mapToObj(place ->
                        Download.place(endpoint.metadata().get(place)) + ": " + Download.reason(failures.get(place)))
                .collect(Collectors.joining("; "));
    }

    /** RFC 8414 §3.3: metadata of another issuer must not be used, or anyone could speak for anyone. */
    private URI keySet(Page page, URI place) {
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
        if (!transport.mayReach(keySet, place)) {
            throw failure("its jwks_uri is not https, but " + quoted(keySet) + " (see jwks-uri and insecure-http)");
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
        Duration connectTimeout = endpoint.limits().connectTimeout();
        HttpClient client = clients.client(connectTimeout);
        return Download.of(address, client, agenda, headers, endpoint.limits()).whenComplete((page, failure) -> {
            gibberish = failure != null && Download.isNoHttp(failure) ? gibberish + 1 : 0;
            if (gibberish > 0 && !clients.retire(connectTimeout, client) && gibberish >= MAX_GIBBERISH) {
                quietUntil = clock.instant().plus(QUIET);
            }
        });
    }

    private static <T> CompletableFuture<T> failed(String reason) {
        return CompletableFuture.failedFuture(new KeysOutOfReachException(reason));
    }

    private static CompletionException failure(String reason) {
        return new CompletionException(new KeysOutOfReachException(reason, true));
    }

    private static String quoted(@Nullable Object foreign) {
        return foreign == null ? "missing" : "'" + Download.shown(foreign.toString(), MAX_FOREIGN) + "'";
    }
}
