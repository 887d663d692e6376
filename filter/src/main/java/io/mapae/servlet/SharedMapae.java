package io.mapae.servlet;

import io.mapae.Mapae;
import io.mapae.config.Surroundings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The one Mapae of a web application, which its adapters share; a filter with settings of its own may have another. */
public final class SharedMapae {
    private static final String ATTRIBUTE = Mapae.class.getName();

    /** By their class loaders; of those that have ended, none. */
    private static final Map<ClassLoader, ServletContext> APPLICATIONS = new ConcurrentHashMap<>();

    private SharedMapae() {}

    /** The application of this thread, for adapters to whom their framework does not tell it. */
    public static Optional<ServletContext> application() {
        return Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .map(APPLICATIONS::get);
    }

    /** What there is to know, and to do at the end, of an application that starts. */
    static void begin(ServletContext context) {
        APPLICATIONS.put(Contexts.classes(context), context);
        context.addListener(new Closer());
    }

    /** What is shared in this application; empty until an adapter was started. */
    public static Optional<Mapae> of(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof Mapae mapae ? Optional.of(mapae) : Optional.empty();
    }

    /** Whether the application has a {@link BearerTokenFilter}, which shares its own once it is started. */
    public static boolean isFiltersAffair(ServletContext context) {
        return !Registration.ours(context).isEmpty();
    }

    /** What is around an application, for an adapter with these settings of its own. */
    public static Surroundings surroundings(Map<String, String> programmatic, ServletContext context) {
        return Contexts.surroundings(programmatic, Map.of(), context);
    }

    /** Shares {@code mapae}, unless another one is; it is closed when the application ends. */
    public static void share(Mapae mapae, ServletContext context) {
        if (of(context).isEmpty()) {
            context.setAttribute(ATTRIBUTE, mapae);
        }
    }

    /** Closes what is shared; closing it twice does nothing. */
    static final class Closer implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {} // it has a default only since Servlet 4.0

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            of(event.getServletContext()).ifPresent(Mapae::close);
            event.getServletContext().removeAttribute(ATTRIBUTE);
            APPLICATIONS.values().removeIf(context -> context == event.getServletContext());
        }
    }
}
