package io.mapae.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the sources say of the settings of an application, or of one of its issuers, and everything that is wrong with
 * it. For one start-up, on one thread.
 */
final class Values {
    private static final int MAX_TYPOS = 3;
    private static final String IGNORED = "Unknown, and ignored: ";

    private record Found(Source source, String name, String text) {
        String place(boolean concealed) {
            return " (" + source.place(name) + (concealed ? "" : " = " + text) + ")";
        }
    }

    private final List<Setting<?>> known;
    private final List<Source> sources;
    private final Set<String> problems;
    private final Set<String> warnings;
    /** The one of several issuers that this is about. */
    private final Optional<String> issuer;

    private Optional<Source> preset = Optional.empty();

    /** Values of these settings, and of no others. */
    Values(List<Setting<?>> known) {
        this(known, new ArrayList<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), Optional.empty());
    }

    private Values(
            List<Setting<?>> known,
            List<Source> sources,
            Set<String> problems,
            Set<String> warnings,
            Optional<String> issuer) {
        this.known = known;
        this.sources = sources;
        this.problems = problems;
        this.warnings = warnings;
        this.issuer = issuer;
    }

    /** Everything that may be set. */
    List<Setting<?>> known() {
        return known;
    }

    /** Adds a source weaker than all before it. */
    void add(Source source) {
        sources.add(source);
        source.problems().forEach(this::add);
    }

    /** The same sources, read for an issuer: the only one, or the one of that name. */
    Values of(Optional<String> issuer) {
        Values values = new Values(known, sources, problems, warnings, issuer);
        values.preset = values.get(Settings.PRESET).map(Source::preset);
        return values;
    }

    /** Asks every source what it has that nobody knows, where the issuers are called this. */
    void refuseUnknown(Set<String> issuers) {
        List<String> all = new ArrayList<>();
        for (Setting<?> setting : known) {
            if (setting.scope() != Setting.Scope.ONE_OF_SEVERAL) {
                all.add(setting.name());
            }
            if (setting.scope() != Setting.Scope.APPLICATION) {
                issuers.forEach(name -> all.add(Setting.ofIssuer(name, setting.name())));
            }
        }
        List<String> families = all.stream().filter(Setting::isFamily).toList();
        all.removeAll(families);
        sources.forEach(source -> refuseUnknown(source, all, families));
        refuseNamesakes(all, families);
    }

    /** What is meant for one issuer must never reach another. */
    private void refuseNamesakes(List<String> names, List<String> families) {
        UnaryOperator<String> variable = Source.environment(Map.of()).key();
        Map<String, String> variables = new TreeMap<>();
        for (String name : names) {
            String namesake = variables.putIfAbsent(variable.apply(name), name);
            if (namesake != null) {
                refuseNamesakes(namesake, name);
            }
        }
        for (String family : families) {
            String stem = variable.apply(Setting.stem(family));
            names.stream()
                    .filter(name -> variable.apply(name).startsWith(stem))
                    .findFirst()
                    .ifPresent(name -> refuseNamesakes(family, name));
        }
    }

    private void refuseNamesakes(String one, String other) {
        problem(Settings.ISSUERS, one + " and " + other + " would be one environment variable");
    }

    private void refuseUnknown(Source source, List<String> names, List<String> families) {
        boolean unreadable = isSet(Settings.ISSUERS) && get(Settings.ISSUERS).isEmpty(); // a problem already
        List<String> unknown = source.unknown(names, families)
                .filter(entry -> !(unreadable && entry.startsWith(source.key().apply(Setting.OF_ISSUERS))))
                .toList();
        if (source.unknown() == Source.Unknown.REFUSED) {
            unknown.forEach(entry -> add(source.kind() + " " + entry + ": unknown" + suggestion(source, entry, names)));
        } else if (!unknown.isEmpty()) {
            warn(IGNORED + source.kind() + " "
                    + unknown.stream()
                            .map(entry -> entry + suggestion(source, entry, names))
                            .collect(Collectors.joining(", ")));
        }
    }

    /** The setting's value, or its fallback's; empty without either, and after a problem. */
    <T> Optional<T> get(Setting<T> setting) {
        try {
            return found(setting)
                    .map(Found::text)
                    .or(() -> Optional.of(setting.fallback()).filter(fallback -> !fallback.isEmpty()))
                    .map(setting.syntax()::read);
        } catch (IllegalArgumentException unexpected) {
            problem(setting, "expected " + unexpected.getMessage());
            return Optional.empty();
        }
    }

    /** The value of a setting that has one for certain, once {@link #throwIfAnyProblem} was content. */
    <T> T must(Setting<T> setting) {
        return get(setting).orElseThrow();
    }

    /** The members of a family of settings: what stands for {@code NAME}, and the value. */
    Map<String, String> members(Setting<String> family) {
        Map<String, String> members = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : names(family)) {
            sources.forEach(source -> source.members(name).forEach(members::putIfAbsent));
        }
        return members;
    }

    /** Reports a setting that is missing. */
    void require(Setting<?> setting) {
        if (!isSet(setting)) {
            problem(setting, "required");
        }
    }

    /** Whether some source says anything to us, or may have tried to: a source that cannot be read is not silent. */
    boolean isAnythingSaid() {
        return !problems.isEmpty()
                || sources.stream().anyMatch(Source::isOurs)
                || known.stream()
                        .filter(setting -> setting.scope() != Setting.Scope.ONE_OF_SEVERAL)
                        .anyMatch(this::isSet);
    }

    /** Whether some source says something of the setting. */
    boolean isSet(Setting<?> setting) {
        return found(setting).isPresent();
    }

    /** Whether some source says something of the setting that is not only the default of several issuers. */
    boolean isOwn(Setting<?> setting) {
        return found(setting)
                .filter(found -> found.name().equals(names(setting).get(0)))
                .isPresent();
    }

    private Optional<Found> found(Setting<?> setting) {
        return names(setting).stream()
                .flatMap(name -> sources.stream().flatMap(source -> found(source, name)))
                .findFirst()
                .or(() -> preset.stream()
                        .flatMap(source -> found(source, setting.name()))
                        .findFirst());
    }

    private static Stream<Found> found(Source source, String name) {
        return source.value(name).map(text -> new Found(source, name, text)).stream();
    }

    /** What the setting goes by here, the strongest name first. */
    private List<String> names(Setting<?> setting) {
        if (issuer.isEmpty() || setting.scope() == Setting.Scope.APPLICATION) {
            return List.of(setting.name());
        }
        String own = Setting.ofIssuer(issuer.get(), setting.name());
        return setting.scope() == Setting.Scope.ISSUER ? List.of(own, setting.name()) : List.of(own);
    }

    /** By which name it was given, or would be. */
    String name(Setting<?> setting) {
        return found(setting).map(Found::name).orElse(names(setting).get(0));
    }

    /** Reports what is wrong with a setting that was given, or with its absence. */
    void problem(Setting<?> setting, String problem) {
        String place =
                found(setting).map(found -> found.place(setting.concealed())).orElse("");
        add(name(setting) + place + ": " + problem);
    }

    /** Reports what is wrong with a member of a family of settings. */
    void problem(Setting<String> family, String member, String problem) {
        names(family).stream()
                .flatMap(name -> sources.stream()
                        .filter(source -> source.members(name).containsKey(member))
                        .map(source -> new Found(source, Setting.stem(name) + member, "")))
                .findFirst()
                .ifPresent(found -> add(found.name() + found.place(true) + ": " + problem));
    }

    /** Reports what is wrong with no setting of its own. */
    void problem(String problem) {
        add(problem);
    }

    void warn(String warning) {
        warnings.add(oneLine(warning));
    }

    private void add(String problem) {
        problems.add(oneLine(problem));
    }

    /** A text from a setting must not look like a line of its own. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cc}", " ");
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** What was meant for us, perhaps, but is no setting. */
    List<String> ignored() {
        return warnings.stream().filter(warning -> warning.startsWith(IGNORED)).toList();
    }

    /** Tells what is ignored too: it may be what is missing. */
    void throwIfAnyProblem() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(
                    Stream.concat(problems.stream(), ignored().stream()).toList());
        }
    }

    private static String suggestion(Source source, String entry, List<String> names) {
        boolean mayBeAnothers = source.unknown() != Source.Unknown.REFUSED;
        Optional<String> module = Known.moduleOf(entry, source.key(), names);
        if (module.isPresent()) {
            return mayBeAnothers ? " (a setting of that name needs " + module.get() + ")" : ", needs " + module.get();
        }
        int meant = entry.length() - (mayBeAnothers ? source.prefix().length() : 0);
        int tolerance = Math.min(MAX_TYPOS, meant / 3);
        return names.stream()
                .map(source.key())
                .min(Comparator.comparingInt(name -> distance(entry, name)))
                .filter(name -> distance(entry, name) <= tolerance)
                .map(name -> mayBeAnothers ? " (did you mean " + name + "?)" : ", did you mean " + name + "?")
                .orElse("");
    }

    /** Levenshtein's, row by row. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
