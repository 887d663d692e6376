package io.mapae.servlet;

import io.mapae.config.Surroundings;
import jakarta.servlet.ServletContext;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a servlet context has to say about settings. */
final class Contexts {
    private Contexts() {}

    static Surroundings surroundings(
            Map<String, String> programmatic, Map<String, String> initParams, ServletContext context) {
        return Surroundings.of(
                        programmatic,
                        initParams,
                        texts(context.getInitParameterNames(), context::getInitParameter),
                        classes(context))
                .of(SharedMapae.service(context));
    }

    /**
     * The application's classes. Jetty lets no listener ask for them, so what initializers have found out counts; and an
     * embedded one has none of its own for a context, and says null against the specification.
     */
    static ClassLoader classes(ServletContext context) {
        return SharedMapae.classes(context)
                .or(() -> Optional.ofNullable(context.getClassLoader()))
                .orElse(Contexts.class.getClassLoader());
    }

    /** What logs call the application. */
    static String name(ServletContext context) {
        return context.getContextPath().isEmpty() ? "/" : context.getContextPath();
    }

    static Map<String, String> texts(Enumeration<String> names, UnaryOperator<String> text) {
        Map<String, String> texts = new HashMap<>();
        names.asIterator().forEachRemaining(name -> texts.put(name, text.apply(name)));
        return texts;
    }
}
