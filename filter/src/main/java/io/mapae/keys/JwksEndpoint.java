package io.mapae.keys;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an issuer publishes its keys, and how they are fetched.
 *
 * @param issuer its exact name
 * @param keySet the JWK set's address; empty where the issuer's metadata tells it
 * @param metadata where the metadata may be, the likeliest first; looked at only without {@code keySet}
 * @param headers what each request for the JWK set says besides, by name; never shown
 */
public record JwksEndpoint(
        String issuer, Optional<URI> keySet, List<URI> metadata, Map<String, String> headers, Limits limits) {
    public JwksEndpoint {
        metadata = List.copyOf(metadata);
        headers = Map.copyOf(headers);
    }

    /**
     * How long, how often, how many and how much.
     *
     * @param refreshAfter a success; empty for what the response's {@code max-age} says
     * @param maxStale how long after the last success the keys are used, inclusive
     * @param connectTimeout for a connection
     * @param deadline for one response with its body, and for a request that waits for keys
     * @param cooldown at most one fetch for unknown keys in this time, two in a burst
     * @param maxWaiting how many requests may wait for keys at the same time
     * @param maxSize of a response, in bytes
     */
    public record Limits(
            Optional<Duration> refreshAfter,
            Duration maxStale,
            Duration connectTimeout,
            Duration deadline,
            Duration cooldown,
            int maxWaiting,
            int maxSize) {}

    /** Without the headers: there may be a secret among them. */
    @Override
    public String toString() {
        return "JwksEndpoint[" + issuer + "]";
    }
}
