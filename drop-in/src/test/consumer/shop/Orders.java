package shop;

import io.mapae.identity.Caller;
import io.mapae.jaxrs.Scopes;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

@Path("orders")
@Produces("text/plain")
public class Orders {
    @GET
    @Scopes("order:read")
    public String all(@Context SecurityContext security) {
        return "orders of " + Caller.of(security.getUserPrincipal()).orElseThrow().getName();
    }

    @GET
    @Path("open")
    @RolesAllowed("clerk")
    public String open() {
        return "open";
    }
}
