package io.mapae.containers.probe.rest;

import io.mapae.containers.probe.Seen;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** What JAX-RS says of the caller. */
@Path("")
@Produces("text/plain")
public class Person {
    @GET
    @Path("me")
    @PermitAll
    public String me(@Context SecurityContext context) {
        return Seen.principal(context.getUserPrincipal())
                + "\nuser=" + context.isUserInRole("user")
                + "\nadmin=" + context.isUserInRole("admin")
                + "\nauth=" + context.getAuthenticationScheme();
    }

    @GET
    @Path("user")
    @RolesAllowed("user")
    public String user() {
        return "user";
    }

    @GET
    @Path("admin")
    @RolesAllowed("admin")
    public String admin() {
        return "admin";
    }
}
