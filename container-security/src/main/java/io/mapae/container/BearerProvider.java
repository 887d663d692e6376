package io.mapae.container;

import io.mapae.Mapae;
import io.mapae.servlet.ContainerIdentity;
import io.mapae.servlet.SharedMapae;
import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ClientAuthConfig;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import org.jspecify.annotations.Nullable;

/**
 * Gives the container one module for all requests of the application. Safe for use by several threads.
 */
final class BearerProvider implements AuthConfigProvider { // no record: the JDK keeps the classes of those it compares
    private final ServletContext context;
    private final ContainerIdentity identity;
    private final Host host;

    BearerProvider(ServletContext context, ContainerIdentity identity, Host host) {
        this.context = context;
        this.identity = identity;
        this.host = host;
    }

    /** Empty until the filter was started. */
    Optional<Mapae> mapae() {
        return SharedMapae.of(context);
    }

    ContainerIdentity identity() {
        return identity;
    }

    Host host() {
        return host;
    }

    /** What to do where the server takes no caller. */
    String remedy() {
        return host.remedy(context);
    }

    @Override
    public ServerAuthConfig getServerAuthConfig(
            @Nullable String layer, @Nullable String application, @Nullable CallbackHandler container) {
        return new Config(String.valueOf(layer), String.valueOf(application), new BearerModule(this, container));
    }

    @Override
    public ClientAuthConfig getClientAuthConfig(
            @Nullable String layer, @Nullable String application, @Nullable CallbackHandler handler)
            throws AuthException {
        throw new AuthException("only servers are authenticated to");
    }

    @Override
    public void refresh() {} // nothing changes while the application runs

    private record Config(String layer, String application, BearerModule module) implements ServerAuthConfig {
        @Override
        public ServerAuthContext getAuthContext(
                @Nullable String operation, @Nullable Subject service, @Nullable Map<String, Object> properties) {
            return module;
        }

        @Override
        public String getMessageLayer() {
            return layer;
        }

        @Override
        public String getAppContext() {
            return application;
        }

        @Override
        public String getAuthContextID(@Nullable MessageInfo message) {
            return "mapae";
        }

        @Override
        public void refresh() {}

        @Override
        public boolean isProtected() {
            return true;
        }
    }
}
