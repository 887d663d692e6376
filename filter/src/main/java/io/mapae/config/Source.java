package io.mapae.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A place that settings come from.
 *
 * @param kind what it is called in a message
 * @param prefix with which every entry begins that can only be meant for us; of the others nothing is asked
 * @param key how it writes the name of a setting
 * @param problems with the source itself
 * @param unknown what is to be done about an entry with that prefix that is no setting
 */
record Source(
        String kind,
        String prefix,
        UnaryOperator<String> key,
        Map<String, String> entries,
        List<String> problems,
        Unknown unknown) {
    enum Unknown {
        /** It belongs to us alone, so a wrong name is somebody's mistake. */
        REFUSED,
        /** Others write there too: Kubernetes sets MAPAE_PORT for a service named mapae. */
        WARNED
    }

    private static final String PREFIX = "mapae.";
    private static final String MICRO_PROFILE = "MicroProfile Config";

    static Source programmatic(Map<String, String> entries) {
        return new Source("programmatic setting", "", name -> name, entries, List.of(), Unknown.REFUSED);
    }

    static Source systemProperties(Map<String, String> entries) {
        return new Source("system property", PREFIX, name -> PREFIX + name, entries, List.of(), Unknown.WARNED);
    }

    static Source environment(Map<String, String> entries) {
        return new Source(
                "environment variable",
                "MAPAE_",
                name -> "MAPAE_"
                        + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'),
                entries,
                List.of(),
                Unknown.WARNED);
    }

    static Source initParams(Map<String, String> entries) {
        return new Source("filter init-param", "", name -> name, entries, List.of(), Unknown.REFUSED);
    }

    static Source properties(Map<String, String> entries) {
        return new Source("JAX-RS property", PREFIX, name -> PREFIX + name, entries, List.of(), Unknown.REFUSED);
    }

    static Source contextParams(Map<String, String> entries) {
        return new Source("context-param", PREFIX, name -> PREFIX + name, entries, List.of(), Unknown.REFUSED);
    }

    /** A file's entries go by the names of the table, or by these with {@code mapae.} before them; not by both at once. */
    static Source file(String name, Map<String, String> entries) {
        Map<String, String> plain = new HashMap<>();
        entries.forEach((entry, value) -> plain.put(plain(entry), value));
        List<String> problems = plain.keySet().stream()
                .filter(setting -> entries.containsKey(setting) && entries.containsKey(PREFIX + setting))
                .sorted()
                .map(setting -> setting + " (" + name + ", " + setting + " and " + PREFIX + setting + "): given twice")
                .toList();
        return new Source(name + ",", "", key -> key, plain, problems, Unknown.REFUSED);
    }

    private static String plain(String entry) {
        return entry.startsWith(PREFIX) ? entry.substring(PREFIX.length()) : entry;
    }

    /** MicroProfile Config with its entries, and with the settings that it failed to read. */
    static Source microProfile(Map<String, String> entries, Collection<String> unreadable) {
        return new Source(
                MICRO_PROFILE,
                PREFIX,
                name -> PREFIX + name,
                entries,
                unreadable.stream()
                        .map(name -> name + " (" + MICRO_PROFILE + " " + PREFIX + name + "): cannot be read")
                        .toList(),
                Unknown.WARNED);
    }

    /** MicroProfile Config that fails before it is asked for any setting. */
    static Source brokenMicroProfile() {
        return new Source(
                MICRO_PROFILE,
                PREFIX,
                name -> PREFIX + name,
                Map.of(),
                List.of(MICRO_PROFILE + ": cannot be read"),
                Unknown.WARNED);
    }

    static Source defaults(Map<String, String> entries) {
        return new Source("default", "", key -> key, entries, List.of(), Unknown.REFUSED);
    }

    static Source preset(Preset preset) {
        return new Source("preset", "", key -> key, preset.settings(), List.of(), Unknown.REFUSED);
    }

    /** What it says of the setting; an empty text says nothing. */
    Optional<String> value(String name) {
        return Optional.ofNullable(entries.get(key.apply(name)))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** Where in it that setting stands. */
    String place(String name) {
        return kind + " " + key.apply(name);
    }

    /** Its members of a family of settings: what stands for {@code NAME}, and the value. */
    Map<String, String> members(String family) {
        String stem = key.apply(Setting.stem(family));
        Map<String, String> members = new TreeMap<>();
        entries.forEach((entry, value) -> {
            if (entry.startsWith(stem) && entry.length() > stem.length() && !value.isBlank()) {
                members.put(entry.substring(stem.length()).replace('_', '-'), value.strip());
            }
        });
        return members;
    }

    /** Whether there is anything in it that can only be meant for us. */
    boolean isOurs() {
        return unknown == Unknown.REFUSED && entries.keySet().stream().anyMatch(entry -> entry.startsWith(prefix));
    }

    /** The entries meant for us that are no setting. */
    Stream<String> unknown(List<String> names, List<String> families) {
        Set<String> known = names.stream().map(key).collect(Collectors.toSet());
        List<String> stems = families.stream().map(Setting::stem).map(key).toList();
        return entries.keySet().stream()
                .filter(entry -> entry.startsWith(prefix) && !known.contains(entry))
                .filter(entry -> stems.stream().noneMatch(stem -> entry.startsWith(stem) && !entry.equals(stem)))
                .sorted();
    }

    /** Without the entries: there are secrets among them. */
    @Override
    public String toString() {
        return "Source[" + kind + "]";
    }
}
