package io.mapae.servlet;

import io.mapae.config.Configuration;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the filter for everything where {@code auto=true} asks for it and nobody else has registered one, and what ends
 * all that adapters have started.
 */
public final class AutoRegistration implements ServletContainerInitializer {
    private static final String NAME = "mapae";

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        SharedMapae.begin(context);
        if (!Registration.ours(context).isEmpty()
                || !Configuration.isAutomatic(Contexts.surroundings(Map.of(), Map.of(), context))) {
            return;
        }
        FilterRegistration.@Nullable Dynamic filter = context.addFilter(NAME, new BearerTokenFilter());
        if (filter == null) {
            throw new ServletException("auto=true, but another filter has the name " + NAME);
        }
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, Registration.EVERYTHING);
    }
}
