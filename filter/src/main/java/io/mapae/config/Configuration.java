package io.mapae.config;

import io.mapae.config.Assembly.Trusted;
import io.mapae.http.GateOptions;
import io.mapae.http.Once;
import io.mapae.http.Paths;
import io.mapae.http.RefusalBody;
import io.mapae.jws.Algorithm;
import io.mapae.jws.Engines;
import io.mapae.jws.Providers;
import io.mapae.keys.JwksEndpoints;
import io.mapae.keys.Transport;
import io.mapae.replay.ReplayStore;
import io.mapae.revocation.RevocationFeed;
import io.mapae.revocation.RevocationSource;
import io.mapae.revocation.RevocationSources;
import io.mapae.verify.CacheSize;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From the text of settings to the {@link Assembly} of everything that is made from them. */
public final class Configuration {
    private static final String FILE_ON_CLASS_PATH = "mapae.properties";

    private Configuration() {}

    /**
     * Reads all settings.
     *
     * @throws ConfigurationException with every problem there is, each with its setting's name, where its value came from
     *     and what was expected
     */
    public static Assembly read(Surroundings around, InstantSource clock) {
        Values values = values(around);
        values.add(Source.defaults(around.defaults()));
        Optional<Set<String>> names = values.get(Settings.ISSUERS);
        values.refuseUnknown(names.orElse(Set.of()));
        values.known().stream()
                .filter(setting -> setting.scope() == Setting.Scope.APPLICATION)
                .forEach(values::get);
        Transport transport = new NetworkSettings(values).transport();
        Setting<String> uri = names.isPresent() ? Settings.URI_OF_ISSUER : Settings.ISSUER;
        JwksEndpoints endpoints = new JwksEndpoints(transport, clock);
        List<Supplier<List<Trusted>>> issuers = issuers(values, names)
                .map(issuer -> new IssuerSettings(
                        issuer,
                        uri,
                        new KeySettings(issuer, uri, around.classes(), around.service(), clock, transport, endpoints)))
                .map(IssuerSettings::read)
                .toList();
        Optional<RefusalBody> body = refusalBody(values, around.classes());
        Optional<RevocationSource> revocations = revocations(values, around, clock);
        Optional<Providers> providers = providers(values, around.classes());
        values.throwIfAnyProblem();

        List<Trusted> trusted =
                issuers.stream().flatMap(issuer -> issuer.get().stream()).toList();
        demandDifferentNames(trusted, values);
        warnOfWhatIsUnsafe(values, transport);
        Optional<ReplayStore> replay = new ReplaySettings(values, around.classes(), clock).store();
        values.throwIfAnyProblem();
        Duration skew = trusted.stream()
                .map(one -> one.issuer().policy().times().clockSkew())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Assembly(
                trusted,
                Engines.choose(providers.orElseThrow(), algorithms(trusted)),
                endpoints,
                revocations.map(source -> new RevocationFeed(
                        source,
                        values.must(Settings.REVOCATION_POLL),
                        values.must(Settings.REVOCATION_MAX_STALE),
                        around.classes(),
                        clock)),
                values.must(Settings.CACHE_ENABLED) ? CacheSize.of(values.must(Settings.CACHE_SIZE)) : CacheSize.NONE,
                values.must(Settings.FAIL_FAST),
                gate(values, body.orElseThrow(), around.service().paths()),
                replay.orElseThrow(),
                new Once(replay.orElseThrow(), skew, clock),
                values.must(Settings.UNANNOTATED).demand(),
                values.warnings());
    }

    /** One or several; what is set for one is the default for several, but for its name. */
    private static Stream<Values> issuers(Values values, Optional<Set<String>> names) {
        if (names.isEmpty()) {
            return values.isSet(Settings.ISSUERS) ? Stream.of() : Stream.of(values.of(Optional.empty()));
        }
        if (values.isSet(Settings.ISSUER)) {
            values.problem(Settings.ISSUER, "never beside issuers: each of these has a uri");
        }
        Settings.all().stream()
                .filter(setting -> setting.scope() == Setting.Scope.ISSUER_ALONE && values.isSet(setting))
                .forEach(setting -> values.problem(setting, "each of several issuers needs its own"));
        warnOfWhatIsShared(values);
        return names.get().stream().map(name -> values.of(Optional.of(name)));
    }

    private static void warnOfWhatIsShared(Values values) {
        values.members(Settings.JWKS_HEADER)
                .keySet()
                .forEach(header -> values.warn(Setting.stem(Settings.JWKS_HEADER.name()) + header
                        + ": sent to every issuer that has none of its own"));
        values.get(Settings.JWKS_URI)
                .filter(address -> !address.contains(IssuerSettings.TENANT))
                .ifPresent(shared -> values.warn(Settings.JWKS_URI.name()
                        + ": its keys speak for every issuer that says nothing else of its keys"));
    }

    private static void demandDifferentNames(List<Trusted> trusted, Values values) {
        Set<String> seen = new HashSet<>();
        for (Trusted one : trusted) {
            String issuer = one.issuer().policy().issuer();
            if (!seen.add(issuer)) {
                values.problem(Settings.ISSUERS, "two issuers have the uri " + issuer);
            }
        }
        values.throwIfAnyProblem();
    }

