package io.mapae.jaxrs.app;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Behind a locator. */
@RolesAllowed("admin")
public class Sub {
    @GET
    public String get() {
        return "sub";
    }

    @GET
    @PermitAll
    @Path("open")
    public String open() {
        return "open sub";
    }

    @Path("deeper")
    public Sub deeper() {
        return new Sub();
    }
}
