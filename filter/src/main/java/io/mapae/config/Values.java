package io.mapae.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the sources say of the settings, and everything that is wrong with it. For one start-up, on one thread. */
final class Values {
    private static final int MAX_TYPOS = 3;
    private static final List<String> NAMES =
            Settings.all().stream().map(Setting::name).toList();

    private final List<Source> sources = new ArrayList<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    /** Adds a source weaker than all before it, and asks what it has that nobody knows. */
    void add(Source source) {
        sources.add(source);
        source.problems().forEach(this::add);
        List<String> unknown = source.unknown(NAMES).toList();
        if (source.unknown() == Source.Unknown.REFUSED) {
            unknown.forEach(entry -> add(source.kind() + " " + entry + ": unknown" + suggestion(source, entry)));
        } else if (!unknown.isEmpty()) {
            warn("Unknown, and ignored: " + source.kind() + " " + String.join(", ", unknown));
        }
    }

    /** The setting's value, or its fallback's; empty without either, and after a problem. */
    <T> Optional<T> get(Setting<T> setting) {
        Optional<String> text = source(setting).flatMap(source -> source.value(setting.name()));
        try {
            return text.or(() -> Optional.of(setting.fallback()).filter(fallback -> !fallback.isEmpty()))
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

    /** Reports a setting that is missing. */
    void require(Setting<?> setting) {
        if (!isSet(setting)) {
            problem(setting, "required");
        }
    }

    /** Whether some source says something of the setting. */
    boolean isSet(Setting<?> setting) {
        return source(setting).isPresent();
    }

    private Optional<Source> source(Setting<?> setting) {
        return sources.stream()
                .filter(source -> source.value(setting.name()).isPresent())
                .findFirst();
    }

    /** Reports what is wrong with a setting that was given, or with its absence. */
    void problem(Setting<?> setting, String problem) {
        String place = source(setting)
                .map(source -> " (" + source.place(setting.name()) + shown(setting, source) + ")")
                .orElse("");
        add(setting.name() + place + ": " + problem);
    }

    private static String shown(Setting<?> setting, Source source) {
        return setting.concealed() ? "" : " = " + source.value(setting.name()).orElse("");
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

    void throwIfAnyProblem() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(List.copyOf(problems));
        }
    }

    private static String suggestion(Source source, String entry) {
        return NAMES.stream()
                .map(source.key())
                .min(Comparator.comparingInt(name -> distance(entry, name)))
                .filter(name -> distance(entry, name) <= Math.min(MAX_TYPOS, entry.length() / 3))
                .map(name -> ", did you mean " + name + "?")
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
