package io.mapae.containers.probe.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;

/** The JAX-RS application. Jersey wants to be told that roles count. */
@ApplicationPath("rest")
public class Rest extends Application {
    private static final String JERSEYS_ROLES = "org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature";

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(Set.of(Person.class));
        try {
            classes.add(Class.forName(JERSEYS_ROLES));
        } catch (ClassNotFoundException notJersey) {
            // another one knows of itself
        }
        return classes;
    }
}
