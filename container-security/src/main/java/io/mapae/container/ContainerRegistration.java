package io.mapae.container;

import io.mapae.servlet.ContainerIdentity;
import io.mapae.servlet.SharedMapae;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the container of the application's callers, where it can be told. It names no type of Jakarta Authentication: servers
 * without that API would not start the application.
 */
public final class ContainerRegistration implements ServletContainerInitializer {
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        ContainerIdentity identity = ContainerIdentity.of(context);
        if (identity.decide(context)) {
            introduce(identity, Host.of(context), context);
        }
        try {
            identity.demand(context);
        } catch (RuntimeException refused) {
            SharedMapae.end(context);
            throw refused;
        }
    }

    private static void introduce(ContainerIdentity identity, Host host, ServletContext context) {
        Optional<String> obstacle = host.obstacle(context);
        if (host.bearsModule(context)) {
            SharedMapae.begin(context);
            try {
                Registry.Entry entry = Registry.register(context, identity, host);
                SharedMapae.atEnd(context, entry::remove);
                identity.established(host.seenBesides(), () -> entry.obstacle().or(() -> host.obstacle(context)));
            } catch (LinkageError missing) {
                identity.impossible(host.remedy(context) + " (" + missing + ")");
            } catch (RuntimeException refused) {
                identity.impossible(String.valueOf(refused.getMessage()));
            }
        }
        obstacle.ifPresent(identity::impossible);
    }
}
