package io.mapae.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Everything around an application that settings may come from, strongest first, but for the file that one of them may
 * name.
 *
 * @param programmatic set by the application's own code, by the names of the table
 * @param systemProperties all of them
 * @param environment all of it
 * @param initParams of the filter, by the names of the table
 * @param contextParams of the application, all of them
 * @param classes the application's class loader
 */
public record Surroundings(
        Map<String, String> programmatic,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        Map<String, String> initParams,
        Map<String, String> contextParams,
        ClassLoader classes) {
    /** What this process has around it, for an application with these settings of its own. */
    public static Surroundings of(
            Map<String, String> programmatic,
            Map<String, String> initParams,
            Map<String, String> contextParams,
            ClassLoader classes) {
        return new Surroundings(
                programmatic, strings(System.getProperties()), System.getenv(), initParams, contextParams, classes);
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

    /** What MicroProfile Config has of our settings: by reflection, as most applications come without it. */
    Map<String, String> microProfile() {
        Map<String, String> found = new HashMap<>();
        try {
            Class<?> provider = Class.forName("org.eclipse.microprofile.config.ConfigProvider", true, classes);
            Object config = provider.getMethod("getConfig", ClassLoader.class).invoke(null, classes);
            var read = Class.forName("org.eclipse.microprofile.config.Config", true, classes)
                    .getMethod("getOptionalValue", String.class, Class.class);
            for (Setting<?> setting : Settings.all()) {
                String name = "mapae." + setting.name();
                ((Optional<?>) read.invoke(config, name, String.class))
                        .ifPresent(value -> found.put(name, String.valueOf(value)));
            }
            return found;
        } catch (ClassNotFoundException | NoSuchMethodException absent) {
            return Map.of();
        } catch (IllegalAccessException | InvocationTargetException | LinkageError unusable) {
            return Map.of(); // the API without an implementation behind it, as some servers have it
        }
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
