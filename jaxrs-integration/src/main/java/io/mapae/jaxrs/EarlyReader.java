package io.mapae.jaxrs;

import io.mapae.http.Demand;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.List;

/**
 * Reads annotations when the application starts, so that whoever made a mistake is told then, and gives methods for everybody
 * what they need.
 */
final class EarlyReader implements DynamicFeature {
    private final Desk desk;
    private final Demands demands;

    EarlyReader(Desk desk, Demands demands) {
        this.desk = desk;
        this.demands = demands;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        List<Demand> found = demands.of(resource.getResourceClass(), resource.getResourceMethod());
        if (!found.isEmpty()
                && found.get(0).kind() == Demand.Kind.PERMIT) { // the JDK keeps classes of records it compares
            context.register(new ForEverybody.Begin(desk));
            context.register(new ForEverybody.End(desk));
        }
        var unused = demands.ofLocators(resource.getResourceClass());
    }
}