    /** Whether anybody says anything to us; an application where nobody does is left alone. */
    public static boolean isPresent(Surroundings around) {
        return values(around).isAnythingSaid();
    }

    /** What was meant for us, perhaps, but is no setting: for those who find that nobody says anything. */
    public static List<String> ignored(Surroundings around) {
        Values values = values(around);
        values.refuseUnknown(Set.of());
        return values.ignored();
    }

    /**
     * Whether the settings ask for the filter to be registered by itself.
     *
     * @throws ConfigurationException if that cannot be told for sure: silence would leave the application open
     */
    public static boolean isAutomatic(Surroundings around) {
        Values values = values(around);
        values.refuseUnknown(values.get(Settings.ISSUERS).orElse(Set.of()));
        boolean automatic = values.get(Settings.AUTO).orElse(false);
        values.throwIfAnyProblem();
        return automatic;
    }

    /**
     * Who is to know the caller.
     *
     * @throws ConfigurationException if that cannot be read
     */
    public static Identity identity(Surroundings around) {
        Values values = values(around);
        Identity identity = values.get(Settings.IDENTITY).orElse(Identity.AUTO);
        values.throwIfAnyProblem();
        return identity;
    }

    /** Of the sources in their order; what is known includes what other modules declare. */
    static Values values(Surroundings around) {
        List<String> problems = new ArrayList<>();
        Values values = new Values(Known.settings(around.classes(), problems::add));
        problems.forEach(values::problem);
        values.add(Source.programmatic(around.programmatic()));
        values.add(Source.systemProperties(around.systemProperties()));
        values.add(Source.environment(around.environment()));
        values.add(Source.initParams(around.initParams()));
        values.add(Source.properties(around.properties()));
        values.add(Source.contextParams(around.contextParams()));
        file(values, around).ifPresent(values::add);
        values.add(around.microProfile(values.known()));
        return values;
    }

    private static Optional<Source> file(Values values, Surroundings around) {
        Optional<String> path = values.get(Settings.CONFIG);
        try {
            return path.isPresent()
                    ? Optional.of(Source.file(path.get(), Surroundings.file(path.get())))
                    : around.resource(FILE_ON_CLASS_PATH).map(entries -> Source.file(FILE_ON_CLASS_PATH, entries));
        } catch (IOException | InvalidPathException unreadable) {
            String problem =
                    "no readable properties file (" + unreadable.getClass().getSimpleName() + ")";
            values.problem(Settings.CONFIG, path.isPresent() ? problem : FILE_ON_CLASS_PATH + " is " + problem);
            return Optional.empty();
        }
    }

    private static GateOptions gate(Values values, RefusalBody body, Paths exempt) {
        return new GateOptions(
                values.must(Settings.RULES),
                values.get(Settings.TOKEN_COOKIE),
                values.get(Settings.ORIGINS).orElse(Set.of()),
                values.get(Settings.CORS_ORIGINS).orElse(Set.of()),
                values.get(Settings.REALM),
                body,
                values.must(Settings.EXPLAIN),
                exempt);
    }

    /** The application's own body, where it has one, else the one that is chosen by name. */
    private static Optional<RefusalBody> refusalBody(Values values, ClassLoader classes) {
        try {
            return ServiceLoader.load(RefusalBody.class, classes)
                    .findFirst()
                    .or(() -> values.get(Settings.ERROR_BODY).map(Settings.ErrorBody::body));
        } catch (ServiceConfigurationError unusable) {
            values.problem(Settings.ERROR_BODY, "the service io.mapae.http.RefusalBody cannot be loaded");
            return Optional.empty();
        }
    }

    /** Empty after a problem. */
    static Optional<Providers> providers(Values values, ClassLoader classes) {
        try {
            return values.get(Settings.CRYPTO_PROVIDER).map(name -> Providers.named(name, classes));
        } catch (IllegalArgumentException unknown) {
            values.problem(Settings.CRYPTO_PROVIDER, String.valueOf(unknown.getMessage()));
            return Optional.empty();
        }
    }

    private static Set<Algorithm> algorithms(List<Trusted> trusted) {
        return trusted.stream()
                .flatMap(one -> one.issuer().policy().algorithms().stream())
                .collect(Collectors.toSet());
    }

    private static Optional<RevocationSource> revocations(Values values, Surroundings around, InstantSource clock) {
        try {
            return values.get(Settings.REVOCATION)
                    .map(location -> location.equals(LocalService.LOCATION)
                            ? around.service().revocations()
                            : RevocationSources.open(location, around.classes(), clock));
        } catch (IllegalArgumentException unusable) {
            values.problem(Settings.REVOCATION, String.valueOf(unusable.getMessage()));
            return Optional.empty();
        }
    }

    private static void warnOfWhatIsUnsafe(Values values, Transport transport) {
        if (values.must(Settings.EXPLAIN)) {
            values.warn("explain = true: refusals tell the client which check failed; for development only");
        }
        if (transport.insecureHttp()) {
            values.warn("insecure-http = true: whoever is on the way to an issuer can forge its tokens");
        }
    }
}
