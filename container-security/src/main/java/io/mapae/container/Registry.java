package io.mapae.container;

import io.mapae.servlet.ContainerIdentity;
import io.mapae.servlet.SharedMapae;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.servlet.ServletContext;
import java.util.Optional;

/** The container's list of who authenticates for which application: all that touches the API that may be missing. */
final class Registry {
    private static final String LAYER = "HttpServlet";

    private Registry() {}

    /**
     * Enters this application.
     *
     * @return takes it out again: else the next application at this path would be asked through our dead classes
     * @throws IllegalStateException if there is no list, or somebody is there already
     */
    static Runnable register(ServletContext context, ContainerIdentity identity, Host host) {
        AuthConfigFactory factory = AuthConfigFactory.getFactory();
        if (factory == null) {
            throw new IllegalStateException("no AuthConfigFactory");
        }
        // Jetty has no virtual server's name, and asks for a literal one
        String application =
                Optional.ofNullable(context.getVirtualServerName()).orElse("server") + " " + context.getContextPath();
        if (factory.getConfigProvider(LAYER, application, null) != null) {
            throw new IllegalStateException("another module authenticates for " + application);
        }
        BearerProvider provider = new BearerProvider(() -> SharedMapae.of(context), identity, host);
        String id = factory.registerConfigProvider(provider, LAYER, application, "Mapae");
        return () -> factory.removeRegistration(id);
    }
}
