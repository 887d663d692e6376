package io.mapae.jaxrs.app;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;

/** Methods of the application's own for what browsers ask beforehand. */
@Path("/options")
public class Options {
    @OPTIONS
    public String plain() {
        return "plain";
    }

    @OPTIONS
    @Path("open")
    @PermitAll
    public String open() {
        return "open";
    }

    @OPTIONS
    @Path("admin")
    @RolesAllowed("admin")
    public String admin() {
        return "admin";
    }

    @OPTIONS
    @Path("never")
    @DenyAll
    public String never() {
        return "never";
    }
}
