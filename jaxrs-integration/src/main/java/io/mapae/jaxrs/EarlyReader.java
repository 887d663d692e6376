package io.mapae.jaxrs;

import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

/** Reads annotations when the application starts, so that whoever made a mistake is told then. */
final class EarlyReader implements DynamicFeature {
    private final Demands demands;

    EarlyReader(Demands demands) {
        this.demands = demands;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        var unused = demands.of(resource.getResourceClass(), resource.getResourceMethod());
        var unusedToo = demands.ofLocators(resource.getResourceClass());
    }
}
