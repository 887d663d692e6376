package io.mapae.service;

import io.mapae.Mapae;
import io.mapae.config.ConfigurationException;
import io.mapae.config.Declared;
import io.mapae.config.LocalService;
import io.mapae.config.Surroundings;
import io.mapae.revocation.RevocationSource;
import io.mapae.service.account.Accounts;
import io.mapae.service.account.Bulkhead;
import io.mapae.service.account.IdentityStores;
import io.mapae.service.jdbc.DataSources;
import io.mapae.service.jdbc.Database;
import io.mapae.service.jdbc.JdbcAccounts;
import io.mapae.service.jdbc.JdbcAttempts;
import io.mapae.service.jdbc.JdbcKeys;
import io.mapae.service.jdbc.JdbcSessions;
import io.mapae.service.jdbc.Schema;
import io.mapae.service.key.Rollover;
import io.mapae.service.key.SigningKeys;
import io.mapae.service.session.SessionStore;
import io.mapae.service.session.Sessions;
import io.mapae.service.session.Sessions.Limits;
import io.mapae.service.throttle.AttemptStore;
import io.mapae.service.throttle.Throttle;
import io.mapae.service.token.AccessTokens;
import io.mapae.service.token.AdditionalClaims;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The service of one application: everything behind its endpoints. Safe for use by several threads. */
public final class TokenService implements AutoCloseable {
    private static final Logger LOG = System.getLogger("io.mapae.service");
    private static final int MIN_SECRET_BYTES = 32;
    private static final String FILE = "file:";

    /** What verifiers allow at most, and as long again as they may take to hear of it. */
    private static final Duration SKEW = Duration.ofMinutes(6);

    private static final long TICK_SECONDS = 5;
    private static final long PURGE_MINUTES = 10;

    private final Parts parts;
    private final SigningKeys keys;
    private final SessionStore sessions;
    private final AttemptStore attempts;
    private final InstantSource clock;
    private final List<AutoCloseable> closing;
    private final ScheduledExecutorService housekeeping;

