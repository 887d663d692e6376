package io.mapae.jaxrs;

import io.mapae.http.Demand;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Decides once for each method what its callers need. Of annotations that cannot be meant as they stand, nothing is guessed:
 * nobody may call the method.
 */
final class DemandFeature implements DynamicFeature {
    private static final Logger LOG = System.getLogger("io.mapae.jaxrs");

    private final Desk desk;

    DemandFeature(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        context.register(new DemandFilter(desk, demands(resource)));
    }

    private static List<Demand> demands(ResourceInfo resource) {
        List<String> problems = Annotations.problems(resource.getResourceClass(), resource.getResourceMethod());
        if (problems.isEmpty()) {
            return Annotations.demands(resource.getResourceClass(), resource.getResourceMethod());
        }
        LOG.log(
                Level.ERROR,
                "Nobody may call " + resource.getResourceMethod() + ":\n  " + String.join("\n  ", problems));
        return List.of(Demand.DENY);
    }
}
