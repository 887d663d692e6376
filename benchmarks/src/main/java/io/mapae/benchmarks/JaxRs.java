package io.mapae.benchmarks;

import io.mapae.http.Passage;
import io.mapae.jaxrs.MapaeFeature;
import io.mapae.testkit.TokenBuilder;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.jspecify.annotations.Nullable;

/**
 * A request that the servlet filter has let through already, from Jersey's door to its response: in an application without
 * Mapae, and in the same one with all of its filters. No container, no network.
 */
final class JaxRs {
    private static final URI BASE = URI.create("https://shop.example/shop/api/");
    private static final URI TARGET = BASE.resolve("orders/4711");
    private static final SecurityContext CONTAINERS = new Anybody();

    private final ApplicationHandler plain = new ApplicationHandler(
            new ResourceConfig(Orders.class).property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true));
    private final ApplicationHandler secured = new ApplicationHandler(new ResourceConfig(Orders.class)
            .register(new MapaeFeature(Map.of(
                    "issuer", TokenBuilder.ISSUER,
                    "audience", TokenBuilder.AUDIENCE,
                    "public-key", Scheme.RS256.jwk()))));
    private final String authorization;
    private final Passage passage;

    /** A resource with an annotation, as nearly all have. */
    @Path("orders")
    @RolesAllowed("user")
    public static class Orders {
        @GET
        @Path("{id}")
        public String order(@PathParam("id") String id) {
            return id;
        }
    }

    /** What a container knows of a request over TLS. */
    private record Anybody() implements SecurityContext {
        @Override
        public @Nullable Principal getUserPrincipal() {
            return null;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public @Nullable String getAuthenticationScheme() {
            return null;
        }
    }

    /** With requests that bear {@code token}, which was good when the servlet filter looked at it. */
    JaxRs(String token) throws ExecutionException, InterruptedException {
        ContainerRequest first = request("Bearer " + Tokens.good(Scheme.RS256).text());
        int status = secured.apply(first).get().getStatus();
        if (!(first.getProperty(Passage.ATTRIBUTE) instanceof Passage through)) {
            throw new IllegalStateException("a good token was answered with " + status);
        }
        authorization = "Bearer " + token;
        passage = through; // that of the application's gate, which behind a servlet filter is the filter's
    }

    ContainerResponse plain() throws ExecutionException, InterruptedException {
        return plain.apply(passed(passage)).get();
    }

    ContainerResponse secured() throws ExecutionException, InterruptedException {
        return secured.apply(passed(passage)).get();
    }

    /** The filter let it through with nobody, who then needs a caller. */
    ContainerResponse securedFromNobody() throws ExecutionException, InterruptedException {
        return secured.apply(passed(new Passage(passage.gate(), "GET", Optional.empty())))
                .get();
    }

    /** No filter has seen it, so that the token counts. */
    ContainerResponse securedAlone() throws ExecutionException, InterruptedException {
        return secured.apply(request(authorization)).get();
    }

    private ContainerRequest passed(Passage through) {
        ContainerRequest request = request(authorization);
        request.setProperty(Passage.ATTRIBUTE, through);
        return request;
    }

    private static ContainerRequest request(String authorization) {
        ContainerRequest request =
                new ContainerRequest(BASE, TARGET, "GET", CONTAINERS, new MapPropertiesDelegate(), null);
        request.header("Authorization", authorization);
        request.header("Accept", "*/*");
        return request;
    }
}