    private TokenService(
            Parts parts,
            SigningKeys keys,
            SessionStore sessions,
            AttemptStore attempts,
            InstantSource clock,
            List<AutoCloseable> closing) {
        this.parts = parts;
        this.keys = keys;
        this.sessions = sessions;
        this.attempts = attempts;
        this.clock = clock;
        this.closing = closing;
        this.housekeeping = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "mapae-service");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens the stores, makes what is missing, and begins.
     *
     * @param contextPath of the application, as browsers see it
     * @param local by which the application's own filter learns of the keys
     * @throws ConfigurationException with all that is wrong with the settings; also if the database is out of reach, as
     *     without it there are no keys
     */
    public static TokenService start(String contextPath, Surroundings around, LocalService local, InstantSource clock) {
        List<AutoCloseable> closing = new ArrayList<>();
        try {
            TokenService service = begin(contextPath, around, local, clock, closing);
            var unused = service.housekeeping.scheduleWithFixedDelay(
                    service.keys::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
            var unusedToo = service.housekeeping.scheduleWithFixedDelay(
                    service::purge, 1, TimeUnit.MINUTES.toSeconds(PURGE_MINUTES), TimeUnit.SECONDS);
            return service;
        } catch (StoreException | InvalidKeyException failure) {
            close(closing);
            throw new ConfigurationException(List.of("the token service cannot start: " + failure.getMessage()));
        } catch (RuntimeException failure) {
            close(closing);
            throw failure;
        }
    }

    private static TokenService begin(
            String contextPath,
            Surroundings around,
            LocalService local,
            InstantSource clock,
            List<AutoCloseable> closing)
            throws StoreException, InvalidKeyException {
        Declared values = Declared.read(around);
        values.require(ServiceSettings.ISSUER);
        values.require(ServiceSettings.AUDIENCE);
        values.require(ServiceSettings.KEY_SECRET);
        byte[] secret = secret(values);
        Map<String, String> clients = clients(values);
        Optional<String> password = values.get(ServiceSettings.DATASOURCE_PASSWORD)
                .map(text -> content(values, ServiceSettings.DATASOURCE_PASSWORD, text));
        Optional<String> keyStorePassword = keyStorePassword(values);
        values.throwIfAnyProblem();
        Duration longest = AccessTokens.longest(values.must(ServiceSettings.ACCESS_LIFETIME));
        Database database = database(values, password);
        closing.add(0, database);
        Schema.apply(database);
        Bulkhead bulkhead =
                new Bulkhead(values.get(ServiceSettings.HASH_PARALLELISM).orElseGet(Bulkhead::usualParallelism));
        JdbcAccounts own = new JdbcAccounts(database, bulkhead, clock);
        Accounts accounts = ServiceLoader.load(Accounts.class, around.classes())
                .findFirst()
                .or(() -> IdentityStores.accounts(own, bulkhead))
                .orElse(own);
        SessionStore sessionStore;
        AttemptStore attempts;
        Supplier<RevocationSource> revocations;
        if (values.must(ServiceSettings.STORE) == ServiceSettings.Store.JDBC) {
            sessionStore = new JdbcSessions(database, clock);
            attempts = new JdbcAttempts(database, clock);
            revocations = () -> database.revocations(clock);
        } else {
            Stores stores = elsewhere(values, around, clock);
            closing.add(0, stores);
            sessionStore = stores.sessions();
            attempts = stores.attempts();
            revocations = stores::revocations;
        }
        Rollover rollover = Rollover.every(values.must(ServiceSettings.KEY_ROTATION), longest);
        SigningKeys keys = keyStorePassword.isPresent()
                ? keysInFile(values, keyStorePassword.get(), rollover, clock)
                : SigningKeys.open(
                        new JdbcKeys(database),
                        derived(secret, "signing keys"),
                        values.must(ServiceSettings.ALGORITHM),
                        rollover,
                        clock);
        Limits limits = new Limits(
                values.must(ServiceSettings.REFRESH_IDLE),
                values.must(ServiceSettings.REFRESH_LIFETIME),
                values.must(ServiceSettings.REFRESH_GRACE),
                longest.plus(SKEW));
        Sessions sessions = new Sessions(sessionStore, accounts, derived(secret, "refresh tokens"), limits, clock);
        String issuer = values.must(ServiceSettings.ISSUER);
        List<String> audiences = values.must(ServiceSettings.AUDIENCE);
        AccessTokens tokens = new AccessTokens(
                new AccessTokens.Options(
                        issuer, values.must(ServiceSettings.CLIENT_ID), values.must(ServiceSettings.ACCESS_LIFETIME)),
                keys,
                AdditionalClaims.found(around.classes()));
        Runnable withdraw = local.publish(keys, revocations);
        closing.add(0, withdraw::run);
        Mapae verifier = verifier(issuer, audiences, keys, revocations, clock);
        closing.add(0, keys.show(contextPath)::run);
        closing.add(0, verifier);
        String path = values.must(ServiceSettings.PATH);
        Options options = new Options(
                issuer,
                values.must(ServiceSettings.CLIENT_ID),
                audiences,
                values.must(ServiceSettings.COOKIE_NAME),
                values.get(ServiceSettings.COOKIE_PATH).orElse(contextPath + path),
                values.get(ServiceSettings.ORIGINS).orElse(Set.of()),
                values.get(ServiceSettings.TRUSTED_PROXIES).orElse(Set.of()),
                clients);
        Throttle throttle = new Throttle(
                attempts,
                clock,
                values.must(ServiceSettings.THROTTLE_ACCOUNT),
                values.must(ServiceSettings.THROTTLE_SOURCE));
        Parts parts = new Parts(options, accounts, throttle, sessions, tokens, keys, verifier.gate(), clock);
        return new TokenService(parts, keys, sessionStore, attempts, clock, closing);
    }

    /** With settings of its own alone: whatever the application's rules are, here a caller is a caller. */
    private static Mapae verifier(
            String issuer,
            List<String> audiences,
            SigningKeys keys,
            Supplier<RevocationSource> revocations,
            InstantSource clock) {
        LocalService inside = new LocalService();
        var unused = inside.publish(keys, revocations);
        Map<String, String> settings = Map.of(
                "issuer",
                issuer,
                "audience",
                String.join(",", audiences),
                "jwks-uri",
                "service:",
                "rules",
                "/** authenticated");
        Surroundings own = new Surroundings(
                settings,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                ClassLoader.getPlatformClassLoader(), // no file of the application's either
                Map.of(),
                inside);
        return Mapae.start("", own, clock);
    }

    /** Empty where the keys are in the database. */
    private static Optional<String> keyStorePassword(Declared values) {
        boolean inFile = values.isSet(ServiceSettings.KEY_STORE);
        if (!inFile && !values.isSet(ServiceSettings.KEY_STORE_PASSWORD)) {
            return Optional.empty();
        }
        values.require(ServiceSettings.KEY_STORE);
        values.require(ServiceSettings.KEY_STORE_PASSWORD);
        if (inFile && values.isSet(ServiceSettings.KEY_ROTATION)) {
            values.problem(
                    ServiceSettings.KEY_ROTATION, "not with service.key-store, where certificates tell the time");
        }
        return values.get(ServiceSettings.KEY_STORE_PASSWORD)
                .map(text -> content(values, ServiceSettings.KEY_STORE_PASSWORD, text));
    }

    private static SigningKeys keysInFile(Declared values, String password, Rollover rollover, InstantSource clock)
            throws StoreException, InvalidKeyException {
        try {
            return SigningKeys.inFile(
                    values.must(ServiceSettings.KEY_STORE),
                    password.toCharArray(),
                    values.must(ServiceSettings.ALGORITHM),
                    rollover,
                    clock);
        } catch (StoreException | InvalidKeyException unusable) {
            values.problem(ServiceSettings.KEY_STORE, String.valueOf(unusable.getMessage()));
            values.throwIfAnyProblem();
            throw unusable;
        }
    }

    private static Database database(Declared values, Optional<String> password) {
        String url = values.get(ServiceSettings.DATASOURCE)
                .orElseGet(() -> "jdbc:h2:file:" + Path.of("mapae-service").toAbsolutePath());
        try {
            return DataSources.open(url, values.get(ServiceSettings.DATASOURCE_USER), password);
        } catch (IllegalArgumentException wrong) {
            values.problem(ServiceSettings.DATASOURCE, String.valueOf(wrong.getMessage()));
            values.throwIfAnyProblem();
            throw wrong;
        }
    }

    private static Stores elsewhere(Declared values, Surroundings around, InstantSource clock) throws StoreException {
        values.require(ServiceSettings.REDIS);
        Optional<Stores.Provider> provider = ServiceLoader.load(Stores.Provider.class, around.classes()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(known -> known.name().equals("redis"))
                .findFirst();
        if (provider.isEmpty()) {
            values.problem(ServiceSettings.STORE, "needs mapae-token-store-redis");
        }
        values.throwIfAnyProblem();
        try {
            return provider.orElseThrow().open(values.must(ServiceSettings.REDIS), clock);
        } catch (IllegalArgumentException wrong) {
            values.problem(ServiceSettings.REDIS, String.valueOf(wrong.getMessage()));
            values.throwIfAnyProblem();
            throw wrong;
        }
    }

    private static byte[] secret(Declared values) {
        Optional<String> text =
                values.get(ServiceSettings.KEY_SECRET).map(given -> content(values, ServiceSettings.KEY_SECRET, given));
        try {
            byte[] secret = Base64.getUrlDecoder().decode(text.orElse("").replace("=", ""));
            if (secret.length < MIN_SECRET_BYTES && text.isPresent()) {
                values.problem(ServiceSettings.KEY_SECRET, secret.length + " bytes, " + MIN_SECRET_BYTES + " at least");
            }
            return secret;
        } catch (IllegalArgumentException malformed) {
            values.problem(ServiceSettings.KEY_SECRET, "not base64url");
            return new byte[0];
        }
    }

    /** Of the file that a setting names, or what it says itself. */
    private static String content(Declared values, io.mapae.config.Setting<?> setting, String text) {
        if (!text.startsWith(FILE)) {
            return text;
        }
        try {
            return Files.readString(Path.of(text.substring(FILE.length()))).strip();
        } catch (IOException | RuntimeException unreadable) {
            values.problem(setting, "a file that cannot be read");
            return "";
        }
    }

    private static Map<String, String> clients(Declared values) {
        Map<String, String> clients = new LinkedHashMap<>();
        for (String client :
                values.get(ServiceSettings.INTROSPECT_CLIENTS).orElse("").split(",", -1)) {
            String[] parts = client.strip().split("=", 2);
            if (parts.length == 2 && !parts[0].isBlank()) {
                clients.put(parts[0], content(values, ServiceSettings.INTROSPECT_CLIENTS, parts[1]));
            } else if (!client.isBlank()) {
                values.problem(ServiceSettings.INTROSPECT_CLIENTS, "expected id=secret");
            }
        }
        return clients;
    }

    /** HKDF's second step (RFC 5869 §2.3): one secret of the setting, and several keys that tell nothing of each other. */
    private static byte[] derived(byte[] secret, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(("mapae " + purpose).getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(new byte[] {1});
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private void purge() {
        try {
            sessions.purge(Instant.ofEpochMilli(clock.millis()));
            attempts.purge();
        } catch (StoreException outOfReach) {
            LOG.log(Level.DEBUG, "What is over was not removed", outOfReach);
        }
    }

    /** What the endpoints work with. */
    public Parts parts() {
        return parts;
    }

    /** The keys, to be replaced by command. */
    public SigningKeys keys() {
        return keys;
    }

    /** Ends it; requests that run may fail. */
    @Override
    public void close() {
        housekeeping.shutdownNow();
        close(closing);
    }

    private static void close(List<AutoCloseable> closing) {
        for (AutoCloseable each : closing) {
            try {
                each.close();
            } catch (Exception failed) {
                LOG.log(Level.WARNING, "Something was not closed: {0}", failed.getClass());
            }
        }
    }
}
