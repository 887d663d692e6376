package io.mapae.servlet;

import io.mapae.config.Configuration;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registers the filter for everything where {@code auto=true} asks for it and nobody else has registered one. */
public final class AutoRegistration implements ServletContainerInitializer {
    private static final String NAME = "mapae";

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        boolean registered = context.getFilterRegistrations().values().stream()
                .anyMatch(registration -> BearerTokenFilter.class.getName().equals(registration.getClassName()));
        if (!registered && Configuration.isAutomatic(Contexts.surroundings(Map.of(), Map.of(), context))) {
            FilterRegistration.Dynamic filter = context.addFilter(NAME, new BearerTokenFilter());
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        }
    }
}
