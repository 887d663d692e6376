package io.mapae.config;

import io.mapae.http.GateOptions;
import io.mapae.http.RefusalBody;
import io.mapae.identity.CallerMapping;
import io.mapae.identity.ClaimPath;
import io.mapae.jws.Algorithm;
import io.mapae.jws.Header;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import io.mapae.verify.Policy;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From the text of settings to the {@link Assembly} of everything that is made from them. */
public final class Configuration {
    private static final String ANY = "*";

    private static final Map<Setting<String>, KeyFormat> KEYS = keySettings();

    private final Surroundings around;
    private final InstantSource clock;
    private final Values values;

    private Configuration(Surroundings around, InstantSource clock) {
        this.around = around;
        this.clock = clock;
        this.values = values(around);
    }

    /**
     * Reads all settings.
     *
     * @throws ConfigurationException with every problem there is, each with its setting's name, where its value came from
     *     and what was expected
     */
    public static Assembly read(Surroundings around, InstantSource clock) {
        return new Configuration(around, clock).assembly();
    }

    /**
     * Whether the settings ask for the filter to be registered by itself.
     *
     * @throws ConfigurationException if that cannot be told for sure: silence would leave the application open
     */
    public static boolean isAutomatic(Surroundings around) {
        Values values = values(around);
        boolean automatic = values.get(Settings.AUTO).orElse(false);
        values.throwIfAnyProblem();
        return automatic;
    }

    private static Values values(Surroundings around) {
        Values values = new Values();
        values.add(Source.programmatic(around.programmatic()));
        values.add(Source.systemProperties(around.systemProperties()));
        values.add(Source.environment(around.environment()));
        values.add(Source.initParams(around.initParams()));
        values.add(Source.contextParams(around.contextParams()));
        try {
            Optional<String> path = values.get(Settings.CONFIG);
            if (path.isPresent()) {
                values.add(Source.file(path.get(), Surroundings.file(path.get())));
            } else {
                around.fileOnClassPath().ifPresent(entries -> values.add(Source.file("mapae.properties", entries)));
            }
        } catch (IOException | java.nio.file.InvalidPathException unreadable) {
            values.problem(
                    Settings.CONFIG, "cannot be read (" + unreadable.getClass().getSimpleName() + ")");
        }
        values.add(Source.microProfile(around.microProfile()));
        Optional<Preset> preset = values.get(Settings.PRESET);
        preset.ifPresent(chosen ->
                values.add(Source.preset(chosen.name().toLowerCase(java.util.Locale.ROOT), chosen.settings())));
        return values;
    }

    private Assembly assembly() {
        Optional<String> issuer = required(Settings.ISSUER);
        Optional<Set<String>> audience = required(Settings.AUDIENCE);
        Optional<KeySource> keys = keys();
        Optional<Set<Algorithm>> algorithms = keys.flatMap(this::algorithms);
        Optional<Policy.Types> types = values.get(Settings.TOKEN_TYPES);
        Optional<Policy.Times> times = values.get(Settings.CLOCK_SKEW)
                .map(skew -> new Policy.Times(
                        skew, values.get(Settings.MAX_TOKEN_AGE), values.get(Settings.MAX_TOKEN_LIFETIME)));
        Optional<Set<String>> required = values.get(Settings.REQUIRED_CLAIMS);
        Optional<List<String>> names = values.get(Settings.PRINCIPAL_CLAIM);
        Optional<String> audienceClaim = values.get(Settings.AUDIENCE_CLAIM);
        Optional<Integer> maxLength = values.get(Settings.MAX_TOKEN_LENGTH);
        Optional<List<ClaimPath>> roles = values.get(Settings.ROLES_CLAIMS);
        Optional<List<ClaimPath>> scopes = values.get(Settings.SCOPE_CLAIMS);
        Optional<Map<String, Set<String>>> roleMapping = values.get(Settings.ROLE_MAPPING);
        values.get(Settings.AUTO); // read elsewhere, but what is wrong with it belongs into this list
        Optional<GateOptions> gate = gate();
        values.throwIfAnyProblem();

        Set<String> accepted = audience.orElseThrow().contains(ANY) ? Set.of() : audience.orElseThrow();
        warnOfWhatIsWide(accepted, roles.orElseThrow());
        Policy policy = new Policy(
                issuer.orElseThrow(),
                new Policy.Audience(audienceClaim.orElseThrow(), accepted),
                algorithms.orElseThrow(),
                types.orElseThrow(),
                times.orElseThrow(),
                required.orElseThrow(),
                values.get(Settings.PRESET).map(Preset::demandedValues).orElse(Map.of()),
                names.orElseThrow(),
                maxLength.orElseThrow());
        CallerMapping mapping =
                new CallerMapping(roles.orElseThrow(), roleMapping.orElse(Map.of()), scopes.orElseThrow(), accepted);
        return new Assembly(policy, keys.orElseThrow(), mapping, gate.orElseThrow(), values.warnings());
    }

