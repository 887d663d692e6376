package io.mapae.container;

import io.mapae.servlet.ContainerIdentity;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.servlet.ServletContext;
import java.util.Optional;

/** The container's list of who authenticates for which application: all that touches the API that may be missing. */
final class Registry {
    private static final String LAYER = "HttpServlet";

    private Registry() {}

    /** An application's own, to be taken out again: else the next one at this path would be asked through dead classes. */
    record Entry(AuthConfigFactory factory, String application, BearerProvider provider, String id) {
        /** That another module has taken our place. */
        Optional<String> obstacle() {
            AuthConfigProvider there = factory.getConfigProvider(LAYER, application, null);
            return there == null || isOurs(there)
                    ? Optional.empty()
                    : Optional.of(
                            "another module authenticates for " + application + ", and was registered after ours");
        }

        void remove() {
            if (provider.equals(factory.getConfigProvider(LAYER, application, null))) {
                factory.removeRegistration(id);
            }
        }
    }

    /**
     * Enters this application.
     *
     * @throws IllegalStateException if somebody else is there already
     * @throws LinkageError if the server has no such API, or no list
     */
    static Entry register(ServletContext context, ContainerIdentity identity, Host host) {
        AuthConfigFactory factory = AuthConfigFactory.getFactory();
        if (factory == null) {
            throw new NoClassDefFoundError("no AuthConfigFactory");
        }
        // Jetty has no virtual server's name, and asks for a literal one
        String application =
                Optional.ofNullable(context.getVirtualServerName()).orElse("server") + " " + context.getContextPath();
        AuthConfigProvider other = factory.getConfigProvider(LAYER, application, null);
        if (other != null && !isOurs(other)) {
            throw new IllegalStateException("another module authenticates for " + application);
        }
        BearerProvider provider = new BearerProvider(context, identity, host);
        return new Entry(
                factory, application, provider, factory.registerConfigProvider(provider, LAYER, application, "Mapae"));
    }

    /**
     * With whatever classes: Tomcat runs several versions of an application at one path, of which the latest counts, and
     * WildFly tells nobody that an application is not started after all.
     */
    private static boolean isOurs(AuthConfigProvider provider) {
        return provider.getClass().getName().equals(BearerProvider.class.getName());
    }
}
