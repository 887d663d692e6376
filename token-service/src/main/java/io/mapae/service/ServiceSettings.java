package io.mapae.service;

import io.mapae.config.Declaration;
import io.mapae.config.Declared;
import io.mapae.config.Setting;
import io.mapae.config.Surroundings;
import io.mapae.config.Syntaxes;
import io.mapae.service.key.SigningAlgorithm;
import io.mapae.service.throttle.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The settings of the token service. */
public final class ServiceSettings implements Declaration {
    private static final Duration YEARS = Duration.ofDays(3650);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Where things are kept. */
    enum Store {
        /** All of it in the database. */
        JDBC,
        /** Sessions, attempts and what is denied in Redis; accounts and keys in the database. */
        REDIS
    }

    static final Setting<String> PATH = Setting.of(
            "service.path",
            "/auth",
            Syntaxes.matching(Pattern.compile("(/[A-Za-z0-9._~-]+)+"), "a path such as /auth"),
            "where the endpoints are, below the application's context path");
    static final Setting<String> ISSUER = Setting.of(
            "service.issuer",
            "",
            Syntaxes.printable(),
            "**required**; the `iss` of tokens: the origin as clients see it, the context path and `service.path`");
    static final Setting<List<String>> AUDIENCE = Setting.of(
            "service.audience",
            "",
            Syntaxes.list(),
            "**required**; list: whom tokens are for; `resource` may choose one of them (RFC 8707)");
    static final Setting<String> CLIENT_ID =
            Setting.of("service.client-id", "mapae", Syntaxes.printable(), "the `client_id` of tokens");
    static final Setting<Duration> ACCESS_LIFETIME = Setting.of(
            "service.access-lifetime",
            "PT10M",
            Syntaxes.duration(SECOND, Duration.ofDays(1)),
            "PT1S to P1D; ±5 %: how long an access token is good");
    static final Setting<Duration> REFRESH_IDLE = Setting.of(
            "service.refresh-idle",
            "P14D",
            Syntaxes.duration(SECOND, YEARS),
            "PT1S to P3650D; a session that is not used for so long is over");
    static final Setting<Duration> REFRESH_LIFETIME = Setting.of(
            "service.refresh-lifetime",
            "P90D",
            Syntaxes.duration(SECOND, YEARS),
            "PT1S to P3650D; a session is over after this however much it is used");
    static final Setting<Duration> REFRESH_GRACE = Setting.of(
            "service.refresh-grace",
            "PT10S",
            Syntaxes.duration(Duration.ZERO, Duration.ofMinutes(5)),
            "PT0S to PT5M; how long after a refresh the same token gets the same answer again, for answers that are lost"
                    + " and tabs that race. Later it counts as stolen, and the session ends");
    static final Setting<SigningAlgorithm> ALGORITHM = Setting.of(
            "service.algorithm",
            "RS256",
            name -> SigningAlgorithm.named(name)
                    .orElseThrow(() -> new IllegalArgumentException("one of RS256, ES256, EdDSA, HS256")),
            "`RS256`, `ES256`, `EdDSA`, or `HS256` for verifiers in the same application only");
    static final Setting<String> KEY_SECRET = Setting.concealed(
            "service.key-secret",
            text -> text,
            "**required**; at least 32 random bytes in base64url, or better `file:` with them; the same at every node."
                    + " Private keys are sealed under it, and refresh tokens made by it: with another one the service"
                    + " starts only after `mapae_key` was emptied, and all sessions are over");
    static final Setting<Duration> KEY_ROTATION = Setting.of(
            "service.key-rotation",
            "P30D",
            Syntaxes.duration(Duration.ofHours(1), YEARS),
            "PT1H to P3650D; how long a key signs before the next takes over");
    static final Setting<Path> KEY_STORE = Setting.of(
            "service.key-store",
            "",
            Path::of,
            "a PKCS#12 file with the signing keys, the same at every node, instead of keys that the service makes; each"
                    + " signs from 20 minutes after its certificate begins to be valid");
    static final Setting<String> KEY_STORE_PASSWORD =
            Setting.concealed("service.key-store-password", text -> text, "of that file; or `file:`");
    static final Setting<Store> STORE = Setting.of(
            "service.store",
            "jdbc",
            Syntaxes.oneOf(Store.class),
            "`jdbc`, or `redis` (needs `mapae-token-store-redis`)");
    static final Setting<String> DATASOURCE = Setting.concealed(
            "service.datasource",
            Syntaxes.printable(),
            "`java:…` of the container, or `jdbc:…` of H2, PostgreSQL or MariaDB. Unset: H2 in the file `mapae-service`"
                    + " of the working directory, for one node");
    static final Setting<String> DATASOURCE_USER =
            Setting.of("service.datasource-user", "", Syntaxes.printable(), "with a `jdbc:` URL");
    static final Setting<String> DATASOURCE_PASSWORD =
            Setting.concealed("service.datasource-password", text -> text, "the same; or `file:`");
    static final Setting<String> REDIS = Setting.concealed(
            "service.redis", Syntaxes.printable(), "`redis://…` or `rediss://…`, with `service.store=redis`");
    static final Setting<Set<String>> ORIGINS = Setting.of(
            "service.origins",
            "",
            Syntaxes.origins(),
            "exact origins of pages besides the service's own that may use it, with cookies");
    static final Setting<String> COOKIE_NAME = Setting.of(
            "service.cookie-name", "__Secure-mapae-refresh", Syntaxes.cookieName(), "of the refresh token's cookie");
    static final Setting<String> COOKIE_PATH = Setting.of(
            "service.cookie-path",
            "",
            Syntaxes.matching(Pattern.compile("/[A-Za-z0-9._~/-]*"), "a path"),
            "as browsers see it, behind a proxy that changes paths. Unset: context path and `service.path`");
    static final Setting<Integer> HASH_PARALLELISM = Setting.of(
            "service.hash-parallelism",
            "",
            Syntaxes.integer(1, 1024),
            "1 to 1024; how many passwords are computed at once. Unset: half of the processors");
    static final Setting<Integer> THROTTLE_ACCOUNT = Setting.of(
            "service.throttle-account",
            "10",
            Syntaxes.integer(1, 1_000_000),
            "failures for an account that cost no waiting; then PT2S, doubling up to PT15M");
    static final Setting<Integer> THROTTLE_SOURCE = Setting.of(
            "service.throttle-source",
            "100",
            Syntaxes.integer(1, 1_000_000),
            "the same for an address (with IPv6 for its /64)");
    static final Setting<Set<Address>> TRUSTED_PROXIES = Setting.of(
            "service.trusted-proxies",
            "",
            ServiceSettings::addresses,
            "list of addresses whose `X-Forwarded-For` tells who called");
    static final Setting<String> INTROSPECT_CLIENTS = Setting.concealed(
            "service.introspect-clients",
            text -> text,
            "list of `id=secret` or `id=file:…`: who may introspect tokens (RFC 7662), by HTTP Basic; a secret has at least 16"
                    + " characters, and no comma");