    private Optional<GateOptions> gate() {
        boolean explain = values.get(Settings.EXPLAIN).orElse(false);
        if (explain) {
            values.warn("explain = true: refusals tell the client which check failed; for development only");
        }
        Optional<String> cookie = values.get(Settings.TOKEN_COOKIE);
        Set<String> origins = values.get(Settings.ORIGINS).orElse(Set.of());
        Set<String> corsOrigins = values.get(Settings.CORS_ORIGINS).orElse(Set.of());
        Optional<String> realm = values.get(Settings.REALM);
        Optional<RefusalBody> body = refusalBody();
        return values.get(Settings.RULES)
                .flatMap(rules -> body.map(
                        chosen -> new GateOptions(rules, cookie, origins, corsOrigins, realm, chosen, explain)));
    }

    private Optional<RefusalBody> refusalBody() {
        try {
            return ServiceLoader.load(RefusalBody.class, around.classes())
                    .findFirst()
                    .or(() -> values.get(Settings.ERROR_BODY)
                            .map(body -> body == Settings.ErrorBody.NONE ? RefusalBody.NONE : RefusalBody.PROBLEM));
        } catch (ServiceConfigurationError unusable) {
            values.problem(Settings.ERROR_BODY, "the service io.mapae.http.RefusalBody cannot be loaded");
            return Optional.empty();
        }
    }

    private <T> Optional<T> required(Setting<T> setting) {
        if (!values.isSet(setting)) {
            values.problem(setting, "required");
        }
        return values.get(setting);
    }

    private static Map<Setting<String>, KeyFormat> keySettings() {
        Map<Setting<String>, KeyFormat> formats = new LinkedHashMap<>();
        formats.put(Settings.PUBLIC_KEY, KeyFormat.PUBLIC_KEY);
        formats.put(Settings.JWKS_URI, KeyFormat.JWK_SET);
        formats.put(Settings.SECRET, KeyFormat.SECRET);
        return formats;
    }

    /** Where keys come from is said once: a secret beside public keys would let a published key be used as a secret. */
    private Optional<KeySource> keys() {
        List<Setting<String>> given =
                KEYS.keySet().stream().filter(values::isSet).toList();
        if (given.isEmpty()) {
            values.problem(Settings.PUBLIC_KEY, "required, or jwks-uri, or secret");
        }
        given.stream()
                .skip(1)
                .forEach(second ->
                        values.problem(second, "never beside " + given.get(0).name() + ": keys come from one place"));
        return given.size() == 1
                ? values.get(given.get(0)).flatMap(location -> keys(given.get(0), location))
                : Optional.empty();
    }

    private Optional<KeySource> keys(Setting<String> setting, String location) {
        try {
            KeyFormat format = Optional.ofNullable(KEYS.get(setting)).orElseThrow();
            return Optional.of(KeyLocation.open(location, format, around.classes(), clock));
        } catch (IOException | InvalidKeyException unusable) {
            values.problem(
                    setting,
                    (KeyLocation.isReference(location) ? location + ": " : "")
                            + (unusable instanceof java.nio.file.NoSuchFileException
                                    ? "no such file"
                                    : unusable.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Set<Algorithm>> algorithms(KeySource keys) {
        boolean secret = values.isSet(Settings.SECRET);
        Set<Algorithm> possible = EnumSet.allOf(Algorithm.class);
        possible.removeIf(algorithm -> algorithm.isSymmetric() != secret || (secret && !hasKey(keys, algorithm)));
        if (!values.isSet(Settings.ALGORITHMS)) {
            return Optional.of(possible);
        }
        Optional<Set<Algorithm>> named = values.get(Settings.ALGORITHMS);
        Set<Algorithm> impossible = named.stream()
                .flatMap(Set::stream)
                .filter(algorithm -> !possible.contains(algorithm))
                .collect(Collectors.toSet());
        if (!impossible.isEmpty()) {
            values.problem(
                    Settings.ALGORITHMS,
                    (secret ? "with this secret only " : "without a secret only ") + possible + ", not " + impossible);
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

    private void warnOfWhatIsWide(Set<String> audiences, List<ClaimPath> roles) {
        if (audiences.isEmpty()) {
            values.warn("audience = *: tokens that were issued for other services are accepted here");
        }
        roles.stream()
                .filter(ClaimPath::isWild)
                .forEach(path -> values.warn(
                        "roles-claims " + path.text() + ": roles that were granted for other applications count here"));
        Stream<ClaimPath> empty =
                audiences.isEmpty() ? roles.stream().filter(ClaimPath::namesAudience) : Stream.empty();
        empty.forEach(path -> values.warn("roles-claims " + path.text() + ": gives no roles, as audience is *"));
    }
}
