package io.mapae.config;

import io.mapae.http.GateOptions;
import io.mapae.http.RefusalBody;
import io.mapae.identity.CallerMapping;
import io.mapae.identity.ClaimPath;
import io.mapae.jws.Algorithm;
import io.mapae.keys.KeySource;
import io.mapae.verify.Policy;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** From the text of settings to the {@link Assembly} of everything that is made from them. */
public final class Configuration {
    private static final String FILE_ON_CLASS_PATH = "mapae.properties";
    private static final String ANY = "*";

    private Configuration() {}

    /**
     * Reads all settings.
     *
     * @throws ConfigurationException with every problem there is, each with its setting's name, where its value came from
     *     and what was expected
     */
    public static Assembly read(Surroundings around, InstantSource clock) {
        Values values = values(around);
        Settings.all().forEach(values::get);
        values.require(Settings.ISSUER);
        values.require(Settings.AUDIENCE);
        KeySettings keySettings = new KeySettings(values, around.classes(), clock);
        Optional<KeySource> keys = keySettings.keys();
        Optional<Set<Algorithm>> algorithms = keys.map(keySettings::algorithms);
        Optional<RefusalBody> body = refusalBody(values, around.classes());
        values.throwIfAnyProblem();

        warnOfWhatIsWide(values);
        return new Assembly(
                policy(values, algorithms.orElseThrow()),
                keys.orElseThrow(),
                mapping(values),
                gate(values, body.orElseThrow()),
                values.warnings());
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
        file(values, around).ifPresent(values::add);
        values.add(around.microProfile());
        values.get(Settings.PRESET).map(Source::preset).ifPresent(values::add);
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

    private static Policy policy(Values values, Set<Algorithm> algorithms) {
        return new Policy(
                values.must(Settings.ISSUER),
                new Policy.Audience(values.must(Settings.AUDIENCE_CLAIM), audiences(values)),
                algorithms,
                values.must(Settings.TOKEN_TYPES),
                new Policy.Times(
                        values.must(Settings.CLOCK_SKEW),
                        values.get(Settings.MAX_TOKEN_AGE),
                        values.get(Settings.MAX_TOKEN_LIFETIME)),
                values.must(Settings.REQUIRED_CLAIMS),
                values.get(Settings.PRESET).map(Preset::demandedValues).orElse(Map.of()),
                values.must(Settings.PRINCIPAL_CLAIM),
                values.must(Settings.MAX_TOKEN_LENGTH));
    }

    private static CallerMapping mapping(Values values) {
        return new CallerMapping(
                values.must(Settings.ROLES_CLAIMS),
                values.get(Settings.ROLE_MAPPING).orElse(Map.of()),
                values.must(Settings.SCOPE_CLAIMS),
                audiences(values));
    }

    private static GateOptions gate(Values values, RefusalBody body) {
        return new GateOptions(
                values.must(Settings.RULES),
                values.get(Settings.TOKEN_COOKIE),
                values.get(Settings.ORIGINS).orElse(Set.of()),
                values.get(Settings.CORS_ORIGINS).orElse(Set.of()),
                values.get(Settings.REALM),
                body,
                values.must(Settings.EXPLAIN));
    }

    /** The accepted ones; none where any is. */
    private static Set<String> audiences(Values values) {
        Set<String> audiences = values.must(Settings.AUDIENCE);
        return audiences.contains(ANY) ? Set.of() : audiences;
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

    private static void warnOfWhatIsWide(Values values) {
        if (audiences(values).isEmpty()) {
            values.warn("audience = *: tokens that were issued for other services are accepted here");
        }
        if (values.must(Settings.EXPLAIN)) {
            values.warn("explain = true: refusals tell the client which check failed; for development only");
        }
        warnOfWidePaths(values, Settings.ROLES_CLAIMS, "roles");
        warnOfWidePaths(values, Settings.SCOPE_CLAIMS, "scopes");
    }

    private static void warnOfWidePaths(Values values, Setting<List<ClaimPath>> setting, String what) {
        boolean any = audiences(values).isEmpty();
        for (ClaimPath path : values.must(setting)) {
            String place = setting.name() + " " + path.text() + ": ";
            if (path.isWild()) {
                values.warn(place + what + " that were granted for other applications count here");
            }
            if (any && path.namesAudience()) {
                values.warn(place + "gives no " + what + ", as audience is *");
            }
        }
    }
}
