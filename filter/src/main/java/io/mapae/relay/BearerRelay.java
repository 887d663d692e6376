package io.mapae.relay;

import io.mapae.identity.Caller;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * To which services the caller's token goes along, and to no others: whoever gets it can use it (RFC 6750 §5.2). Immutable.
 */
public final class BearerRelay {
    private final Set<String> origins;

    private BearerRelay(Set<String> origins) {
        this.origins = origins;
    }

    /**
     * A relay to these origins, such as {@code https://profile.example} or {@code http://localhost:8081}: scheme, host and,
     * unless it is the scheme's own, port.
     *
     * @throws IllegalArgumentException if there is none, or one is anything else
     */
    public static BearerRelay to(Collection<String> origins) {
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("no origin to relay to");
        }
        return new BearerRelay(origins.stream().map(BearerRelay::checked).collect(Collectors.toUnmodifiableSet()));
    }

    /** The same for origins that are known beforehand. */
    public static BearerRelay to(String... origins) {
        return to(List.of(origins));
    }

    private static String checked(String text) {
        URI address = URI.create(text);
        if (address.getHost() == null
                || !Set.of("http", "https").contains(String.valueOf(address.getScheme()))
                || !text.equalsIgnoreCase(address.getScheme() + "://" + address.getRawAuthority())
                || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("no origin, such as https://profile.example: " + text);
        }
        return origin(address);
    }

    /** RFC 6454 §4: scheme and host without case, and the scheme's own port where none is named. */
    private static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT); // null may be a name
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + host + ":" + port;
    }

    /** Whether the token goes along to {@code target}. */
    public boolean covers(URI target) {
        return origins.contains(origin(target));
    }

    /** The value of {@code Authorization} for a request to {@code target} in the name of who calls on this thread. */
    public Optional<String> authorization(URI target) {
        return authorization(target, Caller.current());
    }

    /**
     * The value of {@code Authorization} for a request to {@code target} in the name of {@code caller}; empty where the
     * token does not go along, or the caller is none, or without a token.
     */
    public Optional<String> authorization(URI target, Optional<Caller> caller) {
        return covers(target) ? caller.flatMap(Caller::token).map(token -> "Bearer " + token) : Optional.empty();
    }

    /**
     * The same client, whose requests carry the token of who calls on the thread that sends them, where it goes along
     * and they have no {@code Authorization} of their own. To be closed is {@code client}, not this one.
     *
     * @throws IllegalArgumentException if {@code client} follows redirects: it would take the token wherever these lead
     */
    public HttpClient over(HttpClient client) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("a client that follows redirects");
        }
        return new RelayingClient(client, this);
    }

    /** The origins. */
    @Override
    public String toString() {
        return "BearerRelay" + origins;
    }
}
