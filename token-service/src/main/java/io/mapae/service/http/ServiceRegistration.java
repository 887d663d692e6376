package io.mapae.service.http;

import io.mapae.config.LocalService;
import io.mapae.config.Surroundings;
import io.mapae.service.ServiceSettings;
import io.mapae.service.TokenService;
import io.mapae.servlet.SharedMapae;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the endpoints where settings ask for them and {@code web.xml} has not, claims their paths, and has the service
 * start before the filter, so that what is wrong with it stops the application on every server.
 */
public final class ServiceRegistration implements ServletContainerInitializer {
    private static final String NAME = "mapae-service";
    private static final String ATTRIBUTE = TokenService.class.getName();
    static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        Optional<? extends ServletRegistration> declared = context.getServletRegistrations().values().stream()
                .filter(servlet -> TokenServiceServlet.class.getName().equals(servlet.getClassName()))
                .findFirst();
        Optional<String> path = ServiceSettings.path(surroundings(context), declared.isPresent());
        if (path.isEmpty()) {
            return;
        }
        SharedMapae.begin(context);
        LocalService local = SharedMapae.service(context);
        Endpoints.PATHS.forEach(endpoint -> local.claim(path.get() + endpoint));
        local.startBy(() -> start(local, context));
        context.addListener(new Start());
        ServletRegistration servlet = declared.isPresent() ? declared.get() : registered(path.get(), context);
        if (context.getContextPath().isEmpty()
                && servlet.addMapping(WELL_KNOWN + path.get()).isEmpty()) { // RFC 8414 §3.1
            local.claim(WELL_KNOWN + path.get());
        }
    }

    private static ServletRegistration registered(String path, ServletContext context) {
        ServletRegistration.@Nullable Dynamic servlet = context.addServlet(NAME, new TokenServiceServlet());
        if (servlet == null) {
            throw new IllegalStateException("another servlet has the name " + NAME);
        }
        servlet.setLoadOnStartup(1);
        Set<String> taken = servlet.addMapping(path + "/*");
        if (!taken.isEmpty()) {
            throw new IllegalStateException("another servlet is mapped to " + path + "/*");
        }
        return servlet;
    }

    private static void start(LocalService local, ServletContext context) {
        TokenService service =
                TokenService.start(context.getContextPath(), surroundings(context), local, InstantSource.system());
        SharedMapae.atEnd(context, service::close);
        context.setAttribute(ATTRIBUTE, service);
    }

    /** The service of this application; empty if nobody has registered it while the application started. */
    static Optional<TokenService> service(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof TokenService service
                ? Optional.of(service)
                : Optional.empty();
    }

    /** What is around the service: the same that is around the filter. */
    private static Surroundings surroundings(ServletContext context) {
        return SharedMapae.surroundings(Map.of(), context);
    }

    /** Where there is no filter that has it started. */
    private static final class Start implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServletContext context = event.getServletContext();
            SharedMapae.startOrEnd(context, () -> SharedMapae.service(context).start());
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            event.getServletContext().removeAttribute(ATTRIBUTE);
        }
    }
}
