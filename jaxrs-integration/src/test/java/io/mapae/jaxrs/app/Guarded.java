package io.mapae.jaxrs.app;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** A class that says who may come, but has no method that would ask: only a locator. */
@Path("/guarded")
@RolesAllowed("admin")
public class Guarded {
    @Path("sub")
    public Sub sub() {
        return new Sub();
    }
}
