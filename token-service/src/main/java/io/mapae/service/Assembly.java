package io.mapae.service;

import io.mapae.Mapae;
import io.mapae.config.Declared;
import io.mapae.config.LocalService;
import io.mapae.config.LocalService.Publication;
import io.mapae.config.Setting;
import io.mapae.config.Surroundings;
import io.mapae.http.Gate;
import io.mapae.jws.Engines;
import io.mapae.jws.Providers;
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
import io.mapae.service.key.SigningAlgorithm;
import io.mapae.service.key.SigningKeys;
import io.mapae.service.session.SessionStore;
import io.mapae.service.session.Sessions;
import io.mapae.service.session.Sessions.Limits;
import io.mapae.service.throttle.AttemptStore;
import io.mapae.service.throttle.Throttle;
import io.mapae.service.token.AccessTokens;
import io.mapae.service.token.AdditionalClaims;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * From settings to the parts of a service. For one start-up, on one thread.
 *
 * @param contextPath of the application, as browsers see it
 * @param opened takes all that is to be closed, be it that this fails or that the service ends
 */
record Assembly(String contextPath, Declared values, Surroundings around, InstantSource clock, Opened opened) {
    /** What verifiers allow at most, and as long again as they may take to hear of it. */
    private static final Duration SKEW = Duration.ofMinutes(6);

    /** What the endpoints work with, and what has to be looked after. */
    record Assembled(Parts parts, SigningKeys keys, Storage storage) {}

    /** @param revocations for those who verify, opened each time they ask */
    record Storage(Database database, SessionStore sessions, AttemptStore attempts, Revocations revocations) {}

    /** Opens what was revoked. */
    @FunctionalInterface
    interface Revocations {
        RevocationSource open();
    }

    /** Reads all settings, opens the stores, makes what is missing there, and publishes the keys to {@code local}. */
    Assembled assemble(LocalService local) throws StoreException, InvalidKeyException {
        new ServiceSettings().settings().forEach(values::get);
        List.<Setting<?>>of(ServiceSettings.ISSUER, ServiceSettings.AUDIENCE, ServiceSettings.KEY_SECRET)
                .forEach(values::require);
        Secrets secrets = new Secrets(values);
        Optional<byte[]> secret = secrets.key();
        Map<String, String> clients = secrets.clients();
        Optional<String> keyStorePassword = keyStorePassword(secrets);
        Optional<Storage> storage = storage(secrets);
        Optional<Providers> providers = values.providers(around);
        values.throwIfAnyProblem();
        Schema.apply(storage.orElseThrow().database());
        Engines engines = Engines.choose(providers.orElseThrow(), SigningAlgorithm.allVerified());
        return assemble(local, storage.orElseThrow(), secret.orElseThrow(), clients, keyStorePassword, engines);
    }

    private Assembled assemble(
            LocalService local,
            Storage storage,
            byte[] secret,
            Map<String, String> clients,
            Optional<String> keyStorePassword,
            Engines engines)
            throws StoreException, InvalidKeyException {
        Duration longest = AccessTokens.longest(values.must(ServiceSettings.ACCESS_LIFETIME));
        SigningKeys keys = keys(storage.database(), secret, keyStorePassword, longest, engines);
        Accounts accounts = accounts(storage.database());
        Limits limits = new Limits(
                values.must(ServiceSettings.REFRESH_IDLE),
                values.must(ServiceSettings.REFRESH_LIFETIME),
                values.must(ServiceSettings.REFRESH_GRACE),
                longest.plus(SKEW));
        Sessions sessions =
                new Sessions(storage.sessions(), accounts, KeyDerivation.key(secret, "refresh tokens"), limits, clock);
        Options options = options(clients);
        AccessTokens tokens = new AccessTokens(
                new AccessTokens.Options(
                        options.issuer(), options.clientId(), values.must(ServiceSettings.ACCESS_LIFETIME)),
                keys,
                AdditionalClaims.found(around.classes()));
        Throttle throttle = new Throttle(
                storage.attempts(),
                clock,
                values.must(ServiceSettings.THROTTLE_ACCOUNT),
                values.must(ServiceSettings.THROTTLE_SOURCE));
        Publication publication =
                new Publication(options.issuer(), options.audiences(), keys, storage.revocations()::open);
        opened.add(local.publish(publication)::run);
        opened.add(keys.show(contextPath)::run);
        Parts parts = new Parts(options, accounts, throttle, sessions, tokens, keys, gate(publication), clock);
        return new Assembled(parts, keys, storage);
    }