    private static Set<Address> addresses(String text) {
        Set<Address> addresses = new LinkedHashSet<>();
        for (String each : Syntaxes.list().read(text)) {
            addresses.add(Address.of(each).orElseThrow(() -> new IllegalArgumentException("expected IP addresses")));
        }
        return addresses;
    }

    /** The endpoints' path; empty where nobody wants a service: {@code declared} by no descriptor, nor by a setting. */
    public static Optional<String> path(Surroundings around, boolean declared) {
        Declared values = Declared.read(around);
        boolean wanted = declared || new ServiceSettings().settings().stream().anyMatch(values::isSet);
        Optional<String> path = values.get(PATH);
        if (wanted && path.isEmpty()) {
            values.throwIfAnyProblem();
        }
        return wanted ? path : Optional.empty();
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                PATH,
                ISSUER,
                AUDIENCE,
                CLIENT_ID,
                ACCESS_LIFETIME,
                REFRESH_IDLE,
                REFRESH_LIFETIME,
                REFRESH_GRACE,
                ALGORITHM,
                KEY_SECRET,
                KEY_ROTATION,
                KEY_STORE,
                KEY_STORE_PASSWORD,
                STORE,
                DATASOURCE,
                DATASOURCE_USER,
                DATASOURCE_PASSWORD,
                REDIS,
                ORIGINS,
                COOKIE_NAME,
                COOKIE_PATH,
                HASH_PARALLELISM,
                THROTTLE_ACCOUNT,
                THROTTLE_SOURCE,
                TRUSTED_PROXIES,
                INTROSPECT_CLIENTS);
    }
}
