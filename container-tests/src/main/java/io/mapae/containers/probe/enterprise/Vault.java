package io.mapae.containers.probe.enterprise;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;

/** A session bean that knows its caller. */
@Stateless
public class Vault {
    @Resource
    private SessionContext context;

    @PermitAll
    public String me() {
        return context.getCallerPrincipal().getName();
    }

    @RolesAllowed("user")
    public String user() {
        return "user";
    }

    @RolesAllowed("admin")
    public String admin() {
        return "admin";
    }
}
