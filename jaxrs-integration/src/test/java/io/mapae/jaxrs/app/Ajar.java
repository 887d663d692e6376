package io.mapae.jaxrs.app;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A locator with an annotation, where nobody would ask for it, beside a method as it should be. */
@Path("/ajar")
public class Ajar {
    @GET
    @PermitAll
    public String get() {
        return "ajar";
    }

    @Path("sub")
    @RolesAllowed("user")
    public Sub sub() {
        return new Sub();
    }
}
