package io.mapae.servlet;

import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A web application for a {@link Container}: what a {@code web.xml} would say. Filters run in the order they came. */
final class App {
    /** One filter with one mapping. */
    record Mapped(String name, Filter filter, String pattern, Map<String, String> params, Set<DispatcherType> types) {}

    final String path;
    final Map<String, String> contextParams = new HashMap<>();
    final List<Mapped> filters = new ArrayList<>();
    final Map<String, HttpServlet> servlets = new LinkedHashMap<>();
    final List<String> errorPages = new ArrayList<>();
    private String descriptor = "";
    private boolean automatic;
    final List<ServletContainerInitializer> initializers = new ArrayList<>();

    private App(String path) {
        this.path = path;
    }

    static App at(String path) {
        return new App(path);
    }

    /** What is needed to accept the tokens of that key. */
    static Map<String, String> settings(TestKey key) {
        return Map.of(
                "issuer", TokenBuilder.ISSUER, "audience", TokenBuilder.AUDIENCE, "public-key", TestKey.jwks(key));
    }

    App contextParam(String name, String value) {
        contextParams.put(name, value);
        return this;
    }

    App filter(String name, Filter filter, String pattern, Map<String, String> params) {
        filters.add(new Mapped(name, filter, pattern, params, EnumSet.allOf(DispatcherType.class)));
        return this;
    }

    /** Our filter for everything, as the guide says. */
    App bearer(Map<String, String> params) {
        return filter("bearer", new BearerTokenFilter(), "/*", params);
    }

    App servlet(String pattern, HttpServlet servlet) {
        servlets.put(pattern, servlet);
        return this;
    }

    App errorPage(String location) {
        errorPages.add(location);
        return this;
    }

    /** As the container finds it in our jar's {@code META-INF/services}. */
    App withInitializer() {
        automatic = true;
        return this;
    }

    /** Another jar's. */
    App initializer(ServletContainerInitializer initializer) {
        initializers.add(initializer);
        return this;
    }

    boolean hasInitializer() {
        return automatic;
    }

    /** A {@code WEB-INF/web.xml} to be read by whoever asks for it; the container does not. */
    App descriptor(String xml) {
        descriptor = xml;
        return this;
    }

    /** An empty directory that the next clean build takes away. */
    static Path scratch(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target", "apps")), name)
                .toAbsolutePath();
    }

    /** A directory with the application's files. */
    Path directory() {
        try {
            Path directory = scratch("app");
            if (!descriptor.isEmpty()) {
                Path file = Files.createDirectory(directory.resolve("WEB-INF")).resolve("web.xml");
                Files.writeString(file, descriptor);
            }
            return directory;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