    private Options options(Map<String, String> clients) {
        return new Options(
                values.must(ServiceSettings.ISSUER),
                values.must(ServiceSettings.CLIENT_ID),
                values.must(ServiceSettings.AUDIENCE),
                values.must(ServiceSettings.COOKIE_NAME),
                values.get(ServiceSettings.COOKIE_PATH).orElse(contextPath + values.must(ServiceSettings.PATH)),
                values.get(ServiceSettings.ORIGINS).orElse(Set.of()),
                values.get(ServiceSettings.TRUSTED_PROXIES).orElse(Set.of()),
                clients);
    }

    private Accounts accounts(Database database) {
        Bulkhead bulkhead =
                new Bulkhead(values.get(ServiceSettings.HASH_PARALLELISM).orElseGet(Bulkhead::usualParallelism));
        JdbcAccounts own = new JdbcAccounts(database, bulkhead, clock);
        return ServiceLoader.load(Accounts.class, around.classes())
                .findFirst()
                .or(() -> IdentityStores.accounts(own, bulkhead))
                .orElse(own);
    }

    /** Empty after a problem. */
    private Optional<Storage> storage(Secrets secrets) throws StoreException {
        Optional<Database> database = database(secrets.text(ServiceSettings.DATASOURCE_PASSWORD));
        if (values.get(ServiceSettings.STORE).equals(Optional.of(ServiceSettings.Store.REDIS))) {
            Optional<Stores> stores = elsewhere();
            return database.isEmpty()
                    ? Optional.empty()
                    : stores.map(known ->
                            new Storage(database.get(), known.sessions(), known.attempts(), known::revocations));
        }
        return database.map(known -> new Storage(
                known, new JdbcSessions(known, clock), new JdbcAttempts(known, clock), () -> known.revocations(clock)));
    }

    private Optional<Database> database(Optional<String> password) {
        String url = values.get(ServiceSettings.DATASOURCE)
                .orElseGet(() -> "jdbc:h2:file:" + Path.of("mapae-service").toAbsolutePath());
        try {
            return Optional.of(
                    opened.add(DataSources.open(url, values.get(ServiceSettings.DATASOURCE_USER), password)));
        } catch (IllegalArgumentException wrong) {
            values.problem(ServiceSettings.DATASOURCE, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Stores> elsewhere() throws StoreException {
        values.require(ServiceSettings.REDIS);
        Optional<Stores.Provider> provider = ServiceLoader.load(Stores.Provider.class, around.classes()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(known -> known.name().equals("redis"))
                .findFirst();
        if (provider.isEmpty()) {
            values.problem(ServiceSettings.STORE, "needs mapae-token-store-redis");
        }
        Optional<String> address = values.get(ServiceSettings.REDIS);
        if (provider.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(opened.add(provider.get().open(address.get(), clock)));
        } catch (IllegalArgumentException wrong) {
            values.problem(ServiceSettings.REDIS, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    /** Empty where the keys are in the database. */
    private Optional<String> keyStorePassword(Secrets secrets) {
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
        return secrets.text(ServiceSettings.KEY_STORE_PASSWORD);
    }

    private SigningKeys keys(
            Database database, byte[] secret, Optional<String> keyStorePassword, Duration longest, Engines engines)
            throws StoreException, InvalidKeyException {
        Rollover rollover = Rollover.every(values.must(ServiceSettings.KEY_ROTATION), longest);
        if (keyStorePassword.isEmpty()) {
            return SigningKeys.open(
                    new JdbcKeys(database),
                    KeyDerivation.key(secret, "signing keys"),
                    values.must(ServiceSettings.ALGORITHM),
                    rollover,
                    engines,
                    clock);
        }
        try {
            return SigningKeys.inFile(
                    values.must(ServiceSettings.KEY_STORE),
                    keyStorePassword.get().toCharArray(),
                    values.must(ServiceSettings.ALGORITHM),
                    rollover,
                    engines,
                    clock);
        } catch (StoreException | InvalidKeyException unusable) {
            values.problem(ServiceSettings.KEY_STORE, String.valueOf(unusable.getMessage()));
            values.throwIfAnyProblem();
            throw unusable;
        }
    }

    /** With settings of its own alone: whatever the application's rules are, here a caller is a caller. */
    private Gate gate(Publication publication) {
        LocalService inside = new LocalService();
        var unused = inside.publish(publication);
        Map<String, String> settings = Map.of(
                "issuer",
                publication.issuer(),
                "audience",
                String.join(",", publication.audiences()),
                "jwks-uri",
                "service:",
                "crypto-provider",
                "jdk", // for the few requests with a token, a trial is not worth its while
                "cache.enabled",
                "false");
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
        return opened.add(Mapae.start("", own, clock)).gate();
    }
}
