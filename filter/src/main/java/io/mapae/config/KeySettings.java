package io.mapae.config;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Header;
import io.mapae.keys.JwksEndpoint;
import io.mapae.keys.JwksEndpoints;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import io.mapae.keys.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.NoSuchFileException;
import java.security.InvalidKeyException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The settings that say where an issuer's keys come from, and which algorithms they leave. */
record KeySettings(
        Values values,
        Setting<String> uri,
        ClassLoader classes,
        LocalService service,
        InstantSource clock,
        Transport transport,
        JwksEndpoints endpoints) {
    private static final List<Setting<?>> PLACES =
            List.of(Settings.PUBLIC_KEY, Settings.JWKS_URI, Settings.SECRET, Settings.DISCOVERY_URI);

    private static final List<Setting<?>> LIMITS = List.of(
            Settings.JWKS_MAX_STALE,
            Settings.JWKS_CONNECT_TIMEOUT,
            Settings.JWKS_DEADLINE,
            Settings.JWKS_COOLDOWN,
            Settings.JWKS_MAX_WAITING,
            Settings.JWKS_MAX_SIZE);

    private static final String UNSAFE =
            "expected an address of https, or of http to this machine (insecure-http=true allows http to others)";

    private static final String UNDISCOVERABLE = "no address where keys can be discovered (https, or http to this"
            + " machine; insecure-http=true allows http to others): set jwks-uri, discovery-uri, public-key or secret";

    /**
     * The keys; empty after a problem. A secret beside public keys would let a published key be used as a secret.
     *
     * @param issuer its exact name
     * @param filled puts the tenant into an address
     */
    Optional<KeySource> keys(String issuer, UnaryOperator<String> filled) {
        List<Setting<?>> given = PLACES.stream().filter(values::isSet).toList();
        List<Setting<?>> own = given.stream().filter(values::isOwn).toList();
        List<Setting<?>> places = own.isEmpty() ? given : own;
        places.stream()
                .skip(1)
                .forEach(second -> values.problem(
                        second, "never beside " + values.name(places.get(0)) + ": keys come from one place"));
        if (places.contains(Settings.PUBLIC_KEY)) {
            return values.get(Settings.PUBLIC_KEY)
                    .flatMap(text -> open(Settings.PUBLIC_KEY, KeyFormat.PUBLIC_KEY, text));
        }
        if (places.contains(Settings.SECRET)) {
            return values.get(Settings.SECRET).flatMap(text -> open(Settings.SECRET, KeyFormat.SECRET, text));
        }
        if (places.contains(Settings.JWKS_URI)) {
            return values.get(Settings.JWKS_URI).flatMap(text -> published(issuer, filled.apply(text)));
        }
        if (places.contains(Settings.DISCOVERY_URI)) {
            return discovered(issuer, filled);
        }
        return issuer.isEmpty() ? Optional.empty() : discovered(issuer);
    }

    private Optional<KeySource> open(Setting<String> setting, KeyFormat format, String location) {
        try {
            return Optional.of(KeyLocation.open(location, format, classes, clock));
        } catch (NoSuchFileException missing) {
            values.problem(setting, location + ": no such file");
        } catch (IOException | InvalidKeyException unusable) {
            String place = KeyLocation.isReference(location) ? location + ": " : "";
            values.problem(setting, place + unusable.getMessage());
        }
        return Optional.empty();
    }

    private Optional<KeySource> published(String issuer, String location) {
        if (location.equals(LocalService.LOCATION)) {
            return Optional.of(ofService(issuer));
        }
        if (KeyLocation.isReference(location)) {
            return open(Settings.JWKS_URI, KeyFormat.JWK_SET, location);
        }
        return address(Settings.JWKS_URI, location)
                .flatMap(address -> endpoint(issuer, Optional.of(address), List.of()));
    }

    /** Whose name and audiences are known: what differs by a slash would refuse every token. */
    private KeySource ofService(String issuer) {
        service.publication().ifPresent(published -> {
            if (!issuer.isEmpty() && !issuer.equals(published.issuer())) {
                values.problem(uri, "service.issuer is " + published.issuer());
            }
            Set<String> audiences = values.get(Settings.AUDIENCE).orElse(Set.of());
            boolean any = audiences.isEmpty() || audiences.contains(IssuerSettings.ANY);
            if (!any && Collections.disjoint(audiences, published.audiences())) {
                values.problem(Settings.AUDIENCE, "service.audience is " + String.join(", ", published.audiences()));
            }
        });
        return service.keys();
    }

    private Optional<KeySource> discovered(String issuer, UnaryOperator<String> filled) {
        return values.get(Settings.DISCOVERY_URI)
                .flatMap(place -> address(Settings.DISCOVERY_URI, filled.apply(place)))
                .flatMap(place -> endpoint(issuer, Optional.empty(), List.of(place)));
    }

    /** OpenID Connect Discovery 1.0 §4, then RFC 8414 §3.1. */
    private Optional<KeySource> discovered(String issuer) {
        Optional<URI> address = parsed(issuer)
                .filter(transport::mayReach)
                .filter(known -> known.getRawQuery() == null && known.getRawFragment() == null);
        if (address.isEmpty()) {
            values.problem(uri, UNDISCOVERABLE);
            return Optional.empty();
        }
        // Not by resolving, which takes what comes after // for another host.
        String host = address.get().getScheme() + "://" + address.get().getRawAuthority();
        String path = address.get().getRawPath().replaceFirst("/$", "");
        List<URI> metadata = List.of(
                URI.create(host + path + "/.well-known/openid-configuration"),
                URI.create(host + "/.well-known/oauth-authorization-server" + path));
        return endpoint(issuer, Optional.empty(), metadata);
    }

    private Optional<URI> address(Setting<?> setting, String text) {
        Optional<URI> address = parsed(text).filter(transport::mayReach);
        if (address.isEmpty()) {
            values.problem(setting, UNSAFE);
        }
        return address;
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Optional<KeySource> endpoint(String issuer, Optional<URI> keySet, List<URI> metadata) {
        Map<String, String> headers = values.members(Settings.JWKS_HEADER);
        headers.forEach(this::check);
        return limits().map(limits -> endpoints.add(new JwksEndpoint(issuer, keySet, metadata, headers, limits)));
    }

    private void check(String header, String value) {
        try {
            HttpRequest.newBuilder().header(header, value);
        } catch (IllegalArgumentException unfit) {
            values.problem(Settings.JWKS_HEADER, header, "no header that may be set, or no value of one");
        }
    }

    /** Empty after a problem. */
    private Optional<JwksEndpoint.Limits> limits() {
        return LIMITS.stream().anyMatch(limit -> values.get(limit).isEmpty())
                ? Optional.empty()
                : Optional.of(new JwksEndpoint.Limits(
                        values.get(Settings.JWKS_REFRESH_AFTER),
                        values.must(Settings.JWKS_MAX_STALE),
                        values.must(Settings.JWKS_CONNECT_TIMEOUT),
                        values.must(Settings.JWKS_DEADLINE),
                        values.must(Settings.JWKS_COOLDOWN),
                        values.must(Settings.JWKS_MAX_WAITING),
                        values.must(Settings.JWKS_MAX_SIZE)));
    }

    /** The algorithms that are named, or all that the keys leave; whatever is named must be among these. */
    Set<Algorithm> algorithms(KeySource keys) {
        boolean secret = values.isSet(Settings.SECRET);
        Set<Algorithm> possible = EnumSet.allOf(Algorithm.class);
        if (keys != service.keys()) { // which never publishes a secret, so that none of its keys can be taken for one
            possible.removeIf(algorithm -> algorithm.isSymmetric() != secret || (secret && !hasKey(keys, algorithm)));
        }
        Set<Algorithm> named = values.get(Settings.ALGORITHMS).orElse(possible);
        if (!possible.containsAll(named)) {
            values.problem(
                    Settings.ALGORITHMS,
                    "expected some of " + possible + (secret ? ", for which the secret is long enough" : ""));
        }
        return named;
    }

    private static boolean hasKey(KeySource keys, Algorithm algorithm) {
        try {
            return !keys.candidates(new Header(algorithm, Optional.empty(), Optional.empty()))
                    .isEmpty();
        } catch (IOException outOfReach) {
            return false;
        }
    }
}
