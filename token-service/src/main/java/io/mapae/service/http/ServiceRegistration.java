package io.mapae.service.http;

import io.mapae.config.Surroundings;
import io.mapae.service.ServiceSettings;
import io.mapae.servlet.SharedMapae;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registers the endpoints where settings ask for them and {@code web.xml} has not, and claims their paths. */
public final class ServiceRegistration implements ServletContainerInitializer {
    private static final String NAME = "mapae-service";
    private static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        boolean declared = context.getServletRegistrations().values().stream()
                .anyMatch(servlet -> TokenServiceServlet.class.getName().equals(servlet.getClassName()));
        Optional<String> path = ServiceSettings.path(surroundings(context), declared);
        if (path.isEmpty()) {
            return;
        }
        SharedMapae.service(context).claim(path.get() + "/**");
        if (!declared) {
            ServletRegistration.@Nullable Dynamic servlet = context.addServlet(NAME, new TokenServiceServlet());
            if (servlet == null) {
                throw new IllegalStateException("another servlet has the name " + NAME);
            }
            servlet.setLoadOnStartup(1);
            Set<String> taken = servlet.addMapping(path.get() + "/*");
            if (!taken.isEmpty()) {
                throw new IllegalStateException("another servlet is mapped to " + path.get() + "/*");
            }
            if (context.getContextPath().isEmpty()
                    && servlet.addMapping(WELL_KNOWN + "/*").isEmpty()) {
                SharedMapae.service(context).claim(WELL_KNOWN + "/**");
            }
        }
    }

    /** What is around the service: the same that is around the filter. */
    static Surroundings surroundings(ServletContext context) {
        return SharedMapae.surroundings(java.util.Map.of(), context);
    }
}
