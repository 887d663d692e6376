package io.mapae.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything around an application that settings may come from, strongest first, but for the file that one of them may
 * name.
 *
 * @param programmatic set by the application's own code, by the names of the table
 * @param systemProperties all of them
 * @param environment all of it
 * @param initParams of the filter, by the names of the table
 * @param properties of the JAX-RS application, all of them
 * @param contextParams of the application, all of them
 * @param classes the application's class loader
 * @param defaults of the adapter, by the names of the table: what counts where nobody says anything
 * @param service the application's own token service, where it has one
 */
public record Surroundings(
        Map<String, String> programmatic,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        Map<String, String> initParams,
        Map<String, String> properties,
        Map<String, String> contextParams,
        ClassLoader classes,
        Map<String, String> defaults,
        LocalService service) {
    private static final String PREFIX = "mapae.";

    /** Where there is no token service. */
    public Surroundings(
            Map<String, String> programmatic,
            Map<String, String> systemProperties,
            Map<String, String> environment,
            Map<String, String> initParams,
            Map<String, String> properties,
            Map<String, String> contextParams,
            ClassLoader classes,
            Map<String, String> defaults) {
        this(
                programmatic,
                systemProperties,
                environment,
                initParams,
                properties,
                contextParams,
                classes,
                defaults,
                new LocalService());
    }

    /** What this process has around it, for an application with these settings of its own. */
    public static Surroundings of(
            Map<String, String> programmatic,
            Map<String, String> initParams,
            Map<String, String> contextParams,
            ClassLoader classes) {
        return new Surroundings(
                programmatic,
                strings(System.getProperties()),
                System.getenv(),
                initParams,
                Map.of(),
                contextParams,
                classes,
                Map.of());
    }

    /** The same around a JAX-RS application with these properties, of whose adapter these are the defaults. */
    public Surroundings of(Map<String, String> properties, Map<String, String> defaults) {
        return new Surroundings(
                programmatic,
                systemProperties,
                environment,
                initParams,
                properties,
                contextParams,
                classes,
                defaults,
                service);
    }

    /** The same around an application with this token service. */
    public Surroundings of(LocalService service) {
        return new Surroundings(
                programmatic,
                systemProperties,
                environment,
                initParams,
                properties,
                contextParams,
                classes,
                defaults,
                service);
    }

    /** The settings in the named file. */
    static Map<String, String> file(String path) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            return properties(in);
        }
    }

    /** The settings in the named file on the class path, where there is one. */
    Optional<Map<String, String>> resource(String name) throws IOException {
        try (InputStream in = classes.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(properties(in));
        }
    }

    /**
     * What MicroProfile Config has of our settings: by reflection, as most applications come without it. Nothing if the
     * API is absent, or without an implementation behind it, as some servers have it.
     */
    Source microProfile(List<Setting<?>> known) {
        Class<?> api;
        Object resolver;
        try {
            api = Class.forName("org.eclipse.microprofile.config.spi.ConfigProviderResolver", true, classes);
            resolver = api.getMethod("instance").invoke(null);
        } catch (ReflectiveOperationException | LinkageError absent) {
            return Source.microProfile(Map.of(), List.of());
        }
        try {
            Object config = api.getMethod("getConfig", ClassLoader.class).invoke(resolver, classes);
            Class<?> type = Class.forName("org.eclipse.microprofile.config.Config", true, classes);
            return microProfile(
                    config,
                    names((Iterable<?>) type.getMethod("getPropertyNames").invoke(config), known),
                    type.getMethod("getConfigValue", String.class),
                    Class.forName("org.eclipse.microprofile.config.ConfigValue", true, classes));
        } catch (ReflectiveOperationException | LinkageError broken) {
            return Source.brokenMicroProfile();
        }
    }

    /** All settings with one name, whether they are listed or not, and those of the listed that have any number of them. */
    private static Set<String> names(Iterable<?> listed, List<Setting<?>> known) {
        Set<String> names = new TreeSet<>();
        known.stream()
                .filter(setting -> setting.scope() != Setting.Scope.ONE_OF_SEVERAL && !setting.isFamily())
                .forEach(setting -> names.add(setting.name()));
        listed.forEach(name -> Optional.of(String.valueOf(name))
                .filter(text -> text.startsWith(PREFIX))
                .map(text -> text.substring(PREFIX.length()))
                .filter(open -> Setting.isOpen(open, known))
                .ifPresent(names::add));
        return names;
    }

    private static Source microProfile(Object config, Set<String> names, Method read, Class<?> type)
            throws ReflectiveOperationException {
        Map<String, String> found = new HashMap<>();
        List<String> unreadable = new ArrayList<>();
        for (String setting : names) {
            String name = PREFIX + setting;
            try {
                Object answer = read.invoke(config, name);
                Object value = type.getMethod("getValue").invoke(answer);
                if (value != null) {
                    found.put(name, String.valueOf(value));
                } else if (type.getMethod("getRawValue").invoke(answer) != null) {
                    unreadable.add(setting); // such as ${nowhere}: it is set, and must not count as unset
                }
            } catch (InvocationTargetException refused) {
                unreadable.add(setting);
            }
        }
        return Source.microProfile(found, unreadable);
    }

    /** Names only: there are secrets among the values. */
    @Override
    public String toString() {
        return "Surroundings[" + programmatic.keySet() + ", " + initParams.keySet() + ", " + contextParams.keySet()
                + "]";
    }

    private static Map<String, String> properties(InputStream in) throws IOException {
        try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(reader);
            return strings(properties);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("not a properties file", malformed);
        }
    }

    private static Map<String, String> strings(Properties properties) {
        Map<String, String> strings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> strings.put(name, properties.getProperty(name)));
        return strings;
    }
}
