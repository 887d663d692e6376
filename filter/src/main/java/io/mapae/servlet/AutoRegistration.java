package io.mapae.servlet;

import io.mapae.config.Configuration;
import io.mapae.config.Surroundings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import java.util.List;
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
        List<? extends FilterRegistration> filters = Registration.ours(context);
        if (!filters.isEmpty()) {
            if (filters.size() == 1 && Registration.isDeclared(filters.get(0), context)) {
                context.addListener(new EarlyStart(filters.get(0)));
            }
            return;
        }
        if (!Configuration.isAutomatic(Contexts.surroundings(Map.of(), Map.of(), context))) {
            return;
        }
        FilterRegistration.@Nullable Dynamic filter = context.addFilter(NAME, new BearerTokenFilter());
        if (filter == null) {
            throw new ServletException("auto=true, but another filter has the name " + NAME);
        }
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, Registration.EVERYTHING);
        context.addListener(new EarlyStart(filter));
    }

    /**
     * Starts Mapae before any filter: WildFly makes none until a request comes that it is mapped to, and whoever operates
     * the server is to be told of mistakes before. Not where code registers it, with settings of which only the filter knows.
     */
    private static final class EarlyStart implements ServletContextListener { // no record, as servers compare listeners
        private final FilterRegistration filter;

        EarlyStart(FilterRegistration filter) {
            this.filter = filter;
        }

        /**
         * Behind the listeners of {@code web.xml}, which may change the filter's settings. They are copied, as Tomcat's map
         * equals nothing.
         */
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServletContext context = event.getServletContext();
            Surroundings around = Contexts.surroundings(Map.of(), Map.copyOf(filter.getInitParameters()), context);
            SharedMapae.startOrEnd(context, () -> SharedMapae.startEarly(around, context));
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {} // it has a default only since Servlet 4.0
    }
}
